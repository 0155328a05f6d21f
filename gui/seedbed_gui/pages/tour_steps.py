"""What the tour shows and says, and when it is offered."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from seedbed_gui.pages.shell import Shell
from seedbed_gui.pages.tour import Step
from seedbed_gui.pages.tree_page import TreePage


def tour_steps(shell: Shell, tree: TreePage) -> Sequence[Step]:
    """The tour, from the tree to the verdict."""
    bar, side = shell.top_bar, shell.sidebar

    def at(control: QWidget) -> Callable[[], QWidget]:
        return lambda: control

    return (
        Step(
            "tree",
            at(tree.canvas),
            "A tree of examples",
            "The seed at the top is yours; a model wrote the others from it, each from the one above it. Drag to move, "
            "turn the wheel to zoom, click one to read it.",
        ),
        Step(
            "tree",
            at(tree.inspector),
            "One example in full",
            "Its text, its answer, and where it came from. Approve it with A, reject it with R, prune its branch with "
            "Del; Ctrl+Z takes anything back, also tomorrow.",
        ),
        Step(
            "tree",
            at(bar.grow),
            "Grow",
            "Asks the model for more, from the seed or from what is selected. It says what it will cost first; the "
            "model in the box costs nothing.",
        ),
        Step(
            "tree",
            at(side.pages["review"]),
            "Review",
            "All new examples one after the other, large, by keyboard. Those in doubt can come first.",
        ),
        Step(
            "tree",
            at(bar.train),
            "Train and evaluate",
            "Trains a small model on what you keep and judges it on human examples that it never saw.",
        ),
        Step(
            "tree",
            at(side.pages["runs"]),
            "The verdict",
            "Each run is kept here: as good as human data or not, in a sentence, then in numbers, and where it errs.",
        ),
        Step(
            "tree",
            at(shell.status_bar),
            "What is going on",
            "What runs, what it has cost, and Stop. Ctrl+K finds every command of the studio; the tour is there too.",
        ),
    )
