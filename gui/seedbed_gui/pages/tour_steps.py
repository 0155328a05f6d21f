"""What the tour shows and says."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from seedbed_gui.language import mark, tr
from seedbed_gui.pages.shell import Shell
from seedbed_gui.pages.tour import Step
from seedbed_gui.pages.tree_page import TreePage

TREE = mark(
    "The seed at the top is yours; a model wrote the others from it, each from the one above it. Drag to move, turn "
    "the wheel to zoom, click one to read it."
)
EXAMPLE = mark(
    "Its text, its answer, and where it came from. Approve it with A, reject it with R, prune its branch with Del; "
    "Ctrl+Z takes anything back, also tomorrow."
)
GROW = mark(
    "Asks the model for more, from the seed or from what is selected. It says what it will cost first; the model in "
    "the box costs nothing."
)
REVIEW = mark("All new examples one after the other, large, by keyboard. Those in doubt can come first.")
TRAIN = mark("Trains a small model on what you keep and judges it on human examples that it never saw.")
VERDICT = mark(
    "Each run is kept here: as good as human data or not, in a sentence, then in numbers, and where it errs."
)
STATUS = mark("What runs, what it has cost, and Stop. Ctrl+K finds every command of the studio; the tour is there too.")


def tour_steps(shell: Shell, tree: TreePage) -> Sequence[Step]:
    """The tour, from the tree to the verdict."""
    stops: tuple[tuple[QWidget, str, str], ...] = (
        (tree.canvas, tr("A tree of examples"), tr(TREE)),
        (tree.inspector, tr("One example in full"), tr(EXAMPLE)),
        (shell.top_bar.grow, tr("Grow"), tr(GROW)),
        (shell.sidebar.pages["review"], tr("Review"), tr(REVIEW)),
        (shell.top_bar.train, tr("Train and evaluate"), tr(TRAIN)),
        (shell.sidebar.pages["runs"], tr("The verdict"), tr(VERDICT)),
        (shell.status_bar, tr("What is going on"), tr(STATUS)),
    )
    return [Step(tree.name, partial(_itself, control), title, said) for control, title, said in stops]


def _itself(control: QWidget) -> QWidget:
    return control
