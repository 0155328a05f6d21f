from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedbed_engine.asking.estimates import estimate_growth, estimate_unseen
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import datasets, seeds
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.rows import DatasetRow, SeedRow
from seedbed_engine.keeping.seeds import add_seed, read_seeds
from seedbed_engine.settings import GrowthSettings, TrainingSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.grow_dialog import DEMONSTRATOR, STRATEGY_WORDS, Ground, GrowDialog, estimate_in_words
from seedbed_gui.pages.import_dialog import ImportDialog
from seedbed_gui.pages.new_project import NewProjectDialog
from seedbed_gui.pages.sidebar import dataset_lines
from seedbed_gui.pages.train_dialog import TrainDialog, usual_settings
from seedbed_gui.running.background import Background

SEED = SeedRow(1, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED, None, 0, 0, 0, 0, 0)
HUMAN = DatasetRow(4, "mine", None, None, True, 0, 10, 0, 20)


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def new(qtbot: QtBot, background: Background, tmp_path: Path) -> NewProjectDialog:
    dialog = NewProjectDialog(background, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def importing(qtbot: QtBot, background: Background) -> ImportDialog:
    dialog = ImportDialog(background, (HUMAN,), (("yes", "no", "maybe"),))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def fill(dialog: NewProjectDialog, question: str, options: str) -> None:
    dialog.form.question.setPlainText(question)
    dialog.form.options.setPlainText(options)


# a new project


def test_labels_are_seen_as_options_for_all_and_texts_as_own_ones(new: NewProjectDialog) -> None:
    fill(new, "Is ice cold?", "yes\nno")
    assert new.kind is Options.FIXED
    assert new.format_said.text() == "Yes or no"
    fill(new, "How is ice made?", "By freezing water\nBy heating water")
    assert new.kind is Options.VARIABLE
    assert new.format_said.text() == "Multiple choice of 2"


def test_the_person_can_switch_what_one_example_cannot_tell(new: NewProjectDialog) -> None:
    fill(new, "Is ice cold?", "yes\nno")
    new.variable.click()
    assert new.kind is Options.VARIABLE
    assert new.variable.isChecked()
    assert new.format_said.text() == "Multiple choice of 2"


def test_a_pasted_json_object_fills_the_fields(new: NewProjectDialog) -> None:
    new.form.question.setPlainText('{"question": "Why?", "options": ["a b", "c d"], "answer": 1, "context": "So."}')
    assert new.example() == Example("Why?", ("a b", "c d"), "c d", "So.")
    assert "with a passage" in new.format_said.text()


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        (
            '{"question": "Why?", "options": ["a b", "c d"], "answer": "e f"}',
            "The answer is not among the options. Make it equal to one of them.",
        ),
        ('{"question": "Why?", "options": ["a b", "c d"]}', "The answer is missing."),
        ('{"options": ["a b", "c d"], "answer": "a b"}', "The question is missing."),
        ('{"question": "Why?", "options": [', "There are no options."),
    ],
)
def test_pasted_json_that_is_no_example_says_why(new: NewProjectDialog, pasted: str, says: str) -> None:
    new.form.question.setPlainText(pasted)
    assert new.said.text().startswith(says)
    assert not new.accept_button.isEnabled()
    new.form.options.setPlainText("yes\nno")  # the object itself may be the question
    assert new.accept_button.isEnabled()


@pytest.mark.parametrize(
    ("question", "options", "says"),
    [
        ("", "yes\nno", "The question is empty."),
        ("Q", "", "There are no options."),
        ("Q", "one", "There is one option."),
        ("Q", "\n".join(map(str, range(30))), "There are 30 options."),
        ("Q" * 200_000, "yes\nno", "200,005 characters"),
    ],
)
def test_a_seed_that_cannot_be_used_is_said_and_not_taken(
    new: NewProjectDialog, question: str, options: str, says: str
) -> None:
    fill(new, question, options)
    assert says in new.said.text()
    assert not new.accept_button.isEnabled()


def test_an_untouched_form_does_not_scold(new: NewProjectDialog) -> None:
    assert new.said.text() == ""
    assert not new.accept_button.isEnabled()


@pytest.mark.parametrize("opens", ["new_project", "add_seed"])
def test_typing_begins_in_the_question_and_presses_no_button(qtbot: QtBot, opened: MainWindow, opens: str) -> None:
    getattr(opened, opens)()
    dialog = opened.questions.dialog
    assert isinstance(dialog, NewProjectDialog)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=10_000)
    qtbot.keyClicks(dialog.focusWidget(), "What is this")
    assert dialog.isVisible()
    assert dialog.form.question.toPlainText() == "What is this"
    dialog.reject()


def test_equal_options_are_a_warning_not_a_refusal(new: NewProjectDialog) -> None:
    fill(new, "Which?", "the same\nthe same")
    assert new.said.text() == "Two options are equal."
    assert new.accept_button.isEnabled()


def test_the_prompt_can_be_previewed_and_the_cost_is_estimated(qtbot: QtBot, new: NewProjectDialog) -> None:
    fill(new, "Is ice cold?", "yes\nno")
    new.show_prompt.click()
    assert new.prompt.isVisible()
    assert '"question": "Is ice cold?"' in new.prompt.toPlainText()
    qtbot.waitUntil(lambda: "106 requests" in new.cost.text(), timeout=10_000)  # 19 in 20 are taken to be kept
    assert "$" in new.cost.text()


def test_the_first_good_row_of_a_file_becomes_the_seed(qtbot: QtBot, new: NewProjectDialog, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(
        '{"question": "", "options": ["a", "b"], "answer": "a"}\n'
        '{"question": "First?", "options": ["a", "b"], "answer": "a"}\n'
        '{"question": "Second?", "options": ["a", "b"], "answer": "B"}\n'
    )
    new.take_file(path)
    qtbot.waitUntil(lambda: new.form.question.toPlainText() == "First?", timeout=10_000)
    new.next.click()
    assert new.example() == Example("Second?", ("a", "b"), "b")
    assert new.source == "mine.jsonl"


@pytest.mark.parametrize(("name", "content"), [("odd.csv", b"\0\1\2"), ("odd.jsonl", b"[1,"), ("odd.xyz", b"text")])
def test_a_file_that_is_not_what_it_says_is_refused_in_the_dialog(
    qtbot: QtBot, new: NewProjectDialog, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    new.take_file(tmp_path / name)
    qtbot.waitUntil(lambda: name in new.file_said.text(), timeout=10_000)
    assert new.file_said.property("role") == "wrong"


def test_a_good_file_after_a_bad_one_is_not_said_in_red(qtbot: QtBot, new: NewProjectDialog, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("[1,")
    (tmp_path / "good.jsonl").write_text('{"question": "Is it?", "options": ["a", "b"], "answer": "a"}\n')
    new.take_file(tmp_path / "bad.jsonl")
    qtbot.waitUntil(lambda: new.file_said.property("role") == "wrong", timeout=10_000)
    new.take_file(tmp_path / "good.jsonl")
    qtbot.waitUntil(lambda: new.file_said.text() == "Row 1 of 1 · good.jsonl", timeout=10_000)
    assert new.file_said.property("role") == "quiet"


def test_a_name_that_is_taken_is_refused(new: NewProjectDialog, tmp_path: Path) -> None:
    (tmp_path / "taken.seedbed").write_text("")
    fill(new, "Is ice cold?", "yes\nno")
    new.name.setText("taken")
    assert new.said.text() == "taken.seedbed exists already in that folder."
    assert not new.accept_button.isEnabled()


def test_a_new_project_is_made_and_opened(qtbot: QtBot, studio: MainWindow, home: Path) -> None:
    studio.new_project()
    dialog = studio.questions.dialog
    assert isinstance(dialog, NewProjectDialog)
    fill(dialog, "Is ice cold?", "yes\nno")
    dialog.name.setText("ice")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: studio.seed is not None, timeout=10_000)
    assert (home / "projects" / "ice.seedbed").is_file()
    assert studio.seed is not None
    assert studio.seed.example == Example("Is ice cold?", ("yes", "no"), "yes")


def test_a_further_seed_is_added_and_shown(qtbot: QtBot, opened: MainWindow) -> None:
    opened.add_seed()
    dialog = opened.questions.dialog
    assert isinstance(dialog, NewProjectDialog)
    fill(dialog, "Is fire hot?", "yes\nno")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: opened.seed is not None and opened.seed.id == 2, timeout=10_000)
    assert opened.project is not None
    assert len(seeds.read_seeds(opened.project.store)) == 2


# growing


@pytest.fixture
def grow(qtbot: QtBot) -> Callable[..., GrowDialog]:
    def make(before: GrowthSettings | None = None, parents: tuple[int, ...] = (), seed: SeedRow = SEED) -> GrowDialog:
        dialog = GrowDialog(Ground(seed, parents, seed.example), before or GrowthSettings())
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"chains": 4, "approved_parents": True, "temperature": 0.5, "max_tokens": 300, "concurrency": 32},
        {"requests_per_minute": 60, "tokens_per_minute": 90_000, "wanted_answer": "no", "instruction": "about snow"},
        {"balance": False, "seed_number": 7},
    ],
)
def test_what_was_chosen_before_is_offered_again(grow: Callable[..., GrowDialog], more: dict[str, Any]) -> None:
    before = GrowthSettings(
        strategy="similar", target=7, n=3, creator="hosted", model="m", base_url="http://localhost:1/v1",
        budget_usd=2.5, budget_tokens=9_000, max_calls=4,
    )  # fmt: skip
    before = replace(before, **more)
    assert grow(before).settings() == before


def test_what_is_seldom_changed_is_under_a_fold_that_opens_where_something_there_is_not_as_usual(
    grow: Callable[..., GrowDialog],
) -> None:
    dialog = grow()
    temperature = dialog.form.fields["temperature"]
    assert not temperature.isVisible()
    dialog.fold.click()
    assert temperature.isVisible()
    assert dialog.fold.text() == "Fewer settings"
    assert grow(GrowthSettings(temperature=0.2)).form.fields["temperature"].isVisible()


def test_fields_that_a_strategy_has_no_use_for_are_not_shown(grow: Callable[..., GrowDialog]) -> None:
    dialog = grow(GrowthSettings(chains=3, strategy="random", approved_parents=True))
    strategy = dialog.form.fields["strategy"]
    assert dialog.form.fields["chains"].isVisible()
    strategy.setCurrentIndex(strategy.findData("naive"))  # type: ignore[union-attr]
    assert not dialog.form.fields["chains"].isVisible()
    assert not dialog.form.fields["approved_parents"].isVisible()
    assert (dialog.settings().chains, dialog.settings().approved_parents) == (1, False)


def test_one_label_can_be_wanted_where_the_options_are_fixed(grow: Callable[..., GrowDialog]) -> None:
    dialog = grow()
    answers = dialog.form.fields["wanted_answer"]
    said = [answers.itemText(place) for place in range(answers.count())]  # type: ignore[union-attr]
    assert said == ["In equal shares", "As the creator likes", "Only “yes”", "Only “no”"]
    answers.setCurrentIndex(3)  # type: ignore[union-attr]
    assert dialog.settings().wanted_answer == "no"
    variable = replace(SEED, kind=Options.VARIABLE)
    assert "wanted_answer" not in grow(seed=variable).form.fields


def test_the_model_in_the_box_is_called_a_demonstrator(grow: Callable[..., GrowDialog]) -> None:
    dialog = grow()
    assert dialog.remark.text() == DEMONSTRATOR
    assert "free" in dialog.estimate.text()
    assert not dialog.form.fields["base_url"].isVisible()


def test_a_hosted_model_must_be_named_and_is_priced(grow: Callable[..., GrowDialog]) -> None:
    dialog = grow(GrowthSettings(creator="hosted"))
    assert not dialog.accept_button.isEnabled()
    model = dialog.form.fields["model"]
    model.setText("gpt-4o-mini")  # type: ignore[union-attr]
    assert dialog.accept_button.isEnabled()
    assert "$" in dialog.estimate.text()
    assert dialog.form.fields["base_url"].isVisible()


@pytest.mark.parametrize(
    "address", ["http://me:sesame@localhost:1/v1", "http://localhost:99999/v1", "ftp://localhost/v1", "localhost"]
)
def test_an_address_that_cannot_be_asked_or_holds_a_secret_is_refused_and_not_repeated(
    grow: Callable[..., GrowDialog], address: str
) -> None:
    dialog = grow(GrowthSettings(creator="hosted", model="m"))
    assert dialog.accept_button.isEnabled()
    dialog.form.fields["base_url"].setText(address)  # type: ignore[union-attr]
    assert not dialog.accept_button.isEnabled()
    assert dialog.said.text()
    assert "sesame" not in dialog.said.text()


def test_the_window_estimates_as_the_command_line_does(grow: Callable[..., GrowDialog], tmp_path: Path) -> None:
    settings = GrowthSettings(creator="hosted", model="gpt-4o-mini", target=500)
    with create_project(tmp_path / "told") as store:
        add_seed(store, SEED.example, SEED.kind)
        told = estimate_growth(store, read_seeds(store)[0], settings)
    assert told == estimate_unseen(SEED, SEED.example, settings)
    assert grow(settings).estimate.text() == estimate_in_words(told, settings)


def test_every_strategy_is_explained(grow: Callable[..., GrowDialog]) -> None:
    dialog = grow()
    box = dialog.form.fields["strategy"]
    for place in range(5):
        box.setCurrentIndex(place)  # type: ignore[union-attr]
        assert dialog.form.helps["strategy"].text() == STRATEGY_WORDS[dialog.settings().strategy]


def test_growing_from_examples_says_from_which(grow: Callable[..., GrowDialog]) -> None:
    dialog = grow(parents=(48,))
    assert dialog.windowTitle() == "Grow from #48"
    assert dialog.settings().parents == (48,)
    many = grow(parents=tuple(range(1, 13)))
    assert many.windowTitle() == "Grow from 12 examples"
    assert many.settings().parents == tuple(range(1, 13))
    assert Ground(SEED, (4, 9), SEED.example).which == "#4, #9, all in one run."
    assert Ground(SEED, tuple(range(1, 13)), SEED.example).which.endswith("#8 and 4 more, all in one run.")
    long = replace(SEED.example, question="Is it so? " * 100)
    assert len(Ground(SEED, (), long).which) < 200


def test_every_field_of_a_dialog_has_a_name_and_a_help_line(qtbot: QtBot, grow: Callable[..., GrowDialog]) -> None:
    train = TrainDialog([HUMAN], TrainingSettings())
    qtbot.addWidget(train)
    for form in (grow().form, train.form):
        for field in form.fields.values():
            assert field.accessibleName()
            assert field.accessibleDescription()


# training


def test_one_click_is_judged_by_the_human_test_set_where_there_is_one() -> None:
    assert usual_settings([HUMAN]).test_dataset == 4
    assert usual_settings([]).test_dataset is None


def test_the_dialog_gives_back_what_it_was_shown(qtbot: QtBot) -> None:
    before = TrainingSettings(epochs=2, learning_rate=2e-5, seeds=(5, 6), human=False, test_dataset=4, max_length=128)
    before = replace(before, patience=2, lora=8, class_weights=True, cross_encoder=True, search_rates=True)
    dialog = TrainDialog([HUMAN], before)
    qtbot.addWidget(dialog)
    assert dialog.settings() == before


def test_no_seed_number_is_refused(qtbot: QtBot) -> None:
    dialog = TrainDialog([], TrainingSettings())
    qtbot.addWidget(dialog)
    dialog.form.fields["seeds"].setText("one, two")  # type: ignore[union-attr]
    assert not dialog.accept_button.isEnabled()


# human data


def test_an_import_begins_at_the_choice_of_a_file(
    qtbot: QtBot, opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("seedbed_gui.pages.import_dialog.ask_to_open", lambda *said: asked.append(said[1]))
    opened.import_data()
    dialog = opened.questions.dialog
    assert isinstance(dialog, ImportDialog)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(dialog.focusWidget(), key)
    assert asked == ["Import human data"] * 2
    assert dialog.isVisible()
    dialog.reject()


def test_columns_are_guessed_previewed_and_can_be_mapped_anew(
    qtbot: QtBot, importing: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("claim,other,label\nIce is cold,So is fire,true\nFire is cold,Ice is hot,false\n")
    importing.take_file(path)
    qtbot.waitUntil(lambda: importing.accept_button.isEnabled(), timeout=10_000)
    assert importing.columns["question"].currentText() == "claim"
    assert importing.preview.rows.rows[0] == ("Ice is cold", "", "false | true", "true")
    importing.columns["question"].setCurrentText("other")
    qtbot.waitUntil(lambda: importing.preview.rows.rows[:1] == [("So is fire", "", "false | true", "true")])


def test_the_labels_are_the_projects_and_a_split_is_named_after_its_set(
    qtbot: QtBot, importing: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "more.csv"
    path.write_text("claim,label\nIce is cold,yes\nFire is cold,no\n", encoding="utf-8")
    importing.take_file(path)
    qtbot.waitUntil(lambda: importing.accept_button.isEnabled(), timeout=10_000)
    assert importing.preview.rows.rows[0] == ("Ice is cold", "", "yes | no | maybe", "yes")
    assert importing.name.text() == "more"
    splits = {button.property("split"): button for button in importing._splits.buttons()}
    splits["dev"].click()
    assert importing.name.text() == "mine"
    splits["train"].click()  # which "mine" has
    assert importing.name.text() == "more"
    importing.name.setText("own words")
    splits["dev"].click()
    assert importing.name.text() == "own words"


def test_rows_that_cannot_be_used_are_listed(qtbot: QtBot, importing: ImportDialog, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(
        '{"question": "A?", "options": ["x", "y"], "answer": "x"}\n'
        '{"question": "B?", "options": ["x", "x"], "answer": "x"}\n'
        '{"question": "C?", "options": ["x", "y"], "answer": "z"}\nno json\n'
    )
    importing.take_file(path)
    qtbot.waitUntil(lambda: importing.accept_button.isEnabled(), timeout=10_000)
    assert importing.warnings_said.text() == "3 remarks; 2 rows are left out."
    assert "Two options are equal." in importing.warnings.toPlainText()


def test_human_data_is_brought_in_as_a_sealed_test_split(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "human.csv"
    path.write_text("question,options,answer\nIs it?,yes|no,yes\nIs it not?,yes|no,no\n")
    opened.questions.import_data(opened.project, path)  # type: ignore[arg-type]
    dialog = opened.questions.dialog
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: dialog.accept_button.isEnabled(), timeout=10_000)
    dialog.accept_button.click()
    assert opened.project is not None
    store = opened.project.store
    qtbot.waitUntil(lambda: [s.test for s in datasets.read_datasets(store)] == [2], timeout=10_000)
    found = datasets.read_datasets(store)[0]
    assert (found.name, found.sealed) == ("human", True)
    said = ("human · test (sealed)", "2 · not looked at yet")
    qtbot.waitUntil(lambda: [dataset_lines(s) for s in opened.sidebar._shown[1]] == [[said]], timeout=10_000)


def test_a_damaged_file_is_refused_in_the_dialog(qtbot: QtBot, importing: ImportDialog, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"\xff\xfe\x00\xd8" * 10 + b"\0")
    importing.take_file(path)
    qtbot.waitUntil(lambda: "Reading" not in importing.file_said.text(), timeout=10_000)
    assert not importing.accept_button.isEnabled()


@pytest.mark.parametrize(("window_width", "is_enough"), [(1200, True), (700, False)])
def test_a_dialog_is_as_wide_as_its_body_asks_for(qtbot: QtBot, window_width: int, is_enough: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(window_width, 700)
    dialog = Dialog("Wide", "", "Do it", (400, 300), window)
    inner = QWidget()
    inner.setMinimumWidth(900)
    dialog.body.column.addWidget(inner)
    dialog.show()
    assert dialog.width() <= window_width - 40
    bar = dialog.body.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0 if is_enough else bar.maximum() > 0)
    assert (dialog.body.viewport().width() >= 900) is is_enough
