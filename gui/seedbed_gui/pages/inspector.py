"""The right side of the tree page: what is selected, in full, and what can be done with it."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from seedbed_engine.errors import InvalidExample, PersonError
from seedbed_engine.examples import Example, Options, State, check_example
from seedbed_engine.keeping.rows import ExampleRow, SeedRow
from seedbed_gui import notices, style
from seedbed_gui.language import tr, upper_first
from seedbed_gui.pages.agreement_view import AgreementView
from seedbed_gui.pages.buttons import Button, KeyButton
from seedbed_gui.pages.example_form import ExampleForm
from seedbed_gui.pages.frames import ScrolledColumn, column, row
from seedbed_gui.pages.labels import Chip, Label
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.origin import Origin, OriginView, read_origin
from seedbed_gui.sayings import told

WIDTH = 356
_NEAR = re.compile(r"too near to #(\d{1,12})")
TONES = {State.NEW: "neutral", State.APPROVED: "good", State.REJECTED: "wrong", State.PRUNED: "wrong"}


class Inspector(QFrame):
    """Shows one example, the seed, or how many are selected."""

    grow_wanted = Signal(tuple)  # from these examples; none: the seed
    mend_wanted = Signal(str)  # by the creator: regenerate, reanswer or rewrite what is selected
    select_wanted = Signal(int)
    review_wanted = Signal(int)
    edit_left = Signal()  # the keys belong to the tree again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._project: OpenProject | None = None
        self._seed: SeedRow | None = None
        self.selection: tuple[int, ...] = ()
        self.shown: ExampleRow | None = None
        self._edits_once_shown = False
        self._build_acts()
        self._stack = QStackedWidget()
        self._nothing, self._many, self._one = _Hint(), _Many(), self._one_page()
        for page in (self._nothing, self._many, self._one):
            self._stack.addWidget(page)
        layout = column(self, 0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._foot)
        self.show_nothing()

    def set_project(self, project: OpenProject | None, seed: SeedRow | None) -> None:
        """Belong to a project and to the seed whose tree is shown."""
        if project is not self._project or (seed and self._seed and seed.id != self._seed.id):
            self.show_nothing()
        self._project, self._seed = project, seed

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self.selection, self.shown = (), None
        self._stack.setCurrentWidget(self._nothing)
        self._foot.hide()

    def show_selection(self, selection: Sequence[int]) -> None:
        """Show what is selected: ids of examples, 0 for the seed. An edit that is left is saved first."""
        if tuple(selection) != self.selection:
            self._keep_edit()
        self.form.is_editing = self._edits_once_shown = False
        self.selection = tuple(selection)
        if not self.selection:
            self.show_nothing()
        elif len(self.selection) > 1:
            self.shown = None
            self._many.show_count(len(self._examples))
            self._stack.setCurrentWidget(self._many)
            self._show_acts(can_judge=True, is_one=False)
        elif self.selection == (0,):
            self._show_seed()
        else:
            self._read(self.selection[0])

    def reread(self) -> None:
        """Somebody wrote to the file: show the example as it is now, unless it is being edited."""
        if len(self.selection) == 1 and self.selection[0] and not self.form.is_editing:
            self._read(self.selection[0])

    # acts, also by key

    def approve(self) -> None:
        self._judge(State.APPROVED)

    def reject(self) -> None:
        self._judge(State.REJECTED)

    def set_back(self) -> None:
        self._judge(State.NEW)

    def prune(self) -> None:
        """Prune the branches of what is selected."""
        if self._project is not None and self._examples:
            self._project.prune(self._examples)

    def edit(self) -> None:
        """Begin an edit of the one example that is selected, once it is shown."""
        if self._project is None or self._project.is_read_only or len(self._examples) != 1:
            return
        self._edits_once_shown = self.shown is None or self.selection != (self.shown.id,)
        if not self._edits_once_shown:
            self.form.edit()

    def grow(self) -> None:
        """Grow from the examples that are selected, else from the seed."""
        if self._project is not None and not self._project.is_read_only:
            self.grow_wanted.emit(tuple(sorted(self._examples)))

    def regenerate(self) -> None:
        """Ask the creator for new siblings of what is selected."""
        self.mend_wanted.emit("regenerate")

    def check_label(self) -> None:
        """Ask the creator for the answers of what is selected, the labels hidden."""
        self.mend_wanted.emit("reanswer")

    def rewrite(self) -> None:
        """Have the creator rewrite what is selected."""
        self.mend_wanted.emit("rewrite")

    @property
    def project(self) -> OpenProject | None:
        """The project that is shown."""
        return self._project

    @property
    def seed(self) -> SeedRow | None:
        """The seed whose tree is shown."""
        return self._seed

    @property
    def _examples(self) -> tuple[int, ...]:
        return tuple(one for one in self.selection if one > 0)

    def _judge(self, state: State) -> None:
        if self._project is not None and self._examples:
            self._project.set_state(self._examples, state)

    def _read(self, example: int) -> None:
        if self._project is not None:
            self._project.read(lambda store: read_origin(store, example), self._take, owner=self)

    def _take(self, origin: Origin) -> None:
        if self.selection != (origin.row.id,) or self.form.is_editing:
            return
        row = self.shown = origin.row
        self._number.setText(f"#{row.id}")
        self._state.show_word(told(row.state.value), TONES[row.state])
        self._depth.show_word(tr("depth {depth}", depth=row.depth), "neutral")
        self._show_flag(row.flag)
        fixed = self._seed is not None and self._seed.kind is Options.FIXED
        can_edit = self._project is not None and not self._project.is_read_only
        self.form.show_example(row.example, options_fixed=fixed, can_edit=can_edit)
        if self._project is not None:
            self.agreement.show_example(self._project, row)
        self.origin.show_origin(origin)
        self.origin.show()
        self._stack.setCurrentWidget(self._one)
        self._show_acts(can_judge=True, is_one=True)
        self.back.setVisible(row.state is not State.NEW)
        if self._edits_once_shown:
            self.edit()

    def _show_seed(self) -> None:
        if self._seed is None:
            return self.show_nothing()
        self.shown = None
        self._number.setText(tr("Seed {id}", id=self._seed.id))
        self._state.show_word(tr("seed"), "good")
        self._depth.show_word(tr("depth {depth}", depth=0), "neutral")
        self._show_flag(None)
        self.form.show_example(self._seed.example, options_fixed=True, can_edit=False)
        self.origin.hide()
        self.agreement.hide()
        self._stack.setCurrentWidget(self._one)
        return self._show_acts(can_judge=False, is_one=True)

    def _show_flag(self, flag: str | None) -> None:
        """Why it should be looked at, and the way to the example that it is too near to."""
        near = _NEAR.search(flag or "")
        self._near = int(near[1]) if near else 0
        self._flag.setText(upper_first(told(flag or "")))
        self._flag.setVisible(bool(flag))
        self.near.setText(tr("Show #{near}", near=self._near))
        self.near.setVisible(near is not None)

    def _keep_edit(self) -> None:
        if self._project is None or self.shown is None or not self.form.is_changed:
            return
        number = self.shown.id
        try:
            edited = self.form.changed()
            check_example(edited)
        except InvalidExample as error:
            notices.warn(
                InvalidExample(
                    tr("The edit of #{number} was not saved: {what}", number=number, what=told(error.what)),
                    tr("Edit it again."),
                )
            )
            return
        self._project.edit(
            number,
            edited,
            lambda _: notices.say(tr("Saved the edit of #{number}.", number=number), tr("Ctrl+Z undoes it.")),
        )

    def _save(self, example: Example) -> None:
        if self._project is None or self.shown is None:
            return

        def saved(error: PersonError | None) -> None:
            if error is not None:
                self.form.show_wrong(told(str(error)))
            else:
                self.form.is_editing = False
                self.reread()
                self.edit_left.emit()

        self._project.try_edit(self.shown.id, example, saved, self)

    def _show_acts(self, *, can_judge: bool, is_one: bool) -> None:
        is_read_only = self._project is not None and self._project.is_read_only
        self._foot.setVisible(not is_read_only)
        for button in (self.approve_button, self.reject_button, self.prune_button):
            button.setVisible(can_judge)
        self.edit_button.setVisible(can_judge and is_one)
        self.prune_button.setText(tr("Prune branch") if is_one else tr("Prune branches"))
        self.grow_button.setText(tr("Grow here") if is_one else tr("Grow from these"))
        self.back.setVisible(can_judge and not is_one)

    def _one_page(self) -> QWidget:
        page = ScrolledColumn((style.L, style.L, style.L, style.L), style.M, tr("The example"))
        self._number = Label("", "heading")
        self._state, self._depth = Chip(), Chip()
        self._flag = Label("", "amber", wraps=True)
        self.near = Button("", lambda: self.select_wanted.emit(self._near), "link")
        head = row(space=style.XS)
        head.addWidget(self._number, 1)
        for chip in (self._state, self._depth):
            head.addWidget(chip)
        why = row(space=style.S)
        why.addWidget(self._flag, 1)
        why.addWidget(self.near)
        self.form = ExampleForm()
        self.form.save_wanted.connect(self._save)
        self.form.edit_began.connect(self._foot.hide)
        self.form.edit_ended.connect(self._foot.show)
        self.form.edit_ended.connect(self.reread)  # what was written meanwhile
        self.form.edit_ended.connect(self.edit_left)
        self.agreement = AgreementView()
        self.origin = OriginView()
        self.origin.parent_wanted.connect(self.select_wanted)
        page.column.addLayout(head)
        page.column.addLayout(why)
        page.column.addWidget(self.form)
        page.column.addWidget(self.agreement)
        page.column.addSpacing(style.XS)
        page.column.addWidget(self.origin)
        page.column.addStretch(1)
        return page

    def _build_acts(self) -> None:
        self.approve_button = KeyButton(tr("Approve"), "A", self.approve)
        self.reject_button = KeyButton(tr("Reject"), "R", self.reject)
        self.edit_button = KeyButton(tr("Edit"), "E", self.edit)
        self.grow_button = KeyButton(tr("Grow here"), "G", self.grow)
        self.prune_button = KeyButton(tr("Prune branch"), "Del", self.prune)
        self.back = Button(tr("Set back to new"), self.set_back, "link")
        self._foot = QFrame()
        self._foot.setObjectName("foot")
        lines = column(self._foot, style.S, (style.L, style.M, style.L, style.M))
        for buttons in (
            (self.approve_button, self.reject_button, self.edit_button),
            (self.grow_button, self.prune_button),
            (self.back,),
        ):
            line = row()
            for button in buttons:
                line.addWidget(button)
            line.addStretch(1)
            lines.addLayout(line)


class _Hint(QWidget):
    """What to do when nothing is selected."""

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, style.S, (style.L, style.L, style.L, style.L))
        layout.addWidget(Label(tr("Nothing is selected"), "heading"))
        said = tr(
            "Click an example in the tree to read it, or move with the arrow keys. Hold Shift and drag to select many."
        )
        layout.addWidget(Label(said, "quiet", wraps=True))
        layout.addStretch(1)


class _Many(QWidget):
    """How many are selected."""

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, style.S, (style.L, style.L, style.L, style.L))
        self.title = Label("", "heading")
        layout.addWidget(self.title)
        said = tr(
            "Approve, reject or prune them all at once; Ctrl+Z takes it back in one step. Or grow from all of them."
        )
        layout.addWidget(Label(said, "quiet", wraps=True))
        layout.addStretch(1)

    def show_count(self, count: int) -> None:
        """Show another number."""
        self.title.setText(tr("{n:,} examples are selected", "{n:,} example is selected", count))
