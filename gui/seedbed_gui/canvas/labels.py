"""Labels: texts of examples as they are asked for, made harmless, and kept while they are in use.

Texts come from creators and may be hostile: they are drawn as plain text only, bounded, on lines of their own.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 400
MOST_OPTIONS = 8
KEPT_TEXTS = 4_000

_SPACES = re.compile(r"\s+")
_CONTROLS = "\x00-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ud800-\udfff"
_DIRECTIONS = "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
_UNSEEN = re.compile(f"[{_CONTROLS}{_DIRECTIONS}]")
_ABOVE = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_TOWERS = re.compile(f"({_ABOVE}{{2}}){_ABOVE}+")


@dataclass(frozen=True, slots=True)
class NodeText:
    """What a node says of itself: a headline such as `#61 · drift .31`, the question, the answer."""

    headline: str
    question: str = ""
    answer: str = ""
    options: tuple[str, ...] = ()
    context: str = ""


Provider = Callable[[Sequence[int]], Mapping[int, NodeText]]


def harmless(text: str, longest: int = LONGEST) -> str:
    """One bounded line of what can be seen: no control, direction or towering marks, white space as single spaces."""
    start = text[: 2 * longest]
    start = _TOWERS.sub(r"\1", _UNSEEN.sub("", _SPACES.sub(" ", start))).strip()
    return start if len(start) <= longest and len(text) <= 2 * longest else start[:longest] + "…"


class LabelBook:
    """Texts of the examples in sight: asked for once, kept until they are changed."""

    def __init__(self) -> None:
        self.provider: Provider | None = None
        self._texts: OrderedDict[int, NodeText] = OrderedDict()

    def ask(self, examples: Sequence[int]) -> None:
        """Have the texts of these ready."""
        missing = [example for example in examples if example not in self._texts]
        if missing and self.provider is not None:
            for example, text in self.provider(missing).items():
                answer = harmless(text.answer, 80)
                options = tuple(harmless(option, 80) for option in text.options[:MOST_OPTIONS])
                self._texts[example] = NodeText(
                    harmless(text.headline, 80), harmless(text.question), answer, options, harmless(text.context)
                )
        for example in examples:
            if example in self._texts:
                self._texts.move_to_end(example)
        while len(self._texts) > max(KEPT_TEXTS, len(examples)):
            self._texts.popitem(last=False)

    def text(self, example: int) -> NodeText:
        """Text of one example; its number where nobody has told."""
        found = self._texts.get(example)
        return found or NodeText("seed" if example == 0 else f"#{example}")

    def forget(self, examples: Sequence[int] | None = None) -> None:
        """Ask again for the texts of these, or of all."""
        if examples is None:
            self._texts.clear()
            return
        for example in examples:
            self._texts.pop(example, None)
