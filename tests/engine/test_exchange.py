"""Files of others: what can be read is read, what is not what it says is said; exports come back as they went."""

import csv
import gzip
import json
import os
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.errors import InvalidFile, PersonError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, datasets, history, runs, seeds, trees
from seedbed_engine.keeping.cards import write_card
from seedbed_engine.keeping.exchange import (
    Mapped,
    ReadExamples,
    export_examples,
    guess_columns,
    read_examples_of,
    read_file,
    with_labels,
)
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store

GOOD = {"question": "Is tin a metal?", "context": None, "options": ["True", "False"], "answer": "True"}
LINE = json.dumps(GOOD) + "\n"


def written(tmp_path: Path, name: str, content: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


def read(path: Path) -> ReadExamples:
    found = read_file(path)
    mapped = guess_columns(found)
    assert mapped is not None
    return read_examples_of(found, mapped)


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINE),
        ("A.JSONL", LINE),
        ("a.ndjson", "\n\r\n" + LINE),
        ("a.jsonl", b"\xef\xbb\xbf" + LINE.encode()),
        ("a.jsonl", LINE.encode("utf-16")),
        ("a.jsonl", LINE.encode("utf-32")),
        ("a.jsonl.gz", gzip.compress(LINE.encode(), mtime=0)),
        ("a.json", json.dumps([GOOD], indent=2)),
        ("a.json", json.dumps(GOOD, indent=2)),
        ("a.json", json.dumps({"version": 1, "data": [GOOD]})),
        ("a.json", json.dumps({"17": GOOD})),
        ("a.jsonl", json.dumps([GOOD])),
        ("a.csv", 'question,options,answer\r\nIs tin a metal?,"[""True"", ""False""]",True\r\n'),
        ("a.csv", "question;options;answer\nIs tin a metal?;True|False;True\n"),
        ("a.tsv", "question\toptions\tanswer\nIs tin a metal?\tTrue; False\ttrue\n".replace("true", "True")),
        ("a.csv", "question,A,B,answer\rIs tin a metal?,True,False,A\r"),
        ("a.csv.gz", gzip.compress(b"question,option1,option2,answer\nIs tin a metal?,True,False,True\n", mtime=0)),
    ],
)
def test_one_example_is_read_from_every_kind_of_file(tmp_path: Path, name: str, content: bytes | str) -> None:
    found = read(written(tmp_path, name, content))
    assert found == ReadExamples([Example("Is tin a metal?", ("True", "False"), "True")], [], 0)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b"", "is empty"),
        ("a.csv", b" \n\n", "is empty"),
        ("a.docx", b"PK\x03\x04", "is of no kind that can be read"),
        ("a.csv", b"PK\x03\x04rest", "not what its name says: it is a zip archive or a spreadsheet"),
        ("a.jsonl", b"PAR1" + bytes(50), "not what its name says: it is a Parquet file"),
        ("a.jsonl", gzip.compress(LINE.encode(), mtime=0), "not what its name says: it is a gzip file"),
        ("a.json", b"SQLite format 3\0" + bytes(90), "it is an SQLite file"),
        ("a.csv", b"%PDF-1.7", "it is a PDF"),
        ("a.csv", LINE.encode(), "not what its name says: it is JSON"),
        ("a.csv", json.dumps([GOOD], indent=2).encode(), "not what its name says: it is JSON"),
        ("a.jsonl", b"question,answer\nIs it?,yes\n", "is not JSON lines"),
        ("a.jsonl", b"1\n2\n", "has no JSON objects in it"),
        ("a.json", b"[1, 2]", "has no JSON objects in it"),
        ("a.json", b"[{]", "is not proper JSON"),
        ("a.json", b"[" * 200_000, "is not proper JSON: it is nested too deeply"),
        ("a.jsonl", b'{"a":' * 200_000, "is not JSON lines"),
        ("a.jsonl", "naïve".encode("latin-1"), "is not UTF-8 text (byte 2)"),
        ("a.jsonl", LINE.encode("utf-16-le"), "is not a text file"),
        ("a.jsonl", LINE.encode("utf-16") + b"x", "is not the UTF-16 text it begins as"),
        ("a.jsonl.gz", LINE.encode(), "is not a gzip file"),
        ("a.jsonl.gz", gzip.compress(LINE.encode() * 99, mtime=0)[:-20], "is a damaged gzip file"),
        ("a.csv", b"question,answer\n", "has no rows below a line of column names"),
        ("a.csv", b"question\nIs it?\n", "has no rows below a line of column names"),
        ("a.csv", b'question,answer\n"Is it?"x,yes\n', "is not a proper table: line 2"),
        ("a.csv", b'question,answer\n"Is it?,yes\n', "is not a proper table"),
    ],
)
def test_a_file_that_is_not_what_it_says_gets_a_clear_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InvalidFile) as caught:
        read_file(written(tmp_path, name, content))
    assert said in caught.value.what
    assert caught.value.what.startswith(name)
    assert caught.value.mend


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name, said in (("none.csv", "not there"), ("folder.csv", "not a file"), ("pipe.csv", "not a file")):
        with pytest.raises(InvalidFile, match=said):
            read_file(tmp_path / name)


def test_a_gzip_bomb_is_stopped_before_it_fills_the_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(80)) + packer.flush()
    assert len(bomb) < 100_000
    with pytest.raises(InvalidFile, match="unpacks to more than 64 MB"):
        read_file(written(tmp_path, "bomb.jsonl.gz", bomb))


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="larger than 100 bytes"):
        read_file(written(tmp_path, "a.jsonl", LINE * 5), max_bytes=100)


def test_rows_that_cannot_be_used_are_left_out_and_named(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        *(GOOD, {**GOOD, "question": " "}, {**GOOD, "options": ["True"]}, {**GOOD, "options": []}),
        *({**GOOD, "answer": "maybe"}, {**GOOD, "options": [str(n) for n in range(30)], "answer": "7"}),
        *({**GOOD, "question": "x" * 1_000_000}, {**GOOD, "question": 5}, {**GOOD, "options": ["True", None]}),
        *({**GOOD, "options": "True"}, {**GOOD, "answer": None}, {**GOOD, "context": 7}, GOOD),
    ]
    found = read(written(tmp_path, "a.jsonl", lines(*rows) + "{broken\n[1]\n"))
    assert len(found.examples) == 2
    assert found.left_out == len(rows)
    text = "\n".join(found.warnings)
    for said in (
        *("Line 14 left out", "Line 15 left out", "Row 2 left out: The question is empty", "There is one option."),
        *("There are no options.", "The answer is not among the options.", "There are 30 options."),
        *("1,000,009 characters", "The question is missing.", "The answer is missing.", "context is not a text"),
    ):
        assert said in text


def test_equal_options_are_accepted_with_a_warning(tmp_path: Path) -> None:
    row = {**GOOD, "options": ["bank", "shop", "bank", "mall", "sea"], "answer": "bank"}
    found = read(written(tmp_path, "a.jsonl", lines(row)))
    assert found.examples[0].options == ("bank", "shop", "bank", "mall", "sea")
    assert found.warnings == ["Row 1: Two options are equal."]


def test_thousands_of_warnings_are_not_all_listed(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.jsonl", lines(GOOD, *({**GOOD, "question": ""} for _ in range(3000)))))
    assert (len(found.warnings), found.left_out) == (1001, 3000)
    assert found.warnings[-1] == "... and 2,000 more like these."


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ({"options": ["red", "blue"], "answer": "B"}, "blue"),
        ({"options": ["red", "blue"], "answer": "a"}, "red"),
        ({"options": ["red", "blue"], "label": 1}, "blue"),
        ({"options": ["red", "blue"], "label": "0"}, "red"),
        ({"options": ["True", "False"], "answer": False}, "False"),
        ({"options": [True, False], "answer": True}, "True"),
        ({"options": [1, 2, 3], "answer": 2}, "2"),
        ({"options": ["3", "0", "1"], "answer": "0"}, "0"),
        ({"options": ["A", "B"], "answer": "B"}, "B"),
        ({"option_a": "red", "option_b": "blue", "answer": "option_b"}, "blue"),
        ({"ending0": "red", "ending1": "blue", "ending2": "", "label": 1}, "blue"),
        ({"choices": {"label": ["1", "2"], "text": ["red", "blue"]}, "answerKey": "2"}, "blue"),
        ({"choices": [{"label": "A", "text": "red"}, {"label": "B", "text": "blue"}], "answerKey": "B"}, "blue"),
        ({"option1": "", "option2": "red", "option3": "blue", "answer": "C"}, "blue"),
        ({"options": ["red", "blue"], "answer": "²"}, None),
        ({"options": ["red", "blue"], "answer": "9" * 5000}, None),
        ({"options": ["red", "blue"], "answer": -1}, None),
        ({"options": ["red", "blue"], "answer": "é"}, None),
    ],
)
def test_answers_may_be_letters_positions_names_or_booleans(
    tmp_path: Path, row: dict[str, Any], answer: str | None
) -> None:
    found = read(written(tmp_path, "a.jsonl", lines({"question": "Which?", **row})))
    assert [example.answer for example in found.examples] == ([] if answer is None else [answer])


def test_positions_are_counted_from_one_where_the_file_does_so(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"sentence": f"The _ {n}", "option1": "cup", "option2": "tea", "answer": str(1 + n % 2)} for n in range(4)
    ]
    found = read(written(tmp_path, "a.jsonl", lines(*rows)))
    assert [example.answer for example in found.examples] == ["cup", "tea", "cup", "tea"]
    assert found.warnings == ["The answers are taken as positions counted from 1."]
    rows = [{"goal": f"Open {n}", "sol1": "push", "sol2": "pull", "label": n % 2} for n in range(4)]
    assert [e.answer for e in read(written(tmp_path, "b.jsonl", lines(*rows))).examples] == [*("push", "pull") * 2]


def test_the_known_forms_of_well_known_data_are_understood(tmp_path: Path) -> None:
    csqa = {
        "answerKey": "C",
        "id": "1",
        "question": {
            "stem": "Where is tea?",
            "choices": [
                {"label": label, "text": text} for label, text in zip("ABC", ("sea", "sky", "cup"), strict=True)
            ],
        },
    }
    assert read(written(tmp_path, "a.jsonl", lines(csqa))).examples == [
        Example("Where is tea?", ("sea", "sky", "cup"), "cup")
    ]
    pubmed = {
        str(n): {"QUESTION": f"Does it {n}?", "CONTEXTS": ["One.", "Two."], "LABELS": ["A"], "final_decision": word}
        for n, word in enumerate(("yes", "no", "maybe"))
    }
    (one, *_) = read(written(tmp_path, "b.json", json.dumps(pubmed))).examples
    assert one == Example("Does it 0?", ("maybe", "no", "yes"), "yes", "One.\nTwo.")
    boolq = [{"question": f"is it {n}", "answer": n == 0, "passage": "p"} for n in range(2)]
    assert read(written(tmp_path, "c.jsonl", lines(*boolq))).examples[0] == Example(
        "is it 0", ("False", "True"), "True", "p"
    )


def test_columns_without_a_question_or_an_answer_are_not_guessed(tmp_path: Path) -> None:
    assert guess_columns(read_file(written(tmp_path, "a.csv", "x,y\n1,2\n"))) is None


def test_two_columns_of_one_name_are_told_apart_and_long_lines_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "question,answer,answer,\nIs it?,yes,no,x\nWhy?,a,b,c,d\nShort?\n")
    found = read_file(path)
    assert found.columns == ("question", "answer", "answer (2)", "column 4")
    assert found.rows == [
        {"question": "Is it?", "answer": "yes", "answer (2)": "no", "column 4": "x"},
        {"question": "Short?"},
    ]
    assert found.remarks == ["Two columns are called 'answer': the second one is now 'answer (2)'."]
    mapped = read_examples_of(found, Mapped("question", "answer", fixed_options=("yes", "no")))
    assert (len(mapped.examples), mapped.left_out) == (1, 2)
    assert "Line 3 left out: 5 cells for 4 columns." in mapped.warnings


def test_other_scripts_control_characters_and_half_characters_are_read(tmp_path: Path) -> None:
    row = {"question": "האם \u202bזה\u202c נכון?\u0000\u0007", "options": ["כן\ud83d", "לא"], "answer": "כן\ud83d"}
    (example,) = read(written(tmp_path, "a.jsonl", json.dumps(row) + "\n")).examples
    assert example.question == "האם \u202bזה\u202c נכון?"
    assert example.options == ("כן", "לא")
    text = 'question,options,answer\n"Ist\0 das so?","ja|nein",ja\n'
    padding = "x" * 5000
    found = read(
        written(tmp_path, "b.csv", f"question,options,answer\n{padding},ja|nein,ja\n" + text.split("\n", 1)[1])
    )
    assert [example.question[:8] for example in found.examples] == ["xxxxxxxx", "Ist das "]


def mangled(rng: random.Random, data: bytes) -> bytes:
    """The data with bytes changed, doubled, cut or swapped."""
    out = bytearray(data)
    for _ in range(rng.randrange(1, 8)):
        at, other = rng.randrange(len(out)), rng.randrange(len(out))
        match rng.randrange(5):
            case 0:
                out[at] = rng.randrange(256)
            case 1:
                out[at:at] = out[min(at, other) : max(at, other)][:200]
            case 2:
                del out[at : at + rng.randrange(30)]
            case 3:
                out[at:at] = rng.choice(
                    [b"\0", b'"', b"\n", b"{", b"[[", b"\\u", b"\xff\xfe", b"\xed\xa0\x80", b",", b"\r"]
                )
            case 4:
                out[at], out[other] = out[other], out[at]
        if not out:
            return b"{"
    return bytes(out)


def test_no_mangled_file_brings_anything_down(tmp_path: Path) -> None:
    rng = random.Random(7)
    table = "question,options,answer,context\n" + 'Is it?,"[""a"", ""b""]",a,c\nWas it?,a|b,1,"x\ny"\n' * 3
    nested = lines({"question": {"stem": "s", "choices": [{"label": "A", "text": "t"}]}, "answerKey": "A"}, GOOD) * 2
    kinds = {"a.jsonl": nested.encode(), "a.json": json.dumps([GOOD] * 3).encode(), "a.csv": table.encode()}
    kinds["a.jsonl.gz"] = gzip.compress(nested.encode(), mtime=0)
    for _ in range(1000):
        name = rng.choice(list(kinds))
        try:
            found = read_file(written(tmp_path, name, mangled(rng, kinds[name])))
            mapped = guess_columns(found) or Mapped(found.columns[0], found.columns[-1], found.columns)
            examples = read_examples_of(found, mapped).examples
        except PersonError:
            continue
        for example in examples:
            assert example.answer in example.options


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A seed with four examples: one approved, one rejected, one with texts that bite."""
    with create_project(tmp_path / "one") as made:
        seed = seeds.add_seed(made, Example("Is tin a metal?", ("yes", "no"), "yes"), Options.FIXED, "CC0, my own")
        run = runs.add_run(made, "grow", '{"strategy": "tree", "instruction": "about *metals*"}', seed)
        call = calls.add_call(made, run, seed, None, "13", 0, 4)
        new = calls.NewRequest(0, 1, 4, None, None, "embedded", "/models/small.gguf", "[]", "{}")
        request = calls.add_request(made, call, new)
        biting = Example("=cmd|'/c calc'!A1", ("yes", "no"), "no", "'+1\n@x")
        plain = [Example(f"Is {word} a metal?", ("yes", "no"), "yes") for word in ("iron", "wood", "gold")]
        rows = [
            trees.NewExample(seed, 1 if n == 3 else None, call, request, n, f"k{n}", 1 + (n == 3), example)
            for n, example in enumerate([*plain, biting])
        ]
        made.do(lambda db: trees.insert_examples(db, rows))
        history.set_state(made, [1], State.APPROVED)
        history.set_state(made, [2], State.REJECTED)
        yield made


def test_an_export_is_the_training_table_and_comes_back_as_it_went(store: Store, tmp_path: Path) -> None:
    kept = [row.example for row in trees.read_kept(store, 1)]
    for name in ("out.jsonl", "out.csv", "OUT.CSV"):
        assert export_examples(store, [1], tmp_path / name) == 3
        assert read(tmp_path / name).examples == kept
    (first, _, last) = (json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines())
    assert first == {
        **{"id": "k0", "seed": 1, "parent": None, "depth": 1, "question": "Is iron a metal?", "context": None},
        **{"options": ["yes", "no"], "answer": "yes", "state": "approved", "edited": False},
    }
    assert (last["id"], last["parent"]) == ("k3", "k0")
    assert export_examples(store, [1], tmp_path / "few.jsonl", approved_only=True) == 1


def test_no_cell_of_an_exported_table_begins_a_formula(store: Store, tmp_path: Path) -> None:
    export_examples(store, [1], tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=cmd|'/c calc'!A1" in cells
    assert "''+1\n@x" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_an_empty_export_has_its_column_names(store: Store, tmp_path: Path) -> None:
    assert export_examples(store, [], tmp_path / "out.csv") == 0
    assert (tmp_path / "out.csv").read_text().startswith("id,seed,parent,depth,question,context,options,answer,state")


def test_an_export_that_cannot_be_written_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    for name in ("folder.jsonl", "no/out.jsonl", "out.xlsx"):
        with pytest.raises(InvalidFile):
            export_examples(store, [1], tmp_path / name)
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".partial")]


def test_a_card_says_what_was_made_how_by_whom_and_what_is_unverified(store: Store, tmp_path: Path) -> None:
    number = datasets.add_dataset(store, "creak | dev", source="a *paper*", licence="MIT")
    datasets.add_dataset_examples(store, number, "dev", [Example("Is it?", ("True", "False"), "True")])
    write_card(store, [1], tmp_path / "out.card.md")
    card = (tmp_path / "out.card.md").read_text()
    for said in (
        *("3 examples from 1 seed", "1 of the 3 examples were approved", "unverified", "CC0, my own"),
        *("| yes | 2 | 66.7% | 1 |", "| no | 1 | 33.3% | 0 |", "| rejected (not exported) | 1 |"),
        *("| tree | embedded | small.gguf | 1 | 4 |", "about \\*metals\\*", "Licence: MIT", "dev 1"),
        *("creak \\| dev", "a \\*paper\\*"),
    ):
        assert said in card, said
    write_card(store, [1], tmp_path / "out.card.md", approved_only=True)
    assert "the 1 approved ones only" in (tmp_path / "out.card.md").read_text()
    with pytest.raises(InvalidFile):
        write_card(store, [1], tmp_path / "no" / "card.md")


def test_a_card_of_options_that_vary_counts_places(tmp_path: Path) -> None:
    with create_project(tmp_path / "two") as store:
        seed = seeds.add_seed(store, Example("Where?", ("a", "b", "b"), "a"), Options.VARIABLE)
        rows = [
            trees.NewExample(seed, None, None, None, n, str(n), 1, Example(f"Q{n}?", ("x", "y", "y"), answer))
            for n, answer in enumerate(("x", "y", "y", "y"))
        ]
        store.do(lambda db: trees.insert_examples(db, rows))
        write_card(store, [seed], tmp_path / "card.md")
    card = (tmp_path / "card.md").read_text()
    assert "| option 1 | 1 | 25.0% | 0 |" in card
    assert "| option 2 | 3 | 75.0% | 0 |" in card
    assert "option 3" not in card
    assert "Source and licence: not given" in card


@pytest.mark.skipif("SEEDBED_DATA" not in os.environ, reason="SEEDBED_DATA does not point to the larger data")
def test_all_human_data_of_the_paper_is_read_without_loss() -> None:
    folder = Path(os.environ["SEEDBED_DATA"])
    files = sorted([*folder.glob("*/*.jsonl"), *folder.glob("*/*.jsonl.gz")])
    assert len(files) > 20
    equal = 0
    for path in files:
        found = read_file(path)
        result = read(path)
        assert (result.left_out, len(result.examples)) == (0, len(found.rows)), path
        equal += sum("Two options are equal" in warning for warning in result.warnings)
        assert all("equal" in warning for warning in result.warnings), path
        first, row = result.examples[0], found.rows[0]
        assert (first.question, first.answer) == (row["question"].strip(), row["answer"].strip())
    assert equal > 0


def test_labels_that_no_column_has_are_the_tasks(tmp_path: Path) -> None:
    found = read_file(written(tmp_path, "two.csv", "text,label\nThe striker scored.,sport\nA cell divides.,science\n"))
    mapped = guess_columns(found)
    assert mapped is not None
    tasks = [("yes", "no"), ("sport", "science", "business", "politics")]
    assert with_labels(mapped, tasks).fixed_options == tasks[1]
    assert with_labels(mapped, tasks[:1]).fixed_options == ("science", "sport")
    (first, _) = read_examples_of(found, with_labels(mapped, tasks)).examples
    assert (first.options, first.answer) == (tasks[1], "sport")
    lists = Mapped("text", "label", ("options",))
    assert with_labels(lists, tasks) is lists
