"""Reports: whole in themselves, and harmless whatever the texts are."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.errors import InvalidFile
from seedbed_engine.examples import Example
from seedbed_engine.keeping.answers_kept import Answered
from seedbed_engine.learning.items import Form, Kind, LearningItem
from seedbed_engine.learning.mistakes import as_fields, described
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


def facts_of(model: str, part: str = "test", right: int = 12, many: int = 52) -> dict[str, Any]:
    """What is found of a model that is wrong on all but the first `right` of `many` items, texts all hostile."""
    made = []
    for number in range(many):
        yes = 0.6 + 0.3 * (number % 4) / 4
        shares = (yes, 1 - yes) if number < right else (1 - yes, yes)
        made.append(Answered(number, Example(f"{HOSTILE} {number}", LABELS, HOSTILE), shares, part))
    near = {"example": 7, "branch": HOSTILE, "likeness": 0.5, "question": HOSTILE, "answer": HOSTILE}
    wrong = sorted((each for each in made if not each.is_right), key=lambda each: -each.sureness)
    errors = [{**as_fields(each), "nearest": [near] if each.id % 2 else []} for each in wrong]
    topics = [HOSTILE if number < many / 2 else "ice" for number in range(many)]
    return {"run": 1, "model": model, "part": part, "errors": errors, **described(made, LABELS, topics)}


def test_errors_of_every_model_are_in_the_page(verdict: Verdict, tmp_path: Path) -> None:
    found = [facts_of(CREATED), facts_of(HUMAN, right=50)]
    write_report(tmp_path / "report.html", verdict, None, {}, found)
    reader = read(tmp_path / "report.html")
    assert "Errors of the model trained on created data40 of 52 wrong on the test set" in reader.text
    assert "Errors of the model trained on human data2 of 52 wrong" in reader.text
    assert "The 30 errors it was surest of" in reader.text
    assert "this model did not learn from it" in reader.text
    assert "whoever grows by them makes the test worthless" in reader.text
    sure = [int(text) for text in re.findall(r"(\d+) %(?=#7|none)", reader.text)]
    assert len(sure) == 30 + 2
    assert sure[:30] == sorted(sure[:30], reverse=True)
    for facts in found:
        for each in facts["slices"]:
            corrected = "< 0.001" if each["p_corrected"] < 0.001 else f"{each['p_corrected']:.3f}"
            assert f"{each['by']}: {each['name']}{each['items']}" in reader.text
            assert corrected in reader.text
    assert reader.tags.count("tr") > 60


def test_the_calibration_has_a_bar_with_its_count_for_each_bin(verdict: Verdict, tmp_path: Path) -> None:
    facts = facts_of(CREATED)
    bins = facts["calibration"]["bins"]
    write_report(tmp_path / "report.html", verdict, None, {}, [facts])
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    counts = [int(count) for count in re.findall(r"<rect[^>]*/><text[^>]*>(\d+)</text>", text)]
    assert counts == [each["items"] for each in bins]
    assert sum(counts) == 52


def test_hostile_texts_of_errors_stay_texts(verdict: Verdict, tmp_path: Path) -> None:
    write_report(tmp_path / "report.html", verdict, None, {}, [facts_of(CREATED), facts_of(HOSTILE, HOSTILE)])
    reader = read(tmp_path / "report.html")
    assert "script" not in reader.tags
    assert reader.sources == []
    assert reader.text.count(HOSTILE) > 60


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
