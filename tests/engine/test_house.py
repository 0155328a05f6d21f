"""The house rules that no linter knows, and each guard of the house broken once on purpose to see it fail."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = [ROOT / path for path in ("engine/seedbed_engine", "gui/seedbed_gui", "resources/seedbed_resources")]
TOOLS = Path(sys.executable).parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

BROKEN_FLOORS = {
    "The engine knows no window": ("engine/seedbed_engine/errors.py", "from PySide6 import QtCore"),
    "The engine's floors": ("engine/seedbed_engine/examples.py", "import seedbed_engine.keeping"),
    "Only the room keeping speaks SQL": ("engine/seedbed_engine/events.py", "import sqlite3"),
    "The window never loads what runs in a job": ("gui/seedbed_gui/app.py", "import seedbed_engine.learning"),
    "The window's floors": ("gui/seedbed_gui/notices.py", "import seedbed_gui.main_window"),
}
BROKEN_RULES = {
    "T201": "print('a word')\n",
    "TID252": "from . import errors\n",
    "TID253": "import torch\n",
    "BLE001": "try:\n    a = 1\nexcept Exception:\n    a = 2\n",
    "C901": "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(11)),
    "PLR0915": "def f():\n" + "".join(f"    a{n} = {n}\n" for n in range(41)),
}
WALL = """
import importlib, pkgutil, sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "seedbed_gui"):
            raise ImportError(name + " is on the other side of the wall")
sys.meta_path.insert(0, Wall())
"""
IMPORT_ALL = """
import seedbed_engine
for module in pkgutil.walk_packages(seedbed_engine.__path__, "seedbed_engine."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def modules() -> list[Path]:
    return sorted(path for package in [*PACKAGES, ROOT / "bench"] for path in package.rglob("*.py"))


def long_functions(source: str, limit: int) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > limit:
                yield f"{node.name} has {lines} lines"


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in modules()}
    assert {str(path): length for path, length in lengths.items() if length > 400} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    assert {str(path): found for path in modules() if (found := list(long_functions(path.read_text(), 40)))} == {}


def test_a_function_of_41_lines_is_found() -> None:
    source = "class A:\n    def f(self):\n" + "        pass\n" * 40
    assert list(long_functions(source, 40)) == ["f has 41 lines"]
    assert list(long_functions(source, 41)) == []


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Debian 12's Python (all before 3.11.5) loses matches there; an atomic group, (?>(...)*), is right everywhere."""
    lines = {f"{path}:{at}": line for path in modules() for at, line in enumerate(path.read_text().splitlines(), 1)}
    assert [place for place, line in lines.items() if re.search(r"\)[*+?]\+", line)] == []


def copy_of_the_house(target: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(package, target / package.relative_to(ROOT), ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def verdicts(house: Path) -> dict[str, str]:
    """Each contract's word, kept or broken, as import-linter says it of the sources in this folder."""
    roots = os.pathsep.join(str(house / name) for name in ("engine", "gui", "resources"))
    done = subprocess.run(
        [TOOLS / "lint-imports", "--no-logo", "--cache-dir", house / "cache"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": roots, "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    found = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert set(found) == {contract["name"] for contract in CONTRACTS}, done.stdout + done.stderr
    assert (done.returncode == 0) == (set(found.values()) == {"KEPT"})
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_house(tmp_path_factory.mktemp("house"))


def test_the_floors_of_the_house_hold(house: Path) -> None:
    assert set(verdicts(house).values()) == {"KEPT"}


def test_every_contract_has_a_way_to_be_broken_here() -> None:
    assert set(BROKEN_FLOORS) == {contract["name"] for contract in CONTRACTS}


@pytest.mark.parametrize("name", BROKEN_FLOORS)
def test_one_bad_import_breaks_its_contract(house: Path, name: str) -> None:
    path, line = BROKEN_FLOORS[name]
    module = house / path
    before = module.read_text()
    module.write_text(f"{before}\n{line}\n")
    try:
        assert verdicts(house)[name] == "BROKEN"
    finally:
        module.write_text(before)


@pytest.mark.parametrize("rule", BROKEN_RULES)
def test_one_bad_line_breaks_its_lint_rule(rule: str) -> None:
    done = subprocess.run(
        [TOOLS / "ruff", "check", "--output-format=concise", "--stdin-filename=engine/seedbed_engine/events.py", "-"],
        cwd=ROOT,
        input=BROKEN_RULES[rule],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert f" {rule} " in done.stdout


def behind_the_wall(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", WALL + code], capture_output=True, text=True)


def test_the_whole_engine_is_imported_without_qt() -> None:
    done = behind_the_wall(IMPORT_ALL)
    assert done.returncode == 0, done.stderr


def test_the_wall_before_qt_stands() -> None:
    done = behind_the_wall("import PySide6.QtCore")
    assert "PySide6 is on the other side of the wall" in done.stderr


def tree_in(text: str) -> dict[str, str]:
    """The source tree of a README: a fenced block after the heading, folders by indentation, words for each file."""
    block = re.search(r"^#+ .*source tree.*?^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL | re.IGNORECASE)
    assert block, "README.md needs a heading with 'source tree' and a fenced block under it"
    folders: list[tuple[int, str]] = []
    found = {}
    for line in filter(str.strip, block[1].splitlines()):
        name, _, words = line.strip().partition(" ")
        indent = len(line) - len(line.lstrip())
        folders = [(depth, folder) for depth, folder in folders if depth < indent]
        path = "".join(folder for _, folder in folders) + name
        if name.endswith("/"):
            folders.append((indent, name))
        else:
            found[path] = words.strip()
    return found


def test_the_tree_in_the_readme_has_a_line_for_each_module_and_no_other() -> None:
    told = {path: words for path, words in tree_in((ROOT / "README.md").read_text()).items() if path.endswith(".py")}
    there = {str(path.relative_to(ROOT)) for path in modules() if path.name != "__init__.py"}
    assert sorted(there - set(told)) == [], "modules without a line in README.md"
    assert sorted(set(told) - there) == [], "lines in README.md without a module"
    assert [path for path, words in told.items() if not words] == [], "lines in README.md without words"


def test_a_readme_tree_is_read_by_its_indentation() -> None:
    text = "## The source tree\nwords\n```\na/b/  room\n  c.py  what c is\n  d/\n    e.py  e\nf.py\n```\n"
    assert tree_in(text) == {"a/b/c.py": "what c is", "a/b/d/e.py": "e", "f.py": ""}
