from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from pytestqt.qtbot import QtBot

from seedbed_gui import app, notices
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.preferences import read_preferences
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.tour import spot_beside


def test_the_tour_opens_a_sample_and_leads_through_all_steps(qtbot: QtBot, studio: MainWindow) -> None:
    studio.acts.open_palette()
    assert studio.acts.palette is not None
    qtbot.keyClicks(studio.acts.palette.field, "tour")
    qtbot.keyClick(studio.acts.palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: studio.tour.is_going, timeout=20_000)
    assert studio.page == "tree"
    assert 5 <= len(studio.tour.steps) <= 7
    seen = []
    while studio.tour.is_going:
        bubble = studio.tour.bubble
        assert bubble.next.hasFocus()
        seen.append((bubble.count.text(), bubble.title.text()))
        qtbot.keyClick(bubble.next, Qt.Key.Key_Return if len(seen) % 2 else Qt.Key.Key_Right)
    assert seen[-1][0] == f"{len(studio.tour.steps)} of {len(studio.tour.steps)}"
    assert all(one[1] != other[1] for one, other in combinations(seen, 2))
    assert read_preferences().has_toured


def test_keys_go_back_and_skip(qtbot: QtBot, opened: MainWindow) -> None:
    tour = opened.tour
    opened.take_tour()
    assert not tour.bubble.back.isEnabled()
    qtbot.keyClick(tour.bubble.next, Qt.Key.Key_Right)
    assert tour.place == 1
    qtbot.keyClick(tour.bubble.next, Qt.Key.Key_Left)
    assert tour.place == 0
    qtbot.mouseClick(tour.bubble.next, Qt.MouseButton.LeftButton)
    assert tour.place == 1
    qtbot.keyClick(tour.bubble.next, Qt.Key.Key_Escape)
    assert not tour.is_going
    assert not tour.ring.isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1080, 640), (1600, 1000)])
def test_the_bubble_is_in_the_window_and_beside_its_control(
    qtbot: QtBot, opened: MainWindow, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    opened.take_tour()
    for step in opened.tour.steps:
        qtbot.wait(150)
        bubble, control = opened.tour.bubble, step.control()
        there = QRect(control.mapTo(opened, QPoint()), control.size())
        assert opened.rect().contains(bubble.geometry())
        assert control.isVisible()
        if control is not opened.tree.canvas:
            assert not bubble.geometry().intersects(there), step.title
        for label in (bubble.title, bubble.said):
            assert label.height() >= label.heightForWidth(label.width())
        opened.tour.next()


def test_closing_the_project_ends_the_tour(opened: MainWindow) -> None:
    opened.take_tour()
    opened.close_project()
    assert not opened.tour.is_going


def test_whoever_was_never_here_is_offered_both_in_one_notice(qtbot: QtBot, studio: MainWindow) -> None:
    app._welcome(studio, "creak")
    qtbot.waitUntil(lambda: bool(studio.toasts.shown), timeout=20_000)
    (toast,) = studio.toasts.shown
    acts = {button.text(): button for button in toast.findChildren(Button) if button.text() != "×"}
    assert list(acts) == ["Watch the demo", "Take the tour"]
    assert all(toast.rect().contains(button.geometry()) for button in acts.values())
    acts["Take the tour"].click()
    assert studio.tour.is_going
    assert studio.toasts.shown == []
    app._offer_tour(studio)
    assert studio.toasts.shown == []


def test_it_is_offered_once(qtbot: QtBot, studio: MainWindow) -> None:
    app._offer_tour(studio)
    app._offer_tour(studio)
    assert [toast.accessibleName() for toast in studio.toasts.shown if "New here?" in toast.accessibleName()]
    assert len(studio.toasts.shown) == 1
    assert read_preferences().has_toured
    notices.say("Something else.")
    assert len(studio.toasts.shown) == 2


def test_a_bubble_stands_where_it_fits() -> None:
    room, size = QRect(0, 0, 1000, 600), QSize(300, 120)
    for control in (QRect(10, 10, 80, 30), QRect(900, 10, 80, 30), QRect(0, 570, 1000, 30), QRect(0, 300, 100, 30)):
        spot = QRect(spot_beside(control, size, room), size)
        assert room.contains(spot)
        assert not spot.intersects(control)
    assert room.contains(QRect(spot_beside(QRect(0, 0, 1000, 600), size, room), size))
