"""The bottom of the window: what is running, the line that adds up, what it costs, Stop."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from seedbed_engine.events import Event, Paused, Progress, Said, Started, Trained
from seedbed_gui import style
from seedbed_gui.models.training_progress import TrainingProgress
from seedbed_gui.pages import numbers
from seedbed_gui.pages.bars import ProgressBar
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import row
from seedbed_gui.pages.labels import ElidedLabel, Label

HEIGHT = 44
PAUSE, GO_ON = "Pause", "Go on"
WORK = {"grow": "Growing", "train": "Training", "experiment": "Comparing", "evaluate": "Asking all models"}
WORK |= {"improve": "Growing where it is weak"}
WORK |= {"regenerate": "Asking for new siblings", "reanswer": "Checking labels", "rewrite": "Rewriting"}
WORK["leave-out"] = "Leaving branches out"


class StatusBar(QFrame):
    """Shows the run of this window or, from its row, one of another process."""

    stop_wanted = Signal()
    pause_wanted = Signal(bool)  # False: go on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(HEIGHT)
        layout = row(self, style.L, (style.L, 0, style.L, 0))
        self.what = Label("Nothing is running", "quiet")
        self.progress = ProgressBar()
        self.progress.setFixedWidth(180)
        self.line = ElidedLabel("", "quiet")
        self.pause = Button(PAUSE, self._pause_pressed)
        self.stop = Button("Stop", self.stop_wanted.emit)
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
        kept = "Open read-only" if is_read_only else "Project saved"
        self.saved.setText("" if path is None else f"{kept} · {path.name}")

    def show_nothing(self) -> None:
        """Nothing is running."""
        self.what.setText("Nothing is running")
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
    ) -> None:
        """A run begins."""
        self._said = said
        self._budget, self._trainings = budget, TrainingProgress(training_seeds)
        self.what.setText(said)
        self.what.set_role("strong")
        self.progress.show_share(None)
        self.line.set_whole("Starting …")
        self.stop.setText("Stop")
        self._set_running(True)
        self.stop.setVisible(can_stop)
        self._show_pause(False)
        self.pause.setVisible(can_pause)

    def show_stopping(self) -> None:
        """Stop was pressed once."""
        self.pause.hide()
        self.stop.setText("Stop now")
        self.stop.setToolTip("Stops at once; what was paid for is kept.")
        self.line.set_whole("Finishing what is in flight …")

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
                self.line.set_whole(event.text)
            case Started() if event.work in WORK and not self.what.text().startswith(WORK[event.work]):
                self.what.setText(WORK[event.work])
            case _:
                pass

    def _set_running(self, is_running: bool) -> None:
        self.is_running = is_running
        self.progress.setVisible(is_running)
        self.stop.setVisible(is_running)
        self.pause.hide()
        self.stop.setToolTip("Finishes what is in flight; press again to stop at once.")
        self.saved.setVisible(not is_running)

    def _pause_pressed(self) -> None:
        waits = self.pause.text() == PAUSE
        self.pause.setEnabled(False)  # until the training says so
        self.pause_wanted.emit(waits)

    def _show_pause(self, waits: bool) -> None:
        self.pause.setEnabled(True)
        self.pause.setText(GO_ON if waits else PAUSE)
        self.pause.setAccessibleName(self.pause.text())
        self.pause.setToolTip("" if waits else "Waits before its next step; nothing is lost, its memory stays in use.")
        self.what.setText(f"{self._said}, paused" if waits else self._said)


def account_line(event: Progress, budget: float | None) -> str:
    """The line that adds up, with tokens, money and time left."""
    asked = f"{event.asked:,} asked" + (f" + {event.surplus:,} surplus" if event.surplus else "")
    right = [(event.kept, "kept"), (event.discarded, "discarded"), (event.missing, "missing")]
    right += [(event.failed, "failed"), (event.waiting, "waiting")]
    shown = " + ".join(f"{many:,} {word}" for many, word in right if many or word == "kept")
    parts = [f"{asked} = {shown}", *spent_parts(event, budget), numbers.seconds_left(event.seconds_left)]
    return "   ·   ".join(part for part in parts if part)


def spent_parts(event: Progress, budget: float | None) -> list[str]:
    """What was used, how fast, and what it will likely be at the end; in dollars where they are spent."""
    used = numbers.tokens(event.tokens)
    if not event.usd and budget is None:
        at_end = f" of about {numbers.tokens(event.tokens_at_end)}" if event.tokens_at_end else ""
        a_minute = f"{numbers.tokens(round(event.tokens_a_minute))} a minute" if event.tokens_a_minute else ""
        return [(used.removesuffix(" tokens") if at_end else used) + at_end, a_minute]
    spent = numbers.money(event.usd or 0.0)
    if event.usd_at_end:
        spent += f" of about {numbers.money(event.usd_at_end)}"
    if budget is not None:
        spent += f", budget {numbers.money(budget)}"
    a_minute = f"{numbers.money(event.usd_a_minute)} a minute" if event.usd_a_minute else ""
    return [used, spent, a_minute]


def training_line(event: Trained, training: str) -> str:
    """How far a training is."""
    parts = [training, f"step {event.step:,} of {event.steps:,}"]
    parts.append(f"loss {event.loss:.3f}")
    if event.accuracy is not None:
        parts.append(f"accuracy {numbers.share(event.accuracy)} %")
    parts += [f"{event.examples_per_second:,.0f} examples/s", numbers.seconds_left(event.seconds_left)]
    return "   ·   ".join(part for part in parts if part)
