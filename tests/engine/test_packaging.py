"""What is in the wheel, what an installation brings, and that pins and ranges agree."""

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGES = {"seedbed_engine": "engine", "seedbed_gui": "gui", "seedbed_resources": "resources"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
IMPORT_THEM = "import seedbed_engine, seedbed_gui, seedbed_resources; print(seedbed_engine.__file__)"


def pip(*words: str | Path, python: Path = Path(sys.executable)) -> None:
    command = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    return next(folder.glob("seedbed-*.whl"))


@pytest.fixture
def empty_environment(tmp_path: Path) -> Path:
    venv.create(tmp_path / "environment", with_pip=False)
    return tmp_path / "environment/bin"


def test_the_wheel_holds_exactly_the_three_packages_as_the_sources_have_them(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    sources = {
        str(path.relative_to(ROOT / root))
        for package, root in PACKAGES.items()
        for path in (ROOT / root / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == sources


def test_the_wheel_ships_types_resources_and_the_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"{package}/py.typed" for package in PACKAGES} <= set(names)
    assert any(name.startswith("seedbed_resources/samples/") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_an_installed_wheel_gives_both_commands_and_the_packages(wheel: Path, empty_environment: Path) -> None:
    pip("install", "--no-deps", "--no-index", wheel, python=empty_environment / "python")
    assert {"seedbed", "seedbed-studio"} <= {path.name for path in empty_environment.iterdir()}
    assert imported_from(empty_environment).is_relative_to(empty_environment.parent)


def test_an_editable_installation_reads_the_sources(empty_environment: Path) -> None:
    flags = ["--no-deps", "--no-index", "--no-build-isolation"]
    site = next(empty_environment.parent.glob("lib/python3*/site-packages"))
    (site / "build_tools.pth").write_text(str(Path(pytest.__file__).parents[1]))
    pip("install", *flags, "--editable", ROOT, python=empty_environment / "python")
    assert imported_from(empty_environment) == ROOT / "engine/seedbed_engine/__init__.py"


def imported_from(environment: Path) -> Path:
    done = subprocess.run([environment / "python", "-P", "-c", IMPORT_THEM], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    exact = [re.fullmatch(r"([\w.-]+)==([\w.+!]+)", line) for line in lines if line and not line.startswith("#")]
    assert all(exact), "constraints.txt holds exact versions only"
    return {canonicalize_name(one[1]): one[2] for one in exact if one}


def test_every_dependency_is_pinned_within_its_range() -> None:
    pinned = pins()
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), line
