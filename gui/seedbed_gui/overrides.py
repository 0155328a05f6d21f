"""What Qt calls of ours, such as `paintEvent`: an error in it is told like any other, and kills nothing.

PySide6 (seen in 6.11.3 on Python 3.11) takes such an error as it was raised. One that was raised in C (an index out of
range, a division by zero, a widget that is gone) is no exception object yet then but a bare text, and the process dies
of a segmentation fault. Whatever passes an `except` is an object from there on.
"""

import functools
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import PySide6
import shiboken6

OURS = "seedbed_gui"


def guard_overrides() -> None:
    """Guard all overrides of the classes that are known by now; a second time changes nothing."""
    for kind in classes_of_ours():
        for name, act in list(vars(kind).items()):
            if isinstance(act, FunctionType) and _is_from_qt(kind, name) and not is_guarded(act):
                setattr(kind, name, _guarded(act))


def classes_of_ours() -> Iterator[type]:
    """All classes of the window that have a Qt class among their bases."""
    waiting: list[type] = [shiboken6.Object]
    seen: set[type] = set()
    while waiting:
        kinds: list[type] = type.__subclasses__(waiting.pop())
        for kind in kinds:
            if kind not in seen:
                seen.add(kind)
                waiting.append(kind)
                if kind.__module__.split(".")[0] == OURS:
                    yield kind


def is_guarded(act: Callable[..., Any]) -> bool:
    """Whether a method has been guarded before."""
    return getattr(act, "is_guarded", False)


def _is_from_qt(kind: type, name: str) -> bool:
    bases = (base for base in kind.__mro__[1:] if base.__module__.startswith(PySide6.__name__))
    return not name.startswith("__") and any(name in vars(base) for base in bases)


def _guarded(act: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(act)
    def call(*given: Any, **named: Any) -> Any:
        try:
            return act(*given, **named)
        except BaseException:
            raise  # an object now

    call.is_guarded = True  # type: ignore[attr-defined]
    return call
