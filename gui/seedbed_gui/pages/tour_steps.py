"""What the tour shows and says."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from seedbed_gui.pages.shell import Shell
from seedbed_gui.pages.tour import Step
from seedbed_gui.pages.tree_page import TreePage

TREE = (
    "The seed at the top is yours; a model wrote the others from it, each from the one above it. Drag to move, turn "
    "the wheel to zoom, click one to read it."
)
EXAMPLE = (
    "Its text, its answer, and where it came from. Approve it with A, reject it with R, prune its branch with Del; "
    "Ctrl+Z takes anything back, also tomorrow."
)
GROW = (
    "Asks the model for more, from the seed or from what is selected. It says what it will cost first; the model in "
    "the box costs nothing."
)
REVIEW = "All new examples one after the other, large, by keyboard. Those in doubt can come first."
TRAIN = "Trains a small model on what you keep and judges it on human examples that it never saw."
VERDICT = "Each run is kept here: as good as human data or not, in a sentence, then in numbers, and where it errs."
STATUS = "What runs, what it has cost, and Stop. Ctrl+K finds every command of the studio; the tour is there too."


def tour_steps(shell: Shell, tree: TreePage) -> Sequence[Step]:
    """The tour, from the tree to the verdict."""
    stops: tuple[tuple[QWidget, str, str], ...] = (
        (tree.canvas, "A tree of examples", TREE),
        (tree.inspector, "One example in full", EXAMPLE),
        (shell.top_bar.grow, "Grow", GROW),
        (shell.sidebar.pages["review"], "Review", REVIEW),
        (shell.top_bar.train, "Train and evaluate", TRAIN),
        (shell.sidebar.pages["runs"], "The verdict", VERDICT),
        (shell.status_bar, "What is going on", STATUS),
    )
    return [Step(tree.name, partial(_itself, control), title, said) for control, title, said in stops]


def _itself(control: QWidget) -> QWidget:
    return control
