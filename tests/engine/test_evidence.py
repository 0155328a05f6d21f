"""The page of evidence says what its rows say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_evidence", ROOT / "docs" / "make_evidence.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_rows(maker: ModuleType) -> None:
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    assert maker.write_page() == page, "run docs/make_evidence.py"


def test_an_accuracy_is_marked_where_a_difference_excludes_zero(maker: ModuleType) -> None:
    row = dict.fromkeys(("over_human_low", "over_human_high", "over_untuned_low", "over_untuned_high"), "")
    row |= {"accuracy": "0.5", "low": "0.45", "high": "0.55", "collapsed": "0"}
    assert maker.accuracy(row) == "50.0 ±5.0"
    assert maker.accuracy(row | {"over_human_low": "-0.01", "over_human_high": "0.2"}) == "50.0 ±5.0"
    assert maker.accuracy(row | {"over_human_low": "-0.2", "over_human_high": "-0.1"}) == "50.0 ±5.0*"
    assert maker.accuracy(row | {"over_untuned_low": "0.1", "over_untuned_high": "0.2"}) == "50.0 ±5.0+"
    assert maker.accuracy(row | {"collapsed": "1"}) == "50.0 ±5.0!"
    assert maker.accuracy(None) == ""
