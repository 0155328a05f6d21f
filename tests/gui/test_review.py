from collections.abc import Callable
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import history, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.trees import NewExample
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.review_queue import ReviewQueue
from seedbed_gui.pages.review_page import ReviewPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def review(qtbot: QtBot, opened: MainWindow) -> ReviewPage:
    """The review page of the small tree: branch by branch 1, 4, 5, 6, 2, 3."""
    opened.show_page("review")
    qtbot.waitUntil(lambda: opened.review.shown is not None, timeout=10_000)
    return opened.review


def states(opened: MainWindow) -> list[str]:
    assert opened.project is not None
    return [row.state.value[:1] for row in trees.read_examples(opened.project.store, range(1, 7))]


def becomes(qtbot: QtBot, opened: MainWindow, wanted: str) -> None:
    qtbot.waitUntil(lambda: "".join(states(opened)) == wanted, timeout=10_000)


def at(qtbot: QtBot, review: ReviewPage, example: int) -> None:
    qtbot.waitUntil(lambda: review.shown is not None and review.shown.id == example, timeout=10_000)


def press(qtbot: QtBot, keys: str) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_a_review_goes_branch_by_branch_with_real_keys(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    assert review.progress.text() == "1 of 6"
    assert review.where.text() == "#1 · depth 1 · from the seed"
    press(qtbot, "a")
    at(qtbot, review, 4)
    press(qtbot, "s")
    at(qtbot, review, 5)
    press(qtbot, "z")
    at(qtbot, review, 4)
    press(qtbot, "a")
    becomes(qtbot, opened, "annann")
    at(qtbot, review, 5)
    assert review.foot.before.text() == "Before: #1 approved · #4 approved ·"
    assert opened.sidebar.pages["review"].accessibleDescription() in ("4", "5", "6")
    qtbot.waitUntil(lambda: opened.sidebar.pages["review"].accessibleDescription() == "4", timeout=10_000)


def test_a_rejection_keeps_its_reason_in_the_log(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    press(qtbot, "r")
    assert review.reason.field.hasFocus()
    press(qtbot, "1")
    assert [button.isChecked() for button in review.reason.buttons] == [True, False, False, False, False]
    assert states(opened) == ["n"] * 6
    qtbot.keyClick(review.reason.field, Qt.Key.Key_Return)
    becomes(qtbot, opened, "rnnnnn")
    at(qtbot, review, 4)
    press(qtbot, "r")
    qtbot.keyClicks(review.reason.field, "says a thing twice")
    qtbot.keyClick(review.reason.field, Qt.Key.Key_Return)
    becomes(qtbot, opened, "rnnrnn")
    said = [change.said for change in history.read_changes(opened.project.store)]  # type: ignore[union-attr]
    assert said == ["reject #4: says a thing twice", "reject #1: wrong answer"]
    assert review.foot.before.text() == "Before: #1 rejected (wrong answer) · #4 rejected (says a thing twice) ·"


def test_a_reason_that_begins_with_a_digit_is_typed_like_any_other(
    qtbot: QtBot, opened: MainWindow, review: ReviewPage
) -> None:
    press(qtbot, "r")
    press(qtbot, "2 facts are wrong")
    assert not any(button.isChecked() for button in review.reason.buttons)
    assert states(opened) == ["n"] * 6
    at(qtbot, review, 1)
    press(qtbot, "\r")
    becomes(qtbot, opened, "rnnnnn")
    assert review.foot.before.text() == "Before: #1 rejected (2 facts are wrong) ·"


def test_letters_typed_beside_the_field_of_the_reason_go_into_it(
    qtbot: QtBot, opened: MainWindow, review: ReviewPage
) -> None:
    press(qtbot, "r")
    review.reason.buttons[1].setFocus()
    press(qtbot, "ate")
    assert review.reason.field.text() == "ate"
    at(qtbot, review, 1)
    review.reason.buttons[1].setFocus()
    press(qtbot, "\r")
    becomes(qtbot, opened, "rnnnnn")
    assert review.foot.before.text() == "Before: #1 rejected (unclear) ·"


def test_an_undo_takes_no_reason_from_under_the_fingers(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    press(qtbot, "a")
    at(qtbot, review, 4)
    becomes(qtbot, opened, "annnnn")
    press(qtbot, "r")
    press(qtbot, "so")
    opened.undo()
    becomes(qtbot, opened, "nnnnnn")
    qtbot.wait(200)
    assert review.reason.field.hasFocus()
    assert review.reason.title.text() == "Reject #4"
    qtbot.keyClick(review.reason.field, Qt.Key.Key_Escape)
    at(qtbot, review, 1)


def test_an_answer_that_is_saved_takes_no_key_from_the_reason(
    qtbot: QtBot, opened: MainWindow, review: ReviewPage
) -> None:
    press(qtbot, "1r")
    store = opened.project.store  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: trees.read_example(store, 1).example.answer == "yes", timeout=10_000)
    qtbot.wait(100)
    assert review.reason.field.hasFocus()


def test_only_an_example_with_a_passage_can_be_unsupported_by_it(
    qtbot: QtBot, opened: MainWindow, review: ReviewPage
) -> None:
    press(qtbot, "r")
    shown = [button.text() for button in review.reason.buttons if button.isVisible()]
    assert shown == ["wrong answer", "unclear", "off the subject", "too like another"]
    press(qtbot, "5")
    assert review.reason.reason() == "5"
    review.reason.ask("Reject #1", has_passage=True)
    press(qtbot, "5")
    assert review.reason.reason() == "not supported by its passage"


def test_escape_leaves_the_reason_and_the_branch(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    press(qtbot, "r")
    qtbot.keyClick(review.reason.field, Qt.Key.Key_Escape)
    assert not review.reason.isVisible()
    press(qtbot, "b")
    qtbot.waitUntil(review.branch.isVisible, timeout=10_000)
    qtbot.keyClick(review, Qt.Key.Key_Escape)
    assert not review.branch.isVisible()
    assert states(opened) == ["n"] * 6


def test_a_whole_branch_is_decided_after_its_number_was_said(
    qtbot: QtBot, opened: MainWindow, review: ReviewPage
) -> None:
    press(qtbot, "b")
    qtbot.waitUntil(review.branch.isVisible, timeout=10_000)
    assert review.branch.title.text() == "The whole branch of #1: 4 new examples"
    press(qtbot, "a")
    becomes(qtbot, opened, "annaaa")
    at(qtbot, review, 2)
    assert history.read_changes(opened.project.store)[0].count == 4  # type: ignore[union-attr]


def test_undo_brings_back_what_was_decided_and_shows_it_again(
    qtbot: QtBot, opened: MainWindow, review: ReviewPage
) -> None:
    press(qtbot, "aa")
    becomes(qtbot, opened, "annann")
    at(qtbot, review, 5)
    qtbot.keyClick(review, Qt.Key.Key_Z, CTRL)
    becomes(qtbot, opened, "annnnn")
    at(qtbot, review, 4)
    qtbot.keyClick(review, Qt.Key.Key_Z, CTRL)
    becomes(qtbot, opened, "nnnnnn")
    at(qtbot, review, 1)
    assert review.foot.before.text() == "Nothing was decided here yet."


def test_an_example_is_edited_where_it_is_read(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    press(qtbot, "e")
    assert review.form.question.hasFocus()
    review.form.question.setPlainText("Is thing 0 warm? arse")
    qtbot.keyClick(review.form.question, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: review.reader.question.toPlainText() == "Is thing 0 warm? arse", timeout=10_000)
    assert not review.form.isVisible()
    assert states(opened) == ["n"] * 6
    press(qtbot, "e")
    qtbot.keyClick(review.form.question, Qt.Key.Key_Escape)
    assert not review.form.isVisible()
    press(qtbot, "a")
    becomes(qtbot, opened, "annnnn")


def test_another_answer_is_one_click(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    review.reader.options[0].radio.click()
    store = opened.project.store  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: trees.read_example(store, 1).example.answer == "yes", timeout=10_000)
    qtbot.waitUntil(lambda: review.shown is not None and review.shown.example.answer == "yes", timeout=10_000)
    assert [option.radio.isChecked() for option in review.reader.options] == [True, False]


def test_another_answer_is_one_digit(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    assert [act.words() for act in review.acts()[-2:]] == ["Answer “yes”", "Answer “no”"]
    assert review.reader.options[0].radio.accessibleDescription() == "Key 1"
    press(qtbot, "1")
    store = opened.project.store  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: trees.read_example(store, 1).example.answer == "yes", timeout=10_000)
    qtbot.waitUntil(lambda: review.reader.options[0].radio.isChecked(), timeout=10_000)
    press(qtbot, "3")  # there is no third
    press(qtbot, "r")
    press(qtbot, "2\r")  # a reason now, no answer
    becomes(qtbot, opened, "rnnnnn")
    assert trees.read_example(store, 1).example.answer == "yes"


def test_it_opens_in_the_tree(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    press(qtbot, "st")
    assert opened.page == "tree"
    assert opened.tree.canvas.selected() == [4]


def test_the_order_can_be_another_one(qtbot: QtBot, review: ReviewPage) -> None:
    press(qtbot, "s")
    at(qtbot, review, 4)
    review.order.setCurrentIndex(review.order.findData("depth"))
    qtbot.waitUntil(lambda: review.queue.ids == [1, 2, 3, 4, 5, 6] and review.shown is not None, timeout=10_000)
    at(qtbot, review, 1)


def test_the_end_says_what_to_do_next(qtbot: QtBot, opened: MainWindow, review: ReviewPage) -> None:
    press(qtbot, "aaaaa")
    press(qtbot, "s")
    qtbot.waitUntil(review._empty.isVisible, timeout=10_000)
    assert review._empty.said.text() == "1 example was skipped. Z goes back one by one."
    review._again.click()
    at(qtbot, review, 3)
    press(qtbot, "a")
    becomes(qtbot, opened, "aaaaaa")
    assert review._empty.title.text() == "All reviewed"
    assert not review._again.isVisible()


def test_a_tree_without_examples_has_an_empty_review(qtbot: QtBot, studio: MainWindow) -> None:
    studio.opener.open_sample("creak", None, with_tree=False)
    qtbot.waitUntil(lambda: studio.seed is not None, timeout=10_000)
    studio.show_page("review")
    assert studio.review._empty.isVisible()
    studio.review._empty.button.click()
    assert studio.page == "tree"


def test_the_next_of_very_many_examples_is_there_at_once(
    qtbot: QtBot, studio: MainWindow, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    path = tmp_path / "many.seedbed"
    with create_project(path) as store:
        seed = add_seed(store, Example("Is it?", ("yes", "no"), "yes"), Options.FIXED)
        passage = "A passage of some length. " * 40
        new = (
            NewExample(
                seed, (n - 1) // 5 or None, None, None, 0, f"k{n}", 1, Example(f"Is it {n}?", ("a", "b"), "a", passage)
            )
            for n in range(1, 20_001)
        )
        store.do(lambda db: trees.insert_examples(db, new))
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.tree._is_whole, timeout=20_000)
    studio.show_page("review")
    review = studio.review
    qtbot.waitUntil(lambda: review.shown is not None and len(review._rows) > 2, timeout=20_000)
    took = []
    for _ in range(20):
        before = review.shown
        began = thread_time()
        press(qtbot, "a")
        review.repaint()
        took.append(thread_time() - began)
        assert review.shown is not before
        qtbot.waitUntil(lambda: review.queue.current in review._rows and len(review._rows) > 2, timeout=10_000)
        qtbot.wait(20)
    record_property("next_example_seconds", sorted(took)[len(took) // 2])
    assert sorted(took)[len(took) // 2] < 0.05


def test_the_pace_and_what_is_left_are_said() -> None:
    queue = ReviewQueue(range(1, 101))
    for number in range(1, 11):
        queue.decide([number], "approved", at=number * 5.0)
    assert queue.pace() == 12.0
    assert queue.in_words() == "11 of 100 · 12 decisions a minute · about 8 minutes left"


def test_what_others_decide_and_add_comes_into_the_queue() -> None:
    queue = ReviewQueue([1, 2, 3, 4])
    queue.decide([1], "approved", 0.0)
    assert queue.update([2, 4, 9]) is False
    assert (queue.ids, queue.left) == ([1, 2, 3, 4, 9], 3)
    queue.skip()
    assert queue.current == 4
    assert queue.update([1, 2, 4, 9]) is True
    assert queue.current == 1


def test_a_state_that_was_set_back_can_be_decided_again() -> None:
    queue = ReviewQueue([1, 2])
    queue.decide([1, 2], "rejected", 0.0)
    assert queue.current is None
    queue.back()
    assert queue.current == 2
    assert State.NEW.value == "new"
