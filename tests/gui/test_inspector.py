from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example
from seedbed_engine.keeping import history, trees
from seedbed_gui.main_window import MainWindow

Show = Callable[[MainWindow, int], None]


def example_of(studio: MainWindow, example: int) -> Example:
    assert studio.project is not None
    return trees.read_example(studio.project.store, example).example


def test_the_selected_example_is_shown_in_full_with_its_origin(opened: MainWindow, show: Show) -> None:
    show(opened, 5)
    inspector = opened.tree.inspector
    assert inspector.form.question.toPlainText() == "Is thing 4 cold?"
    assert [row.text for row in inspector.form.options] == ["yes", "no"]
    assert inspector.form.options[1].radio.isChecked()
    assert inspector.origin._values["Parent"].text().startswith("#1 ")
    assert inspector.origin._values["Written by"].text() == "embedded · small"
    assert "100 + 50 tokens" in inspector.origin._values["Call"].text()


def test_the_prompt_and_the_raw_reply_are_behind_a_button(opened: MainWindow, show: Show) -> None:
    show(opened, 5)
    origin = opened.tree.inspector.origin
    assert not origin.reply.isVisible()
    origin.more.click()
    assert origin.reply.isVisible()
    assert origin.reply.toPlainText() == "<b>reply 1</b>"
    assert origin.prompt.toPlainText() == "user:\nWrite three more, call 1."


def test_the_seed_is_shown_but_cannot_be_judged(qtbot: QtBot, opened: MainWindow) -> None:
    opened.tree.canvas.select([0], 0)
    inspector = opened.tree.inspector
    assert inspector.form.question.toPlainText() == "Is ice cold?"
    assert inspector.grow_button.isVisible()
    assert not inspector.approve_button.isVisible()
    assert not inspector.edit_button.isVisible()


def test_an_edit_is_saved_and_can_be_undone(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    form = opened.tree.inspector.form
    qtbot.keyClick(opened.tree.canvas, Qt.Key.Key_E)
    assert form.is_editing
    form.question.setPlainText("Is thing 1 warm?")
    form.save.click()
    qtbot.waitUntil(lambda: example_of(opened, 2).question == "Is thing 1 warm?", timeout=10_000)
    qtbot.waitUntil(lambda: not form.is_editing and form.question.toPlainText() == "Is thing 1 warm?", timeout=10_000)
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: example_of(opened, 2).question == "Is thing 1 cold?", timeout=10_000)


def test_another_answer_begins_an_edit_that_can_be_cancelled(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    form = opened.tree.inspector.form
    form.options[0].radio.click()
    assert form.is_editing
    assert form.save.isVisible()
    form.cancel.click()
    assert form.options[1].radio.isChecked()
    assert not form.save.isVisible()
    assert example_of(opened, 2).answer == "no"


def test_an_edit_that_cannot_be_used_says_why_and_keeps_the_words(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    opened.tree.inspector.edit()
    form = opened.tree.inspector.form
    form.question.setPlainText("   ")
    form.save.click()
    qtbot.waitUntil(lambda: form.wrong.isVisible(), timeout=10_000)
    assert form.wrong.text() == "The question is empty. Write a question."
    assert form.is_editing
    assert example_of(opened, 2).question == "Is thing 1 cold?"
    form.cancel.click()


def test_what_others_write_does_not_take_an_edit_away(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    opened.tree.inspector.edit()
    form = opened.tree.inspector.form
    form.question.setPlainText("half a sent")
    assert opened.project is not None
    opened.project.act(lambda store: history.set_state(store, [2, 3], trees.State.APPROVED))
    qtbot.waitUntil(lambda: opened.tree.canvas.scene.count_of("approved") == 2, timeout=10_000)
    qtbot.wait(100)
    assert form.question.toPlainText() == "half a sent"
    form.cancel.click()


def test_what_was_decided_during_an_edit_is_shown_after_it(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    inspector = opened.tree.inspector
    inspector.approve()
    qtbot.waitUntil(lambda: inspector._state.text() == "approved", timeout=10_000)
    qtbot.keyClick(opened.tree.canvas, Qt.Key.Key_E)
    assert inspector.form.is_editing
    inspector.reject()
    qtbot.waitUntil(lambda: opened.tree.canvas.scene.count_of("rejected") == 1, timeout=10_000)
    qtbot.wait(100)
    assert inspector._state.text() == "approved"
    inspector.form.cancel.click()
    qtbot.waitUntil(lambda: inspector._state.text() == "rejected", timeout=10_000)


def test_an_edit_begins_at_what_is_selected_though_something_else_is_still_shown(
    qtbot: QtBot, opened: MainWindow, show: Show
) -> None:
    show(opened, 1)
    canvas, inspector = opened.tree.canvas, opened.tree.inspector
    canvas.select([2], 2)
    qtbot.keyClick(canvas, Qt.Key.Key_E)
    assert not inspector.form.is_editing
    qtbot.waitUntil(lambda: inspector.form.is_editing, timeout=10_000)
    assert inspector.form.question.toPlainText() == "Is thing 1 cold?"
    inspector.form.cancel.click()
    qtbot.wait(100)
    assert not inspector.form.is_editing
    canvas.select([3], 3)
    qtbot.keyClick(canvas, Qt.Key.Key_E)
    canvas.select([4], 4)  # that edit is not wanted any more
    qtbot.waitUntil(lambda: inspector.shown is not None and inspector.shown.id == 4, timeout=10_000)
    qtbot.wait(100)
    assert not inspector.form.is_editing


def test_several_examples_are_judged_at_once(qtbot: QtBot, opened: MainWindow) -> None:
    opened.tree.canvas.select([2, 3, 4])
    inspector = opened.tree.inspector
    assert inspector._many.title.text() == "3 examples are selected"
    inspector.approve_button.click()
    qtbot.waitUntil(lambda: opened.tree.canvas.scene.count_of("approved") == 3, timeout=10_000)
    inspector.back.click()
    qtbot.waitUntil(lambda: opened.tree.canvas.scene.count_of("approved") == 0, timeout=10_000)


def test_no_label_takes_a_creators_words_for_markup(opened: MainWindow, show: Show) -> None:
    show(opened, 5)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in opened.centralWidget().findChildren(QLabel))


def test_going_to_the_parent_selects_it(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 5)
    opened.tree.inspector.origin.up.click()
    qtbot.waitUntil(lambda: opened.tree.canvas.selected() == [1], timeout=10_000)


def test_an_edit_that_is_left_is_saved_and_said(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    opened.tree.inspector.edit()
    opened.tree.inspector.form.question.setPlainText("Is thing 1 warm?")
    show(opened, 3)
    qtbot.waitUntil(lambda: example_of(opened, 2).question == "Is thing 1 warm?", timeout=10_000)
    qtbot.waitUntil(lambda: bool(opened.toasts.shown), timeout=10_000)
    assert opened.toasts.shown[-1].accessibleName() == "Saved the edit of #2. Ctrl+Z undoes it."


def test_an_edit_that_is_left_and_cannot_be_saved_is_said(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    opened.tree.inspector.edit()
    opened.tree.inspector.form.question.setPlainText("")
    show(opened, 3)
    assert "was not saved: The question is empty." in opened.toasts.shown[-1].accessibleName()
    assert example_of(opened, 2).question == "Is thing 1 cold?"


def test_escape_leaves_an_edit_and_the_keys_belong_to_the_tree_again(
    qtbot: QtBot, opened: MainWindow, show: Show
) -> None:
    show(opened, 2)
    form = opened.tree.inspector.form
    qtbot.keyClick(opened.tree.canvas, Qt.Key.Key_E)
    form.question.setPlainText("half a sent")
    qtbot.keyClick(form.question, Qt.Key.Key_Escape)
    assert not form.is_editing
    assert form.question.toPlainText() == "Is thing 1 cold?"
    assert opened.tree.canvas.hasFocus()
    assert opened.tree.canvas.selected() == [2]


def test_ctrl_return_saves_an_edit(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    form = opened.tree.inspector.form
    opened.tree.inspector.edit()
    form.question.setPlainText("Is thing 1 warm?")
    qtbot.keyClick(form.question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: example_of(opened, 2).question == "Is thing 1 warm?", timeout=10_000)
    qtbot.waitUntil(lambda: not form.is_editing and opened.tree.canvas.hasFocus(), timeout=10_000)


def test_tab_goes_from_the_question_over_the_options_to_save_and_cancel(
    qtbot: QtBot, opened: MainWindow, show: Show
) -> None:
    show(opened, 2)
    opened.tree.inspector.edit()
    form = opened.tree.inspector.form
    order = [form.question, *(option.radio for option in form.options), form.save, form.cancel]
    walked = [0]
    while order[walked[-1]] is not form.cancel and len(walked) < 6:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(order.index(QApplication.focusWidget()))  # type: ignore[arg-type]
    assert walked == sorted(set(walked))
    assert set(walked) >= {0, 3, 4}
    assert set(walked) & {1, 2}
    form.leave()
