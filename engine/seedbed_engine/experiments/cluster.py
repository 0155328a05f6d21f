"""Cells worked on by a Ray cluster: the nodes share no disk with the project; a lost node only repeats its cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from seedbed_engine.errors import PersonError
from seedbed_engine.experiments.cells import Cell, CellResult

LOOK_SECONDS = 1.0
RETRIES = 3  # of a cell whose node was lost


class Cluster:
    """The workers of a Ray cluster (`pip install seedbed[ray]` on each of its nodes)."""

    def __init__(self, address: str, cores_a_cell: float = 1.0) -> None:
        try:
            import ray
        except ImportError as error:
            raise PersonError("Ray is not installed here.", "Install it: pip install 'seedbed[ray]'.") from error
        self._ray: Any = ray
        if not ray.is_initialized():
            try:
                ray.init(address=address, log_to_driver=False)
            except (ConnectionError, RuntimeError, ValueError) as error:
                raise PersonError(
                    f"There is no Ray cluster at '{address}' ({error}).", "Start one, or check it."
                ) from error
        self._work = ray.remote(num_cpus=cores_a_cell, max_retries=RETRIES)(_work)

    def nodes(self) -> list[str]:
        """Names of the nodes that are alive."""
        return [node["NodeID"] for node in self._ray.nodes() if node["Alive"]]

    def work(self, cells: Sequence[Cell], should_stop: Callable[[], bool]) -> Iterator[CellResult | PersonError | None]:
        """The result of each cell as it comes; where it is stopped, what is not finished by then is given up."""
        left = {self._work.remote(replace(cell, project=None)): cell for cell in cells}
        while left:
            if should_stop():
                for task in left:
                    self._ray.cancel(task, force=True)
                yield from (None for _ in left)
                return
            ended, _ = self._ray.wait(list(left), timeout=LOOK_SECONDS)
            for task in ended:
                yield self._result(task, left.pop(task))

    def _result(self, task: Any, cell: Cell) -> CellResult | PersonError | None:
        try:
            found: CellResult | None = self._ray.get(task)
        except self._ray.exceptions.RayTaskError as error:
            cause = error.cause
            return cause if isinstance(cause, PersonError) else PersonError(f"{cell.key.file_name}: {cause!r}.")
        except self._ray.exceptions.RayError as error:
            return PersonError(f"The cluster lost {cell.key.file_name} ({type(error).__name__}).", "Start again.")
        return found


def _work(cell: Cell) -> CellResult | None:
    from seedbed_engine.experiments.working import work_on_cell

    return work_on_cell(cell)
