"""The bottom of the window: what is running, the line that adds up, what it costs, Stop."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from seedbed_engine.events import Event, Paused, Progress, Said, Started, Trained
from seedbed_engine.keeping.rows import Account
from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.models.training_progress import TrainingProgress
from seedbed_gui.pages import numbers
from seedbed_gui.pages.bars import ProgressBar
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import row
from seedbed_gui.pages.labels import ElidedLabel, Label
from seedbed_gui.sayings import told

HEIGHT = 44
PAUSE, GO_ON = mark("Pause"), mark("Go on")
STOPS = mark("Finishes what is in flight; press again to stop at once.")
RESTS = mark("Finishes what is in flight; Go on takes it up again, also another day. Press again to stop at once.")
WORK = {
    "grow": mark("Growing"),
    "train": mark("Training"),
    "experiment": mark("Comparing"),
    "evaluate": mark("Asking all models"),
}
WORK |= {"improve": mark("Growing where it is weak")}
WORK |= {
    "regenerate": mark("Asking for new siblings"),
    "reanswer": mark("Checking labels"),
    "rewrite": mark("Rewriting"),
}
WORK["leave-out"] = mark("Leaving branches out")


class StatusBar(QFrame):
    """Shows the run of this window or, from its row, one of another process."""

    stop_wanted = Signal()
    pause_wanted = Signal(bool)  # False: go on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(HEIGHT)
        layout = row(self, style.L, (style.L, 0, style.L, 0))
        self.what = Label(tr("Nothing is running"), "quiet")
        self.progress = ProgressBar()
        self.progress.setFixedWidth(180)
        self.line = ElidedLabel("", "quiet")
        self.pause = Button(tr(PAUSE), self._pause_pressed)
        self.stop = Button(tr("Stop"), self.stop_wanted.emit)
        self.saved = Label("", "quiet")
        layout.addWidget(self.what)
        layout.addWidget(self.progress)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.saved)
        layout.addWidget(self.pause)
        layout.addWidget(self.stop)
        self._said = ""
        self._budget: float | None = None
        self.is_running = False
        self._trainings = TrainingProgress()
        self.show_nothing()

    def show_project(self, path: Path | None, is_read_only: bool = False) -> None:
        """Say which project is open."""
        kept = tr("Open read-only") if is_read_only else tr("Project saved")
        self.saved.setText("" if path is None else f"{kept} · {path.name}")

    def show_nothing(self) -> None:
        """Nothing is running."""
        self.what.setText(tr("Nothing is running"))
        self.what.set_role("quiet")
        self.line.set_whole("")
        self._set_running(False)

    def show_start(
        self,
        said: str,
        budget: float | None,
        can_stop: bool = True,
        training_seeds: Sequence[int] = (),
        can_pause: bool = False,
        can_go_on: bool = False,
    ) -> None:
        """A run begins."""
        self._said = said
        self._budget, self._trainings = budget, TrainingProgress(training_seeds)
        self.what.setText(said)
        self.what.set_role("strong")
        self.progress.show_share(None)
        self.line.set_whole(tr("Starting …"))
        self.stop.setText(tr("Stop"))
        self._set_running(True)
        self.stop.setVisible(can_stop)
        means = RESTS if can_go_on else STOPS
        self.stop.setToolTip(tr(means))
        self._show_pause(False)
        self.pause.setVisible(can_pause)

    def show_stopping(self) -> None:
        """Stop was pressed once."""
        self.pause.hide()
        self.stop.setText(tr("Stop now"))
        self.stop.setToolTip(tr("Stops at once; what was paid for is kept."))
        self.line.set_whole(tr("Finishing what is in flight …"))

    def show_event(self, event: Event) -> None:
        """Show what a run says."""
        match event:
            case Progress():
                self.progress.show_share(event.kept / event.target if event.target else None)
                self.line.set_whole(account_line(event, self._budget))
            case Trained():
                self.progress.show_share(self._trainings.share(event))
                self.line.set_whole(training_line(event, self._trainings.training(event)))
            case Paused():
                self._trainings.wait(event.waits)
                self._show_pause(event.waits)
            case Said():
                self.line.set_whole(told(event.text))
            case Started() if event.work in WORK and not self.what.text().startswith(tr(WORK[event.work])):
                self.what.setText(tr(WORK[event.work]))
            case _:
                pass

    def _set_running(self, is_running: bool) -> None:
        self.is_running = is_running
        self.progress.setVisible(is_running)
        self.stop.setVisible(is_running)
        self.pause.hide()
        self.saved.setVisible(not is_running)

    def _pause_pressed(self) -> None:
        waits = self.pause.text() == tr(PAUSE)
        self.pause.setEnabled(False)  # until the training says so
        self.pause_wanted.emit(waits)

    def _show_pause(self, waits: bool) -> None:
        self.pause.setEnabled(True)
        self.pause.setText(tr(GO_ON) if waits else tr(PAUSE))
        self.pause.setAccessibleName(self.pause.text())
        self.pause.setToolTip(
            "" if waits else tr("Waits before its next step; nothing is lost, its memory stays in use.")
        )
        self.what.setText(tr("{said}, paused", said=self._said) if waits else self._said)


def account_line(event: Progress, budget: float | None) -> str:
    """The line that adds up, with tokens, money and time left."""
    parts = [
        line_that_adds_up(event, is_short=True),
        *spent_parts(event, budget),
        numbers.seconds_left(event.seconds_left),
    ]
    return "   ·   ".join(part for part in parts if part)


def line_that_adds_up(account: Progress | Account, is_short: bool) -> str:
    """Asked = kept + discarded + ...; the short line leaves out what is none."""
    asked = tr("{many:,} asked", many=account.asked)
    if account.surplus:
        asked += " + " + tr("{many:,} surplus", many=account.surplus)
    right = [
        (account.kept, tr("{many:,} kept", many=account.kept)),
        (account.discarded, tr("{many:,} discarded", many=account.discarded)),
        (account.missing, tr("{many:,} missing", many=account.missing)),
        (account.failed, tr("{many:,} failed", many=account.failed)),
        (account.waiting, tr("{many:,} waiting", many=account.waiting)),
    ]
    shown = " + ".join(said for place, (many, said) in enumerate(right) if many or not is_short or place == 0)
    return f"{asked} = {shown}"


def spent_parts(event: Progress, budget: float | None) -> list[str]:
    """What was used, how fast, and what it will likely be at the end; in dollars where they are spent."""
    used = numbers.tokens(event.tokens)
    if not event.usd and budget is None:
        a_minute = (
            tr("{tokens} a minute", tokens=numbers.tokens(round(event.tokens_a_minute)))
            if event.tokens_a_minute
            else ""
        )
        if event.tokens_at_end:
            at_end = numbers.tokens(event.tokens_at_end)
            used = tr("{spent} of about {at_end}", spent=numbers.short(event.tokens), at_end=at_end)
        return [used, a_minute]
    spent = numbers.money(event.usd or 0.0)
    if event.usd_at_end:
        spent = tr("{spent} of about {at_end}", spent=spent, at_end=numbers.money(event.usd_at_end))
    if budget is not None:
        spent += ", " + tr("budget {money}", money=numbers.money(budget))
    a_minute = tr("{money} a minute", money=numbers.money(event.usd_a_minute)) if event.usd_a_minute else ""
    return [used, spent, a_minute]


def training_line(event: Trained, training: str) -> str:
    """How far a training is."""
    parts = [training, tr("step {step:,} of {steps:,}", step=event.step, steps=event.steps)]
    parts.append(tr("loss {loss:.3f}", loss=event.loss))
    if event.accuracy is not None:
        parts.append(tr("accuracy {share} %", share=numbers.share(event.accuracy)))
    parts += [
        tr("{many:,.0f} examples/s", many=event.examples_per_second),
        numbers.seconds_left(event.seconds_left),
    ]
    return "   ·   ".join(part for part in parts if part)
