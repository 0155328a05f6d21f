import sys

import PySide6
from PySide6.QtCore import QObject


def test_calls_into_qt_that_return_nothing_do_not_lose_references_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one at every call, and the process dies after some thousand."""
    before = sys.getrefcount(None)
    for _ in range(500):
        QObject().setObjectName("x")
    assert sys.getrefcount(None) > before - 100, PySide6.__version__
