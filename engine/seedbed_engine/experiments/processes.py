"""Cells worked on by processes of this machine, each with its own model and encoder."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Event
from typing import Any

from seedbed_engine.errors import PersonError
from seedbed_engine.experiments.cells import Cell, CellResult

LOOK_SECONDS = 0.5
_stop: "Event | None" = None
_working = threading.Lock()


class Processes:
    """So many cells at once; a process that dies costs its cell, which is tried once more."""

    def __init__(self, count: int) -> None:
        self._count = max(1, count)

    def work(self, cells: Sequence[Cell], should_stop: Callable[[], bool]) -> Iterator[CellResult | PersonError | None]:
        """The result of each cell as it comes."""
        if not cells:
            return
        died: list[Cell] = []
        yield from self._once(cells, should_stop, died)
        if died and not should_stop():
            again: list[Cell] = []
            yield from self._once(died, should_stop, again)
            for cell in again:
                yield PersonError(
                    f"The process that worked on {cell.key.file_name} ended.", "Start the experiment again."
                )

    def _once(
        self, cells: Sequence[Cell], should_stop: Callable[[], bool], died: list[Cell]
    ) -> Iterator[CellResult | PersonError | None]:
        context = multiprocessing.get_context("spawn")
        stop = context.Event()
        threads = max(1, (os.cpu_count() or 1) // self._count)
        with ProcessPoolExecutor(self._count, context, _begin, (stop, threads)) as pool:
            left: dict[Future[Any], Cell] = {pool.submit(_work, cell): cell for cell in cells}
            try:
                while left:
                    if should_stop():
                        stop.set()
                    ended, _ = wait(left, LOOK_SECONDS, FIRST_COMPLETED)
                    for future in ended:
                        cell = left.pop(future)
                        error = future.exception()
                        if isinstance(error, BrokenProcessPool):
                            died.append(cell)
                        else:
                            yield future.result() if error is None else _in_words(cell, error)
            finally:
                stop.set()  # where nobody wants the results any more, no further cell is begun


def _in_words(cell: Cell, error: BaseException) -> PersonError:
    return error if isinstance(error, PersonError) else PersonError(f"{cell.key.file_name}: {error!r}.")


def _begin(stop: Event, threads: int) -> None:
    global _stop
    _stop = stop
    threading.Thread(target=_end_with_the_parent, name="watch of the parent", daemon=True).start()
    import torch

    torch.set_num_threads(threads)


def _end_with_the_parent() -> None:
    """Where the parent was killed, this process drains its cell and ends too: nobody is left asking for it."""
    parent = multiprocessing.parent_process()
    if parent is None or _stop is None:
        return
    parent.join()
    _stop.set()
    with _working:
        os._exit(0)


def _work(cell: Cell) -> CellResult | None:
    from seedbed_engine.experiments.working import work_on_cell

    stop = _stop
    if stop is None:
        return work_on_cell(cell)
    with _working:
        return None if stop.is_set() else work_on_cell(cell, stop.is_set)
