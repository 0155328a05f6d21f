"""What the tree is coloured by: chosen in a menu, read in the background, read again while the tree changes."""

from datetime import datetime

import numpy as np
from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.traits import Trait, TraitColumn, read_trait
from seedbed_gui import notices
from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.canvas.colouring import BY_STATE, Colouring, by_depth, by_names, by_numbers
from seedbed_gui.language import figure, mark, moment, tr
from seedbed_gui.pages import numbers
from seedbed_gui.pages.open_project import OpenProject

STATE, DEPTH = "state", "depth"
WORDS = {
    STATE: mark("State"),
    DEPTH: mark("Depth"),
    Trait.DRIFT: mark("Drift from the seed"),
    Trait.ANSWER: mark("Answer"),
    Trait.STRATEGY: mark("Strategy"),
    Trait.CREATOR: mark("Creator"),
    Trait.REVIEWER: mark("Reviewer"),
    Trait.CONFIDENCE: mark("Confidence of the model"),
    Trait.COST: mark("Cost"),
    Trait.AGE: mark("Age"),
}
MISSING = {
    Trait.DRIFT: (
        mark("No drift is known in this tree."),
        mark("Growth with the door open to near duplicates measures it."),
    ),
    Trait.REVIEWER: (
        mark("Nobody has decided about an example of this tree yet."),
        mark("Approve or reject some first."),
    ),
    Trait.CONFIDENCE: (mark("No model has been trained on this tree yet."), mark("Train and evaluate first.")),
    Trait.COST: (mark("No price is known in this tree."), mark("Models on this machine cost nothing.")),
}
REREAD_MS = 1500  # at most so often while the tree grows


class TreeColours(QObject):
    """Keeps the canvas coloured by what the person chose."""

    def __init__(self, canvas: TreeCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._project: OpenProject | None = None
        self._seeds: tuple[int, ...] = ()
        self.chosen: str = STATE
        self.menu: QMenu | None = None
        self._later = QTimer(self, interval=REREAD_MS, singleShot=True)
        self._later.timeout.connect(self._read)
        canvas.colouring_wanted.connect(self.ask)

    def set_seeds(self, project: OpenProject | None, seeds: tuple[int, ...]) -> None:
        """Tell of another tree, or several; they are coloured by the same."""
        self._project, self._seeds = project, seeds
        self._canvas.set_colouring(BY_STATE)
        if seeds:
            self._read()

    def tree_changed(self) -> None:
        """Something came or was decided: read again soon."""
        if self.chosen == DEPTH:
            self._read()
        elif self.chosen != STATE and not self._later.isActive():
            self._later.start()

    def choose(self, by: str) -> None:
        """Colour by the state, the depth or a trait."""
        self.chosen = by
        self._read()

    def ask(self, at: QPoint) -> None:
        """Show the menu of all that can be chosen."""
        menu = self.menu = QMenu(self._canvas)
        group = QActionGroup(menu)
        for by, words in WORDS.items():
            entry = menu.addAction(tr(words))
            entry.setCheckable(True)
            entry.setChecked(by == self.chosen)
            group.addAction(entry)
            entry.triggered.connect(lambda _, by=by: self.choose(by))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at - QPoint(0, menu.sizeHint().height() + 4))

    def _read(self) -> None:
        project, seeds, by = self._project, self._seeds, self.chosen
        if by == STATE or project is None or not seeds:
            self._canvas.set_colouring(BY_STATE)
        elif by == DEPTH:
            self._canvas.set_colouring(by_depth(self._canvas.scene.tree.levels - self._canvas.scene.is_forest))
        else:
            trait = Trait(by)
            project.read(lambda store: (seeds, colouring_of(read_traits(store, seeds, trait), trait)), self._take, self)

    def _take(self, answer: tuple[tuple[int, ...], Colouring]) -> None:
        seeds, colouring = answer
        if self._seeds != seeds or colouring.name != self.chosen:
            return
        if len(colouring.labels) == 1 and (missing := MISSING.get(Trait(self.chosen))) is not None:
            notices.say(*map(tr, missing))
            self.chosen = STATE
            self._read()
            return
        self._canvas.set_colouring(colouring)


def read_traits(store: Store, seeds: tuple[int, ...], trait: Trait) -> TraitColumn:
    """One trait of the examples of several trees."""
    found = [read_trait(store, seed, trait) for seed in seeds]
    names = sorted({name for column in found for name in column.names})
    values = [
        np.array([names.index(name) for name in column.names], np.float64)[column.values.astype(np.int64)]
        if column.names
        else column.values
        for column in found
    ]
    return TraitColumn(np.concatenate([column.ids for column in found]), np.concatenate(values), tuple(names))


def colouring_of(column: TraitColumn, trait: Trait) -> Colouring:
    """The groups of a trait."""
    if column.names:
        return by_names(trait, column.ids, column.values, column.names)
    says = {Trait.COST: _price, Trait.AGE: _time}
    return by_numbers(trait, column.ids, column.values, says.get(trait, _share))


def _share(low: float, high: float) -> str:
    """A span between 0 and 1, without the zeros."""
    first, last = (numbers.bare(value) for value in (low, high))
    return first if first == last else f"{first}–{last}"


def _price(low: float, high: float) -> str:
    """A span of prices in US cents."""
    first, last = (figure(100 * value, ".3g") for value in (low, high))
    return f"{first} ¢" if first == last else f"{first}–{last} ¢"


def _time(low: float, high: float) -> str:
    """A span of time: hours where both ends are of one day, else days."""
    first, last = datetime.fromtimestamp(low), datetime.fromtimestamp(high)
    form = (
        tr("hh:mm") if high - low < 12 * 3600 else tr("dd MMM hh:mm") if high - low < 4 * 86_400 else tr("dd MMM yyyy")
    )
    words = [moment(first, form), moment(last, form)]
    return words[0] if words[0] == words[1] else "–".join(words)
