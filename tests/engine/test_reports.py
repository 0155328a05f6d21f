"""Reports: whole in themselves, and harmless whatever the texts are."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from seedbed_engine.errors import InvalidFile
from seedbed_engine.examples import Example
from seedbed_engine.learning.items import Form, Kind, LearningItem
from seedbed_engine.learning.reports import write_report
from seedbed_engine.learning.verdicts import Verdict
from seedbed_engine.learning.weighing import CREATED, HUMAN, Answers, weigh

HOSTILE = "<script>alert('1')</script>\"&|`*_[x](javascript:y)"
LABELS = (HOSTILE, "no & never")
PNG = b"\x89PNG\r\n\x1a\n not really"


class Reader(HTMLParser):
    """Collects tags, attributes and text, and complains of tags that are closed in another order than opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def verdict() -> Verdict:
    test = [LearningItem(n, Example(f"Q{n}", LABELS, LABELS[n % 2])) for n in range(40)]
    rows = [[0.7, 0.3] if n < 25 else [0.2, 0.8] for n in range(40)]
    answers = [Answers(CREATED, "created data", 60, test, [rows]), Answers(HUMAN, "human data", 60, test, [rows[::-1]])]
    return weigh(Form(Kind.CLOSED, LABELS), answers, test, HOSTILE, False, [HOSTILE])


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    assert reader.open == []
    return reader


def test_a_report_is_one_page_that_needs_nothing_else(verdict: Verdict, tmp_path: Path) -> None:
    picture = tmp_path / "tree.png"
    picture.write_bytes(PNG)
    write_report(tmp_path / "deep" / "report.html", verdict, picture, {"Seed": "A question?"})
    reader = read(tmp_path / "deep" / "report.html")
    assert verdict.headline in reader.text
    assert verdict.sentence in reader.text
    assert "No human test set" in reader.text
    assert "A question?" in reader.text
    assert "svg" in reader.tags
    assert reader.sources == ["data:image/png;base64,iVBORw0KGgogbm90IHJlYWxseQ=="]


def test_hostile_texts_stay_texts(verdict: Verdict, tmp_path: Path) -> None:
    write_report(tmp_path / "report.html", verdict, None, {HOSTILE: HOSTILE})
    reader = read(tmp_path / "report.html")
    assert "script" not in reader.tags
    assert reader.text.count(HOSTILE) >= 4
    write_report(tmp_path / "report.md", verdict, None, {HOSTILE: f"{HOSTILE}\n# Title"})
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "](javascript" not in text.replace("\\](javascript", "")
    assert "\n# Title" not in text


def test_the_majority_line_and_one_interval_for_each_row_are_drawn(verdict: Verdict, tmp_path: Path) -> None:
    write_report(tmp_path / "report.html", verdict, None, {})
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert text.count("<circle") == len(verdict.rows)
    assert text.count("stroke-dasharray") == 1


def test_markdown_has_the_table_and_names_the_picture(verdict: Verdict, tmp_path: Path) -> None:
    write_report(tmp_path / "report.md", verdict, tmp_path / "my tree.png", {"Created": "60"})
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| Created data | 60 |" in text
    assert "](my%20tree.png)" in text


def test_what_cannot_be_written_or_drawn_is_said(verdict: Verdict, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InvalidFile, match="cannot be written"):
        write_report(tmp_path / "file" / "report.html", verdict, None, {})
    with pytest.raises(InvalidFile, match="not a PNG or SVG"):
        write_report(tmp_path / "report.html", verdict, tmp_path / "tree.exe", {})
    with pytest.raises(InvalidFile, match="cannot be read"):
        write_report(tmp_path / "report.html", verdict, tmp_path / "tree.png", {})
