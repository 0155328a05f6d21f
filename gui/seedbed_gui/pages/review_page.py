"""The review page: one new example at a time, large, the whole queue by keyboard, the next one held ready."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLayout, QWidget

from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import lists, trees
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import notices, style
from seedbed_gui.language import mark, stored, tr
from seedbed_gui.models.review_queue import ReviewQueue
from seedbed_gui.pages import review_parts
from seedbed_gui.pages.acts import Act, hear_keys
from seedbed_gui.pages.bars import ProgressBar
from seedbed_gui.pages.empty import EmptyPage
from seedbed_gui.pages.example_form import ExampleForm
from seedbed_gui.pages.frames import ScrolledColumn, centred, column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.review_parts import BranchBar, ExampleReader, KeyFoot, ReasonBar
from seedbed_gui.sayings import told

WIDEST = 992  # pixels of a line to be read
TRAIL = 2  # decisions named at the foot
Asked = tuple[OpenProject | None, str, int]


class ReviewPage(Page):
    """Decides about new examples, one after the other."""

    name, title = "review", mark("Review")
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._project: OpenProject | None = None
        self.queue = ReviewQueue()
        self.shown: ExampleRow | None = None
        self._rows: dict[int, ExampleRow] = {}
        self._branch: list[int] = []  # what the branch bar would decide about
        self._wanted: int | None = None  # once the queue is read
        self._is_read = False
        self._begun, self._open = 0, 0  # decisions sent to the file, and those it has not confirmed
        self._build()
        self._keys = [self._act(key, *map(tr, said)) for key, said in review_parts.SAID.items()]
        hear_keys(self, self._keys)
        self._leave_key = QShortcut(QKeySequence("Esc"), self)
        self._leave_key.activated.connect(self._leave_bars)
        self._show()

    # what is shown

    def acts(self) -> Sequence[Act]:
        return [*self._keys, *self.reader.acts]

    def count_of(self, overview: Overview) -> int:
        return sum(seed.new for seed in overview.seeds)

    def layout_to_keep(self) -> dict[str, Any]:
        return {"order": self.order.currentData()}

    def set_layout(self, kept: Mapping[str, Any]) -> None:
        self.order.setCurrentIndex(max(0, self.order.findData(kept.get("order"))))

    def set_project(self, project: OpenProject | None) -> None:
        """Review another project."""
        self._project, self._is_read, self._open, self._wanted = project, False, 0, None
        self.queue, self._rows = ReviewQueue(), {}
        self._leave_bars()
        self._show()

    def enter(self) -> None:
        """See what changed since one was here; the keys work at once."""
        self.refresh()
        self._take_keys()

    def notice_corner(self) -> QPoint:
        """Notices lie above what can be pressed at the foot."""
        tops = [part.mapTo(self, QPoint()).y() for part in (self.branch, self.reason, self.foot) if part.isVisible()]
        return QPoint(self.width() - style.L, min(tops, default=self.height()) - style.L)

    def refresh(self) -> None:
        """Read the queue: at first as a whole, then what was changed by anybody."""
        project, order = self._project, self.order.currentData()
        if project is None or self._open or not self.isVisible() or self.reason.isVisible():
            return  # what was decided is not in the file yet: its confirmation brings us here again, as does a reason
        asked = (project, order, self._begun)
        project.read(lambda store: (asked, lists.read_queue(store, order).tolist()), self._take_queue, owner=self)

    def _take_queue(self, answer: tuple[Asked, list[int]]) -> None:
        asked, waiting = answer
        if asked != (self._project, self.order.currentData(), self._begun) or self.reason.isVisible():
            return None
        if not self._is_read:
            self._is_read, self.queue = True, ReviewQueue(waiting)
            self._show()
            return self._go_to_wanted()
        is_other = self.queue.update(waiting)
        self._rows.clear()
        if is_other or self.queue.current is None:
            self._leave_bars()
            self._show()
        else:
            self._show_progress()
            self._fetch()
        return None

    def show_example(self, example: int) -> None:
        """Go to an example, whatever was decided about it; an edit that was left open goes first."""
        if self.form.is_editing:
            return notices.say(tr("An edit is open here."), tr("Save it or leave it, then open another example."))
        self._wanted = example
        return self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if self._is_read and self._wanted is not None:
            self.queue.go_to(self._wanted)
            self._wanted = None
            self._leave_bars()
            self._show()

    def _order_again(self) -> None:
        self._is_read = False
        self.enter()

    def _show(self) -> None:
        current = self.queue.current
        self.shown = self._rows.get(current) if current is not None else None
        self._scrolled.setVisible(current is not None)
        self.foot.setVisible(current is not None)
        self._empty.setVisible(current is None)
        if current is None:
            self._show_end()
        if self.shown is not None:
            self._show_example(self.shown)
        self._show_progress()
        self._fetch()

    def _show_example(self, example: ExampleRow) -> None:
        can_edit = self._project is not None and not self._project.is_read_only
        self.reader.show_example(example, can_edit=can_edit)
        where = tr("#{id} · depth {depth} · from the seed", id=example.id, depth=example.depth)
        if example.parent is not None:
            above = f"#{example.parent}"
            where = tr("#{id} · depth {depth} · from {parent}", id=example.id, depth=example.depth, parent=above)
        self.where.setText(where)
        self._set_editing(False)
        self._scrolled.verticalScrollBar().setValue(0)

    def _show_progress(self) -> None:
        total = len(self.queue.ids)
        self.progress.setText(self.queue.in_words() if total else "")
        self.bar.show_share(self.queue.done / total if total else None)
        last = [f"#{one.example} {one.said}" for one in self.queue.trail[-TRAIL:]]
        self.foot.before.setText(
            tr("Before: {decisions} ·", decisions=" · ".join(last)) if last else tr("Nothing was decided here yet.")
        )
        self.foot.undo.setVisible(bool(last))

    def _show_end(self) -> None:
        skipped = self.queue.left
        self._empty.title.setText(
            tr("All reviewed") if self._is_read and self.queue.ids else tr("Nothing waits for review")
        )
        if skipped:
            said = review_parts.skipped_words(skipped)
        else:
            said = tr("New examples wait here for a decision. Grow a tree, and they come in by themselves.")
        self._empty.said.setText(said)
        self._again.setVisible(bool(skipped))

    def _fetch(self) -> None:
        missing = [one for one in self.queue.near() if one not in self._rows]
        if missing and self._project is not None:
            self._project.read(lambda store: trees.read_examples(store, missing), self._take_rows, owner=self)

    def _take_rows(self, rows: list[ExampleRow]) -> None:
        wanted = set(self.queue.near())
        self._rows = {id_: found for id_, found in self._rows.items() if id_ in wanted}
        self._rows.update((found.id, found) for found in rows)
        current = self.queue.current
        if current in self._rows and self.shown != self._rows[current] and not self.form.is_editing:
            self._show()

    # acts, by key and by button

    def approve(self) -> None:
        """Approve the example, or the branch where that was asked for."""
        self._decide(State.APPROVED)

    def reject(self) -> None:
        """Ask for the reason, then reject the example, or the branch."""
        if self._can_act() and self.shown is not None:
            one, many = tr("Reject #{id}", id=self.shown.id), len(self._branch)
            title = tr("Reject {many:,} examples", many=many) if many else one
            self.reason.ask(title, has_passage=bool(self.shown.example.context))

    def edit(self) -> None:
        """Change the example."""
        if self._can_act() and self.shown is not None:
            self._leave_bars()
            fixed = self._project is not None and self._options_fixed(self.shown.seed)
            self.form.show_example(self.shown.example, options_fixed=fixed)
            self._set_editing(True)
            self.form.edit()

    def skip(self) -> None:
        """Leave it as it is and go on."""
        self._leave_bars()
        self.queue.skip()
        self._show()

    def back(self) -> None:
        """Go back to the one before, decided or not."""
        self._leave_bars()
        self.queue.back()
        self._show()

    def ask_for_branch(self) -> None:
        """Count the new examples of the whole branch, and ask what to do with them."""
        if not self._can_act() or self.shown is None or self._project is None:
            return
        top = self.shown.id

        def read(store: Store) -> tuple[int, list[int]]:
            return top, lists.keep_in_state(store, lists.read_branches(store, [top]), State.NEW)

        self._project.read(read, self._offer_branch, owner=self)

    def open_in_tree(self) -> None:
        """Show the example in its tree."""
        if self.shown is not None:
            self.tree_wanted.emit(self.shown.seed, self.shown.id)

    def _decide(self, state: State, reason: str = "") -> None:
        if not self._can_act() or self.shown is None or self._project is None:
            return
        examples = self._branch or [self.shown.id]
        verb = "approve" if state is State.APPROVED else "reject"
        branch = stored("{many:,} examples, the branch of #{id}", many=len(examples), id=self.shown.id)
        what = branch if len(examples) > 1 else f"#{self.shown.id}"
        said = f"{verb} {what}" + (f": {reason}" if reason else "")
        self._begun, self._open = self._begun + 1, self._open + 1
        is_settled = state is State.APPROVED and bool(self.shown.flag) and not self._branch
        decide = self._project.approve_flagged if is_settled else self._project.set_state
        decide(examples, state, said, self._confirmed, self._refused)
        done = review_parts.done_words(state, len(examples) if self._branch else 0)
        for one in examples:
            self._rows.pop(one, None)
        self._leave_bars()
        self.queue.decide(examples, done + (f" ({reason})" if reason else ""), monotonic())
        self._show()

    def _confirmed(self, _: int) -> None:
        self._open = max(self._open - 1, 0)
        self.refresh()

    def _refused(self, error: PersonError) -> None:
        self._open = max(self._open - 1, 0)
        notices.warn(error)
        self._order_again()

    def _offer_branch(self, answer: tuple[int, list[int]]) -> None:
        top, examples = answer
        if self.shown is None or self.shown.id != top or self.reason.isVisible():
            return
        self._branch = examples
        count = tr("{n:,} new examples", "{n:,} new example", len(examples))
        self.branch.title.setText(tr("The whole branch of #{top}: {count}", top=top, count=count))
        self.branch.show()

    def _leave_bars(self) -> None:
        was_asked, self._branch = self.reason.isVisible(), []
        self.branch.hide()
        self.reason.hide()
        self.setFocus()
        if was_asked:
            self.refresh()

    def _take_keys(self) -> None:
        (self.reason.field if self.reason.isVisible() else self).setFocus()  # no reason typed is a key of the page

    def _answer(self, answer: str) -> None:
        if self.shown is not None and not self.reason.isVisible():
            example = self.shown.example
            self._save(Example(example.question, example.options, answer, example.context))

    def _save(self, example: Example) -> None:
        if self._project is None or self.shown is None:
            return
        number = self.shown.id

        def saved(error: PersonError | None) -> None:
            if error is not None:
                self.form.show_wrong(told(str(error)))
                return
            self._edit_left()
            self._rows.pop(number, None)
            self._fetch()

        self._project.try_edit(number, example, saved, self)

    def _can_act(self) -> bool:
        return self._project is not None and not self._project.is_read_only and self.shown is not None

    def _options_fixed(self, seed: int) -> bool:
        seeds = self._project.overview.seeds if self._project is not None else ()
        return any(one.id == seed and one.kind is Options.FIXED for one in seeds)

    def _set_editing(self, is_editing: bool) -> None:
        self.form.is_editing = is_editing and self.form.is_editing
        self.form.setVisible(is_editing)
        self.reader.setVisible(not is_editing)
        self.foot.setEnabled(not is_editing)
        for key in self._keys:
            key.setEnabled(not is_editing)
        self._leave_key.setEnabled(not is_editing)

    def _edit_left(self) -> None:
        self._set_editing(False)
        self._take_keys()

    # building

    def _build(self) -> None:
        self.reader, self.form, self.reason = ExampleReader(), ExampleForm(), ReasonBar()
        self.branch = BranchBar(self.approve, self.reject, self._leave_bars)
        self.foot = KeyFoot(self._acts(), self.undo_wanted.emit)
        self.foot.undo.clicked.connect(self._leave_bars)
        self.reader.answer_wanted.connect(self._answer)
        self.form.save_wanted.connect(self._save)
        self.form.edit_ended.connect(self._edit_left)
        self.form.hide()
        self.reason.given.connect(lambda reason: self._decide(State.REJECTED, reason))
        self.reason.left.connect(self._leave_bars)
        self._scrolled = ScrolledColumn((0, 0, 0, 0), 0)
        inside = column(space=style.L, margins=(style.XXL, style.XXL, style.XXL, style.XXL))
        inside.addLayout(self._head())
        for part in (self.reader, self.form):
            inside.addWidget(part)
        inside.addStretch(1)
        self._scrolled.column.addLayout(centred(inside, WIDEST + 2 * style.XXL))
        lower = column(space=style.M, margins=(style.XXL, style.S, style.XXL, 0))
        for bar in (self.branch, self.reason, self.foot):
            lower.addWidget(bar)
        self._empty = EmptyPage("", "", tr("Go to the tree"), lambda: self.tree_wanted.emit(0, 0))
        self._again = self._empty.add_button(tr("Go through those skipped"), self._start_again)
        layout = column(self, 0)
        layout.addWidget(self._scrolled, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(centred(lower, WIDEST + 2 * style.XXL))

    def _head(self) -> QLayout:
        self.progress, self.where, self.bar = Label("", "quiet"), Label("", "quiet"), ProgressBar()
        self.order = QComboBox()
        self.order.setAccessibleName(tr("Order"))
        for order, said in review_parts.ORDERS.items():
            self.order.addItem(tr(said), order)
        self.order.currentIndexChanged.connect(lambda _: self._order_again())
        line = row(space=style.M)
        line.addWidget(self.progress)
        line.addStretch(1)
        line.addWidget(self.where)
        line.addWidget(self.order)
        lines = column(space=style.M)
        lines.addLayout(line)
        lines.addWidget(self.bar)
        return lines

    def _start_again(self) -> None:
        self.queue.restart()
        self._show()

    def _acts(self) -> Sequence[tuple[str, str, Callable[[], object]]]:
        acts = (self.approve, self.reject, self.edit, self.skip, self.back, self.ask_for_branch, self.open_in_tree)
        return [(key, tr(said), act) for (key, said), act in zip(review_parts.FOOT.items(), acts, strict=True)]

    def _act(self, key: str, words: str, also: str) -> Act:
        """What a button at the foot does, by its key."""
        why_not = partial(self._why_not, key)
        return Act(words, self.foot.buttons[key].click, key, group=tr(self.title), why_not=why_not, also=also)

    def _why_not(self, key: str) -> str:
        if self.form.is_editing:
            return tr("An edit is open here: save it or leave it.")
        if key == "Z":
            return ""
        if self.shown is None:
            return tr("No example is shown.")
        return "" if key in "STZ" or self._can_act() else tr("The project is open read-only.")
