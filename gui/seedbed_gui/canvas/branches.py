"""Branches: folding, unfolding and focusing the branches of the tree on a surface."""

from dataclasses import replace

from seedbed_engine.tree.folding import Folding, parents_at
from seedbed_gui.canvas.surface import Surface


class Branches:
    """What a person does to see less of the tree, or all of it again."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    @property
    def folding(self) -> Folding:
        """What is folded now."""
        return self._surface.scene.folding

    def has_children(self, example: int) -> bool:
        """Whether there is a branch below an example, shown or folded."""
        whole = self._surface.scene.whole
        return self.is_known(example) and len(whole.children(whole.row_of(example))) > 0

    def is_known(self, example: int) -> bool:
        """Whether the tree has this example, shown or not."""
        return len(self._surface.scene.whole.rows_of([example])) > 0

    def toggle(self, example: int) -> None:
        """Fold what is below an example, or unfold it."""
        if self.has_children(example):
            self._surface.refold(self.folding.toggled(example))

    def fold_below(self, depth: int) -> None:
        """Fold all branches at a depth; where they are folded already, unfold them."""
        parents = frozenset(parents_at(self._surface.scene.whole, depth))
        if not parents:
            return
        closed = self.folding.closed
        now = closed - parents if parents <= closed else closed | parents
        self._surface.refold(replace(self.folding, closed=now))

    def focus(self, example: int) -> None:
        """Show only this branch and the way to it; the seed: the whole tree."""
        if self.is_known(example):
            opened = self.folding.opened(self._surface.scene.whole.path_to_seed(example))
            self._surface.refold(replace(opened, focus=example), fits=True)

    def hide_rejected(self, hides: bool) -> None:
        """Leave rejected and pruned examples out, or show them again."""
        self._surface.refold(replace(self.folding, hides_rejected=hides))

    def show_all(self) -> None:
        """Unfold everything, focus on nothing, hide nothing."""
        if not self.folding.is_whole:
            self._surface.refold(Folding(), fits=True)

    def show(self, example: int) -> None:
        """See to it that an example is among those shown."""
        scene = self._surface.scene
        if scene.slot_of(example) is not None or not self.is_known(example):
            return
        path = scene.whole.path_to_seed(example)
        opened = self.folding.opened(path[1:])
        if opened.focus and opened.focus not in path:
            opened = replace(opened, focus=0)
        self._surface.refold(opened)
        if scene.slot_of(example) is None:
            self._surface.refold(replace(opened, hides_rejected=False))

    def unfold_branch(self, example: int) -> None:
        """Unfold an example and all that is folded below it."""
        if self.is_known(example):
            below = set(self._surface.scene.whole.branch(example).tolist()) & self.folding.closed
            if below:
                self._surface.refold(self.folding.opened(below))
