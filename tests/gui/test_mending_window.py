"""Mending by the creator in the window: dialogs, the agreement beside the label, the preview, Review's order."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example
from seedbed_engine.keeping import agreement, calls, history, lists, proposals, runs, trees
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import MendingSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.mend_dialog import MendDialog
from seedbed_gui.pages.preview_dialog import PreviewDialog

Show = Callable[[MainWindow, int], None]


def store_of(studio: MainWindow) -> Store:
    assert studio.project is not None
    return studio.project.store


def dialog_of(qtbot: QtBot, studio: MainWindow, kind: type[Any]) -> Any:
    qtbot.waitUntil(lambda: isinstance(studio.mender.dialog, kind), timeout=60_000)
    return studio.mender.dialog


def answered(store: Store, example: int, *answers: str) -> int:
    """As if a run had asked about an example."""
    settings = MendingSettings(examples=(example,), k=len(answers))
    run = runs.add_run(store, "reanswer", settings.to_json(), 1)
    call = calls.add_call(store, run, 1, example, f"a{run}", 0, len(answers))
    about = agreement.digest_of_asked(trees.read_example(store, example).example)
    new = []
    for part, said in enumerate(answers):
        request = calls.add_request(store, call, calls.NewRequest(part, 0, 1, None, None, "hosted", "m", "[]", "{}"))
        new.append(agreement.NewAnswer(example, request, said, 0, about))
    ends = [(each.request, 0, 0) for each in new]
    agreement.queue_answers(store, run, call, example, new, [], ends).result()
    runs.end_run(store, run, "finished", result=json.dumps({"answered": 1, "flagged": 1, "places": [len(answers)]}))
    return run


def rewritten(store: Store, texts: dict[int, str], unchanged: tuple[int, ...] = ()) -> int:
    """As if a run had rewritten examples."""
    settings = MendingSettings(examples=(*texts, *unchanged), instruction="Make it <b>warm</b>.")
    run = runs.add_run(store, "rewrite", settings.to_json(), 1)
    for place, example in enumerate((*texts, *unchanged)):
        call = calls.add_call(store, run, 1, example, f"r{place}", place, 1)
        request = calls.add_request(store, call, calls.NewRequest(0, 0, 1, None, None, "hosted", "m", "[]", "{}"))
        row = trees.read_example(store, example)
        about = proposals.digest_of_text(row.example)
        to = Example(texts.get(example, ""), row.example.options, row.example.answer)
        new = [proposals.NewProposal(example, request, about, to)] if example in texts else []
        discards = [] if new else [calls.NewDiscard(request, 0, "{}", "unchanged")]
        proposals.queue_proposals(store, run, call, new, discards, [(request, 0, 0)]).result()
    runs.end_run(store, run, "finished", result="{}")
    return run


def test_the_inspector_shows_how_many_agree_and_settles_a_disagreement(
    qtbot: QtBot, opened: MainWindow, show: Show
) -> None:
    store = store_of(opened)
    answered(store, 2, "yes", "yes", "yes", "no")
    show(opened, 2)
    view = opened.tree.inspector.agreement
    qtbot.waitUntil(view.isVisible, timeout=10_000)
    assert view.said.text() == "3 of 4 say yes"
    assert view.others.text() == "1 says no"
    assert view.take_button.text() == "Take “yes”"
    view.keep_button.click()
    qtbot.waitUntil(lambda: trees.read_example(store, 2).flag is None, timeout=10_000)
    qtbot.waitUntil(lambda: not view.keep_button.isVisible(), timeout=10_000)
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.take_button.isVisible, timeout=10_000)
    view.take_button.click()
    qtbot.waitUntil(lambda: trees.read_example(store, 2).example.answer == "yes", timeout=10_000)
    qtbot.waitUntil(lambda: not view.take_button.isVisible(), timeout=10_000)
    show(opened, 3)
    qtbot.waitUntil(lambda: not view.isVisible(), timeout=10_000)


def test_marks_that_a_run_sets_appear_on_the_canvas(qtbot: QtBot, opened: MainWindow) -> None:
    store = store_of(opened)
    answered(store, 2, "yes", "yes")
    opened.tree.reread_states()
    scene = opened.tree.canvas.scene

    def flagged() -> list[int]:
        return [int(one) for one, state in zip(scene.ids, scene.states, strict=True) if state & trees.FLAGGED]

    qtbot.waitUntil(lambda: flagged() == [2], timeout=10_000)


@pytest.fixture
def hosted(chat_server: Any) -> Any:
    """A server that always answers yes, and rewrites by one word."""

    def write(body: dict[str, Any]) -> str:
        shown = json.loads(body["messages"][-1]["content"].split("\n\n")[0])
        if "answer" not in shown:
            return json.dumps({"answer": "yes"})
        return json.dumps({"examples": [{**shown, "question": shown["question"].replace("cold", "warm in June")}]})

    chat_server.writer = write
    return chat_server


def fill(dialog: MendDialog, server: Any) -> None:
    dialog.creator.setCurrentIndex(dialog.creator.findData("hosted"))
    dialog.model.setText("test-model")
    dialog.base_url.setText(server.address)
    dialog.key_name.setText("SEEDBED_NO_KEY")


def test_labels_are_checked_by_key_and_what_is_in_doubt_comes_first_in_review(
    qtbot: QtBot, opened: MainWindow, show: Show, hosted: Any
) -> None:
    show(opened, 3)
    qtbot.keyClick(opened.tree.canvas, Qt.Key.Key_L)
    dialog = dialog_of(qtbot, opened, MendDialog)
    fill(dialog, hosted)
    dialog.k.setValue(2)
    assert dialog.estimate.text().startswith("About 2 requests")
    dialog.accept_button.click()
    store = store_of(opened)
    qtbot.waitUntil(lambda: trees.read_example(store, 3).flag is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not opened.desk.is_busy, timeout=60_000)
    assert lists.read_queue(store, "flagged").tolist()[0] == 3
    opened.show_page("review")
    review = opened.review
    review.order.setCurrentIndex(review.order.findData("flagged"))
    qtbot.waitUntil(lambda: review.shown is not None and review.shown.id == 3, timeout=10_000)
    review.approve()
    qtbot.waitUntil(lambda: trees.read_example(store, 3).flag is None, timeout=10_000)
    assert trees.read_example(store, 3).state.value == "approved"


def test_a_branch_is_rewritten_after_a_look_at_every_change(
    qtbot: QtBot, opened: MainWindow, show: Show, hosted: Any
) -> None:
    show(opened, 1)
    qtbot.keyClick(opened.tree.canvas, Qt.Key.Key_W)
    dialog = dialog_of(qtbot, opened, MendDialog)
    fill(dialog, hosted)
    assert dialog.said.text() == "Say what you wish."
    assert not dialog.accept_button.isEnabled()
    dialog.instruction.setText("Make it warm.")
    assert dialog.settings().examples == (1, 4, 5, 6)
    dialog.accept_button.click()
    preview = dialog_of(qtbot, opened, PreviewDialog)
    assert preview.chosen() == [1, 4, 5, 6]
    preview.cards[4].tick.setChecked(False)
    assert preview.accept_button.text() == "Apply 3 changes"
    preview.accept_button.click()
    store = store_of(opened)
    qtbot.waitUntil(lambda: trees.read_example(store, 6).edited is not None, timeout=10_000)
    assert trees.read_example(store, 4).edited is None
    assert trees.read_example(store, 1).example.question == "Is thing 0 warm in June?"
    history.undo(store)
    assert {row.edited for row in trees.read_examples(store, [1, 4, 5, 6])} == {None}


def test_the_preview_opens_again_from_the_runs_page_and_shows_plain_text(qtbot: QtBot, opened: MainWindow) -> None:
    store = store_of(opened)
    run = rewritten(store, {1: "Is <b>thing</b> 0 warm?", 2: "Is thing 1 warm?"}, unchanged=(3,))
    opened.show_page("runs")
    opened.project.look()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: any(each.id == run for each in opened.runs._runs), timeout=10_000)
    opened.runs.choose(run)
    opened.runs.preview_wanted.emit(run)
    dialog = dialog_of(qtbot, opened, PreviewDialog)
    assert dialog.cards[1].texts[1].toPlainText() == "Is <b>thing</b> 0 warm?"
    assert dialog.cards[2].texts[0].toPlainText() == "Is thing 1 cold?"
    assert dialog.rest.isVisible()
    dialog.all_button.click()
    assert dialog.chosen() == []
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    assert trees.read_example(store, 1).edited is None


def test_a_new_sibling_is_asked_for_from_the_menu(
    qtbot: QtBot, opened: MainWindow, show: Show, chat_server: Any
) -> None:
    show(opened, 4)
    opened.tree.inspector.regenerate()
    dialog = dialog_of(qtbot, opened, MendDialog)
    fill(dialog, chat_server)
    dialog.accept_button.click()
    store = store_of(opened)
    qtbot.waitUntil(lambda: len(trees.read_children(store, 1, 1)) == 4, timeout=60_000)
    qtbot.waitUntil(lambda: not opened.desk.is_busy, timeout=60_000)
