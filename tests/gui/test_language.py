"""The window's words: all go through one door, German has them all, and no language tears a sentence or a layout."""

import ast
import dataclasses
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from seedbed_engine.settings import ExperimentSettings, GrowthSettings, MendingSettings, TrainingSettings
from seedbed_gui import language
from seedbed_gui.app import main
from seedbed_gui.engine_texts import ALL, HELPS, RESOURCES, VERDICTS
from seedbed_gui.language import figure, inside, moment, pseudo, stored, tr
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.preferences import Preferences, read_preferences, write_preferences
from seedbed_gui.sayings import told

ROOT = Path(__file__).parents[2]
GUI, ENGINE = ROOT / "gui" / "seedbed_gui", ROOT / "engine" / "seedbed_engine"
TRANSLATIONS = ROOT / "resources" / "seedbed_resources" / "translations"
TOOLS = Path(sys.executable).parent
FIELD = re.compile(r"\{[^{}]*\}")

SAYS = {"tr", "mark", "stored"}  # what is said to a person; `fill` and `figure` hold no words
UNSAID = {  # calls whose texts are for machines
    "setObjectName", "setProperty", "property", "compile", "getattr", "QKeySequence", "fullmatch", "sub", "getLogger",
    "info", "warning", "error", "debug", "Formatter", "ArgumentParser", "add_argument", "setApplicationName", "fill",
    "figure", "text_font", "encode", "decode",
}  # fmt: skip
KEYS = r"(Ctrl|Alt|Shift)(\+\w+)*\+(\w+|.)?|Esc|Del|Space|Return|Backspace|[A-Z]|F\d+"
NAMES = {  # of things, of files, of Qt's parts: the same in every language
    "Seedbed", "English", "Deutsch", "Fusion", "Inter", "Regular", "Medium", "SemiBold", "Bold", "Noto Sans",
    "DejaVu Sans", "Written by", "Call", "Cost", "Drift", "Twins", "Origin", "Parent", "None", "My",
    "labels, with a passage", "held out", "all human", "slices said", "judged on", "leave-out",
    "model in the box is not set up", "NodeText", "TreeCanvas", "approved to grow from", "not known", "too near to ",
}  # fmt: skip
COMMANDS = {"picture.py", "__main__.py"}  # what they say goes to a terminal


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[object]:
    """Speak another language until the test ends."""
    before = QLocale()
    yield language.begin
    language.begin("en")
    QLocale.setDefault(before)


@pytest.fixture(scope="module")
def german() -> list[tuple[str, str, list[str]]]:
    """All entries of the German file: the text, the English one for a single thing, what is said in German."""
    entries = []
    for message in ElementTree.parse(TRANSLATIONS / "seedbed_de.ts").getroot().iter("message"):
        said = message.find("translation")
        assert said is not None
        forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
        entries.append((message.findtext("source") or "", message.findtext("comment") or "", forms))
    return entries


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def unsaid_texts(source: str) -> list[str]:
    """Texts for people that do not go through `tr`."""
    tree = ast.parse(source)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return [text for node in ast.walk(tree) if (text := text_of(node)) and is_loose(node, above)]


def text_of(node: ast.AST) -> str:
    """The words of a literal, if it has some that look as if they were for people."""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value.replace(" · Seedbed", "") for part in node.values if isinstance(part, ast.Constant)]
        return f"f-string {parts}" if any(re.search(r"(^| )[A-Za-z]{2,}([ .:,;?…]|$)", part) for part in parts) else ""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return ""
    text = node.value
    is_for_people = re.search(r"[A-Za-z…] [A-Za-z]|^ ?[A-Z][a-z]+", text) is not None
    return text if is_for_people and not re.fullmatch(KEYS, text) and text not in NAMES else ""


def is_loose(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    at = node
    while at in above:
        inner, at = at, above[at]
        if isinstance(at, ast.Call) and inner is not at.func and name_of(at) in SAYS | UNSAID:
            return False
        if isinstance(at, ast.JoinedStr) and isinstance(node, ast.Constant):
            return False  # judged as a whole
        if (isinstance(at, ast.Expr) and inner is node) or inner in annotations(at):
            return False  # a docstring; a type
        if isinstance(at, ast.stmt):
            return True
    return True


def annotations(node: ast.AST) -> list[ast.AST]:
    return [part for name in ("annotation", "returns") if (part := getattr(node, name, None)) is not None]


def test_every_text_of_the_window_goes_through_tr() -> None:
    files = [path for path in GUI.rglob("*.py") if path.name not in COMMANDS | {"language.py"}]
    files = [path for path in files if path.parent.name != "guide"]  # it writes a page of docs, in English
    found = {str(path.relative_to(GUI)): texts for path in files if (texts := unsaid_texts(path.read_text()))}
    assert found == {}


def test_a_text_outside_tr_is_found() -> None:
    source = (
        'a = "Grow here"\nb = tr("Grow here")\nc = f"{n} kept"\nd = "plain"\n'
        'def f(a: "View") -> None:\n    """Words."""\n    x.setObjectName("A name")\n    Label("Only this", f"#{n}")\n'
    )
    assert unsaid_texts(source) == ["Grow here", "f-string [' kept']", "Only this"]


def test_texts_that_are_said_are_literals() -> None:
    """A text that is put together cannot be found by lupdate; a name may stand for one that is marked."""
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name_of(node) in SAYS and node.args:
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.IfExp), (path, node.lineno)


def test_the_german_file_has_what_lupdate_finds_and_nothing_unfinished(tmp_path: Path) -> None:
    old = (TRANSLATIONS / "seedbed_de.ts").read_text()
    assert "unfinished" not in old
    assert re.findall("<name>(.*)</name>", old) == [language.CONTEXT]
    new = tmp_path / "seedbed_de.ts"
    new.write_text(old)
    command = [TOOLS / "pyside6-lupdate", *lupdate_options(), *sorted(GUI.rglob("*.py")), "-ts", new]
    subprocess.run(command, check=True, capture_output=True)
    assert new.read_text() == old, "run the two commands of docs/translating.md"


def lupdate_options() -> list[str]:
    """The options that the page on translating gives."""
    page = (ROOT / "docs" / "translating.md").read_text()
    found = re.search(r"pyside6-lupdate (.*?) \$\(find", page.replace("\\\n", " "), re.DOTALL)
    assert found is not None
    return found[1].split()


def test_the_compiled_file_is_that_of_the_sources(tmp_path: Path) -> None:
    new = tmp_path / "seedbed_de.qm"
    subprocess.run(
        [TOOLS / "pyside6-lrelease", TRANSLATIONS / "seedbed_de.ts", "-qm", new], check=True, capture_output=True
    )
    assert new.read_bytes() == (TRANSLATIONS / "seedbed_de.qm").read_bytes()


def test_fields_agree_between_the_languages(german: list[tuple[str, str, list[str]]]) -> None:
    for text, one, forms in german:
        wanted = {tuple(sorted(set(FIELD.findall(english)))) for english in (text, one) if english}
        for said in forms:
            assert tuple(sorted(set(FIELD.findall(said)))) in wanted, (text, said)
        assert len(forms) == (2 if one else 1)


def test_no_text_of_the_pseudo_language_loses_a_field(german: list[tuple[str, str, list[str]]]) -> None:
    for text, _, _ in german:
        assert FIELD.findall(pseudo(text)) == FIELD.findall(text)
        assert len(pseudo(text)) >= 1.3 * len(text)


# what the engine says


def skeleton(node: ast.AST) -> str:
    """A literal with {} for each of its values."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def said_in(folder: Path) -> str:
    """All literals below a folder, one a line."""
    trees = (ast.parse(path.read_text()) for path in sorted(folder.rglob("*.py")))
    return "\n".join(skeleton(node) for tree in trees for node in ast.walk(tree))


def is_said(text: str, there: str) -> bool:
    """Whether a good part of the words between two fields stands in a row in the sources."""
    words = max(FIELD.split(text), key=len).strip(" .:;,'“”()").split()
    part = -(-len(words) * 3 // 8)
    return any(" ".join(words[at : at + part]) in there for at in range(len(words) - part + 1))


def test_each_sentence_of_the_engine_is_still_one_that_it_says() -> None:
    resources = "".join(path.read_text() for path in (ROOT / "resources").rglob("*.json"))
    there = "\n".join((said_in(ENGINE), said_in(GUI / "pages"), said_in(GUI / "running"), resources))
    assert [text for text in ALL if not is_said(text, there)] == []
    assert not is_said("The frobnicator at {address} has run dry.", there)


def test_help_lines_and_samples_are_known_in_german(speak: object) -> None:
    language.begin("de")
    for text in (*HELPS, *RESOURCES):
        assert told(text) != text or text.startswith(("llama", "vllm")), text


def test_the_help_lines_are_those_that_settings_have() -> None:
    kinds = (GrowthSettings, MendingSettings, TrainingSettings, ExperimentSettings)
    assert set(HELPS) <= {field.metadata["help"] for kind in kinds for field in dataclasses.fields(kind)}


def test_a_sentence_of_the_engine_is_found_by_its_form(speak: object) -> None:
    language.begin("de")
    assert told("57 examples kept in 1,234 s, of 60 wanted. The last calls gave nothing new. "
                "Another instruction, strategy or seed number asks anew.") == (
        "57 Beispiele behalten in 1.234 s, gewünscht waren 60. Die letzten Aufrufe ergaben nichts Neues. "
        "Eine andere Anweisung, Strategie oder Startzahl fragt neu."
    )  # fmt: skip
    assert told("Not distinguishable from human data, nor better than the untuned encoder") == (
        "Nicht unterscheidbar von menschlichen Daten, auch nicht besser als „der untrainierte Encoder“"
    )
    assert told("too near to #12") == "zu nah an #12"
    assert told("reject #12: new") == "#12 ablehnen: new"
    assert told("A sentence that nobody knows.") == "A sentence that nobody knows."
    assert told("Try again. A sentence that nobody knows.") == "Try again. A sentence that nobody knows."


def test_a_text_that_looks_like_many_sentences_in_each_other_is_said_without_a_fall(speak: object) -> None:
    """What a server answers may stand in a sentence of the engine."""
    language.begin("de")
    hostile = "Better than " * 300 + "x"
    assert "Better than x" in told(hostile)
    assert told("x" * 100_000) == "x" * 100_000


def test_a_verdict_is_told_in_german(speak: object, judged_file: Path) -> None:
    from seedbed_engine.keeping import runs
    from seedbed_engine.keeping.project import open_project
    from seedbed_gui.models.verdict import read_verdict

    with open_project(judged_file) as store:
        result = runs.read_runs(store)[-1].result
    english = read_verdict(result)
    language.begin("de")
    verdict = read_verdict(result)
    assert english is not None
    assert verdict is not None
    assert verdict.headline != english.headline
    assert " than " not in verdict.headline
    assert "Erzeugte Daten liegen" in verdict.sentence
    assert not re.search(r"\b(the|points|items|test can)\b", verdict.sentence)
    assert VERDICTS


# how it is said


def test_english_is_as_the_sources_have_it(speak: object) -> None:
    language.begin("en")
    assert tr("{n:,} examples", "{n:,} example", 1) == "1 example"
    assert tr("{n:,} examples", "{n:,} example", 1234) == "1,234 examples"
    assert figure(1234.5, ",.1f") == "1,234.5"
    assert inside("About 5") == "about 5"


def test_german_has_its_plurals_figures_and_days(speak: object) -> None:
    language.begin("de")
    assert tr("{n:,} examples", "{n:,} example", 1) == "1 Beispiel"
    assert tr("{n:,} examples", "{n:,} example", 1234) == "1.234 Beispiele"
    assert tr("{n:,} examples", "{n:,} example", 0) == "0 Beispiele"
    assert figure(1234.5, ",.1f") == "1.234,5"
    assert moment(datetime(2026, 3, 4, 5, 6), tr("dd MMM yyyy")).startswith("04. M")
    assert inside("Tiefe") == "Tiefe"
    assert tr("Grow here") == "Hier wachsen"


def test_what_is_stored_is_english_whoever_writes_it(speak: object) -> None:
    language.begin("de")
    assert stored("rewrite {n:,} examples: {wish}", "rewrite {n:,} example: {wish}", 1, wish="kürzer") == (
        "rewrite 1 example: kürzer"
    )
    assert told("rewrite 1,200 examples: kürzer") == "1.200 Beispiele umschreiben: kürzer"


def test_the_texts_of_people_are_no_templates(speak: object) -> None:
    language.begin("de")
    assert tr("Take “{short}”", short="{0} {usd.__class__}") == "„{0} {usd.__class__}“ übernehmen"


def test_qt_speaks_german_too(speak: object, qtbot: QtBot) -> None:
    language.begin("de")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_an_unknown_wish_is_the_language_of_the_system(speak: object) -> None:
    language.begin("system")
    assert language.now() == language.of_system()
    assert language.of_system() in language.NAMES


def test_the_preferences_keep_the_language_for_the_next_start(qtbot: QtBot, studio: MainWindow) -> None:
    box = studio.settings.language
    assert box.currentData() == "system"
    box.setCurrentIndex(box.findData("de"))
    assert read_preferences().language == "de"
    assert tr("Grow here") == "Grow here"
    write_preferences(Preferences(language="xx"))
    assert read_preferences().language == "system"


def test_a_language_that_is_not_there_is_refused_at_the_start(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "klingon"])
    assert "klingon" in capsys.readouterr().err
