"""The texts of the tree's nodes: read in the background when they come in sight, then shown."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import ExampleRow, SeedRow
from seedbed_gui.canvas import NodeText
from seedbed_gui.language import tr
from seedbed_gui.pages import numbers
from seedbed_gui.pages.open_project import OpenProject

LONGEST = 400  # characters of a question kept for drawing
KEPT = 20_000  # texts; beyond that all are forgotten


class NodeTexts(QObject):
    """Answers the canvas with what is known, and reads the rest."""

    came = Signal(list)  # ids whose texts are known now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: OpenProject | None = None
        self._known: dict[int, NodeText] = {}
        self._lasting: dict[int, NodeText] = {}  # of the seeds
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)

    def set_seed(self, project: OpenProject | None, seed: SeedRow | None, forest: Sequence[SeedRow] = ()) -> None:
        """Tell of another tree, or of several as a forest: then 0 is the project, and seeds have numbers below 0."""
        self._project = project
        for kept in (self._known, self._wanted, self._asked):
            kept.clear()
        if forest and project is not None:
            self._known[0] = NodeText(tr("{many} seeds side by side", many=len(forest)), project.path.stem)
            self._known |= {-one.id: _seed_text(one, tr("seed {id}", id=one.id)) for one in forest}
        elif seed is not None:
            self._known[0] = _seed_text(seed, tr("seed"))
        self._lasting = dict(self._known)

    def of(self, examples: Sequence[int]) -> Mapping[int, NodeText]:
        """What is known of these; what is not is read and comes later."""
        missing = set(examples) - self._known.keys() - self._asked
        if missing:
            self._wanted |= missing
            self._soon.start()
        return {example: self._known[example] for example in examples if example in self._known}

    def forget(self, examples: Sequence[int]) -> None:
        """Read these again when they are asked for."""
        for example in examples:
            self._known.pop(example, None)

    def _ask(self) -> None:
        if self._project is None or not self._wanted:
            return
        examples = sorted(self._wanted)
        self._asked |= self._wanted
        self._wanted = set()
        self._project.read(lambda store: trees.read_examples(store, examples), self._take, owner=self)

    def _take(self, rows: list[ExampleRow]) -> None:
        if len(self._known) > KEPT:
            self._known = dict(self._lasting)
        for row in rows:
            self._known[row.id] = node_text(row)
            self._asked.discard(row.id)
        if rows:
            self.came.emit([row.id for row in rows])


def _seed_text(seed: SeedRow, name: str) -> NodeText:
    origin = tr("{name} · human", name=name) if seed.source is None else name
    return NodeText(origin, seed.example.question[:LONGEST], seed.example.answer[:80])


def node_text(row: ExampleRow) -> NodeText:
    """What a node says of an example."""
    drift = f" · {tr('drift {drift}', drift=numbers.bare(row.drift))}" if row.drift is not None else ""
    example = row.example
    context = (example.context or "")[:LONGEST]
    return NodeText(f"#{row.id}{drift}", example.question[:LONGEST], example.answer[:80], example.options, context)
