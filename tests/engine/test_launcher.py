"""The launcher in a small checkout: real pip and hatchling, served on loopback; stand-ins on PATH for apt-get, df."""

import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
FULL_DISK = "echo Filesystem; echo /dev/vda 100 90 1048576 99% /"
QT_PLUGIN = Path("PySide6/Qt/plugins/platforms/libqxcb.so")

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "seedbed"
version = "0.1.0"
dependencies = ["torch"]
[project.optional-dependencies]
dev = ["pytest"]
[project.gui-scripts]
seedbed-studio = "seedbed_engine.__main__:main"
[tool.hatch.build.targets.wheel]
packages = ["engine/seedbed_engine"]
"""
ENGINE = """
import json, os, pathlib, sys
def main():
    print(json.dumps([pathlib.Path(sys.argv[0]).name, *sys.argv[1:]]))
    if sys.argv[1:] == ["setup-model"]:
        sys.exit(int(os.environ.get("SETUP_MODEL_EXIT", "0")))
if __name__ == "__main__":
    main()
"""


def write_wheel(folder: Path, name: str, version: str, files: dict[str, bytes]) -> None:
    info = f"{name}-{version}.dist-info"
    files.setdefault(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode())
    files.setdefault(
        f"{info}/WHEEL", b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    rows = [f"{path},sha256={digest(content)},{len(content)}" for path, content in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,"]).encode()
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, content in files.items():
            wheel.writestr(path, content)


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def repack(folder: Path, found: Distribution) -> None:
    """An installed distribution becomes a wheel again, so that nothing has to be fetched."""
    left_out = ("INSTALLER", "REQUESTED", "RECORD", "direct_url.json")
    files = {
        str(file): Path(str(file.locate())).read_bytes()
        for file in found.files or []
        if ".." not in file.parts and "__pycache__" not in file.parts and file.name not in left_out
    }
    write_wheel(folder, found.name.replace("-", "_"), found.version, files)


def with_requirements(name: str) -> Iterator[Distribution]:
    found = distribution(name)
    yield found
    for line in found.requires or []:
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield from with_requirements(wanted.name)


class Shelf(SimpleHTTPRequestHandler):
    """Lists and serves the wheels; `opened` holds back those of torch."""

    opened = threading.Event()

    def do_GET(self) -> None:
        if "torch" in self.path:
            type(self).opened.wait(30)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("wheels")
    for found in {
        one.name: one for name in ("pip", "hatchling", "editables") for one in with_requirements(name)
    }.values():
        repack(folder, found)
    write_wheel(folder, "torch", "2.13.0", {"torch/__init__.py": b""})
    write_wheel(
        folder,
        "pytest",
        "9.2.0",
        {"pytest/__init__.py": b"", "pytest/__main__.py": b"import sys; print('tested', *sys.argv[1:])"},
    )
    Shelf.opened.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Shelf, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def pip_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Debian's package of pip's wheel, as the launcher unpacks it where Python lacks ensurepip."""
    content = tmp_path_factory.mktemp("package")
    wheels, control = content / "usr/share/python-wheels", content / "DEBIAN/control"
    wheels.mkdir(parents=True)
    control.parent.mkdir()
    repack(wheels, distribution("pip"))
    control.write_text(
        "Package: python3-pip-whl\nVersion: 1\nArchitecture: all\nMaintainer: A <a@b.c>\nDescription: pip\n"
    )
    package = content.parent / "python3-pip-whl_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", content, package], check=True, capture_output=True)
    return package


@dataclass
class Checkout:
    """A small checkout with a space in its path, and the programs that stand before the system's on PATH."""

    folder: Path
    shelf: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def programs(self) -> Path:
        return self.folder.parent / "programs"

    def put_program(self, name: str, script: str) -> None:
        self.programs.mkdir(exist_ok=True)
        (self.programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.programs / name).chmod(0o755)

    def start(self, *words: str, launcher: Path | None = None, **more: str) -> subprocess.Popen[str]:
        environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.folder.parent),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_NO_CACHE_DIR": "1",
            "PIP_NO_COMPILE": "1",
            "PIP_FIND_LINKS": self.shelf,
            **self.environment,
            **more,
        }
        command = [str(launcher or self.folder / "seedbed"), *words]
        return subprocess.Popen(
            command,
            cwd="/",
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *words: str, launcher: Path | None = None, **more: str) -> tuple[int, str, str]:
        process = self.start(*words, launcher=launcher, **more)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def heard(self, *words: str, **more: str) -> list[str]:
        """What the command line, or the studio, was given; fails unless all went well."""
        code, out, err = self.run(*words, **more)
        assert code == 0, err
        return list(json.loads(out))


def make_checkout(parent: Path, shelf: str, pip_package: Path) -> Checkout:
    checkout = Checkout(parent / "seed bed", shelf)
    package = checkout.folder / "engine/seedbed_engine"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(ENGINE)
    (checkout.folder / "pyproject.toml").write_text(PYPROJECT)
    (checkout.folder / "constraints.txt").write_text(f"pip=={distribution('pip').version}\ntorch==2.13.0\n")
    shutil.copy(ROOT / "seedbed", checkout.folder)
    checkout.put_program("python3.11", f"case $* in *ensurepip*) exit 1 ;; esac\nexec '{sys._base_executable}' \"$@\"")
    checkout.put_program(
        "apt-get",
        'echo "$@" >>$0.log\n'
        f"case $* in *--no-install-recommends*) exit ${{APT_EXIT:-0}} ;; *download*) cp '{pip_package}' . ;; esac",
    )
    checkout.put_program("sudo", "exit 1")
    for name in ("Xvfb", "xauth", "xdotool"):
        checkout.put_program(name, "")
    return checkout


@pytest.fixture
def checkout(tmp_path: Path, shelf: str, pip_package: Path) -> Checkout:
    return make_checkout(tmp_path, shelf, pip_package)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, shelf: str, pip_package: Path) -> Checkout:
    checkout = make_checkout(tmp_path_factory.mktemp("ready"), shelf, pip_package)
    code, out, err = checkout.run("setup")
    assert code == 0, err
    assert out == "", "the words of a set-up belong on standard error, so that a program may read the command's own"
    assert (
        err.index("To fetch: ")
        < err.index("[1/4]")
        < err.index("[2/4]")
        < err.index("[4/4]")
        < err.index("setup-model")
    )
    return checkout


def test_without_a_display_the_demo_runs_and_with_one_the_studio(ready: Checkout) -> None:
    assert ready.heard() == ["__main__.py", "demo"]
    assert ready.heard(DISPLAY=":7") == ["seedbed-studio", "--sample", "creak"]
    assert ready.heard(WAYLAND_DISPLAY="wayland-0") == ["seedbed-studio", "--sample", "creak"]
    assert ready.heard("studio", "my file.seedbed") == ["seedbed-studio", "my file.seedbed"]


def test_any_other_word_goes_to_the_command_line_as_it_was_typed(ready: Checkout) -> None:
    assert ready.heard("grow", "a b", "*", "--json", "it's") == ["__main__.py", "grow", "a b", "*", "--json", "it's"]


def test_a_link_to_the_launcher_works_from_any_folder(ready: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "a link"
    link.symlink_to(ready.folder / "seedbed")
    assert ready.run("show", launcher=link)[1] == '["__main__.py", "show"]\n'


def test_the_second_start_calls_no_pip(ready: Checkout) -> None:
    code, _, err = ready.run("show", PIP_FIND_LINKS="http://127.0.0.1:9/")
    assert (code, err) == (0, "")


def test_help_lists_the_words_and_sets_nothing_up(checkout: Checkout) -> None:
    code, out, err = checkout.run("--help")
    assert (code, err) == (0, "")
    assert {"studio", "setup", "test", "demo", "grow"} <= set(out.replace("[", " ").split())
    assert not (checkout.folder / ".venv").exists()


def test_a_set_up_of_what_is_not_known_is_refused_with_the_list_of_words(ready: Checkout) -> None:
    code, _, err = ready.run("setup", "everything")
    assert code == 2
    assert "./seedbed setup [test]" in err


def test_a_changed_pin_is_brought_in_and_the_tests_get_their_packages(ready: Checkout) -> None:
    with (ready.folder / "constraints.txt").open("a") as constraints:
        constraints.write("pytest==9.2.0\n")
    code, out, err = ready.run("test", "-k", "one")
    assert code == 0, err
    assert "[2/4]" in err
    assert out == "tested -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder -k one\n"
    assert ready.run("show")[2] == ""


def test_a_set_up_that_was_interrupted_recovers(checkout: Checkout) -> None:
    Shelf.opened.clear()
    process = checkout.start("setup")
    wait_for_words(process, "[2/4]")
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    Shelf.opened.set()
    assert process.returncode != 0
    assert "Run ./seedbed again" in err
    code, _, err = checkout.run("setup")
    assert code == 0, err
    assert "did not end" in err


def test_a_set_up_that_was_killed_recovers_too_and_two_at_once_wait_for_each_other(checkout: Checkout) -> None:
    Shelf.opened.clear()
    killed = checkout.start("setup")
    wait_for_words(killed, "[2/4]")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=30)
    first = checkout.start("setup")
    wait_for_words(first, "[2/4]")
    second = checkout.start("show")
    wait_for_words(second, "waiting for it")
    Shelf.opened.set()
    ends = [process.communicate(timeout=120) for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), ends
    assert "[2/4]" not in ends[1][1]


def wait_for_words(process: subprocess.Popen[str], words: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"ended without saying {words}")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"PIP_FIND_LINKS": "", "PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"},
            "could not be reached",
        ),
        ({"PIP_FIND_LINKS": os.devnull}, "has no build of a package"),
    ],
    ids=["no network", "no wheel for this machine"],
)
def test_where_pip_fails_one_sentence_names_the_cause_and_the_mend(
    checkout: Checkout, changes: dict[str, str], sentence: str
) -> None:
    code, _, err = checkout.run("setup", **changes)
    last = err.splitlines()[-1]
    assert code == 1
    assert last.startswith("seedbed: ")
    assert sentence in last


def test_an_old_python_is_named_and_refused(checkout: Checkout) -> None:
    for name in ("python3.11", "python3", "python3.12", "python3.13"):
        checkout.put_program(name, "echo 3.9")
    code, _, err = checkout.run("setup")
    assert code == 1
    assert "needs Python 3.11 or newer" in err
    assert "is 3.9" in err
    assert not (checkout.folder / ".venv").exists()


def test_a_newer_python_is_taken_and_said_to_be_not_shown(checkout: Checkout) -> None:
    checkout.put_program(
        "python3",
        (checkout.programs / "python3.11")
        .read_text()
        .replace("case", "case $* in *version_info*) echo 3.13; exit ;; esac\ncase"),
    )
    checkout.put_program("python3.11", "exit 127")
    checkout.put_program("df", FULL_DISK)
    code, _, err = checkout.run("setup")
    assert code == 1
    assert "going on with 3.13" in err
    assert "not shown" in err


def test_a_disk_too_small_is_found_before_anything_is_fetched(checkout: Checkout) -> None:
    checkout.put_program("df", FULL_DISK)
    code, _, err = checkout.run("setup")
    assert code == 1
    assert "has 1024 MB free" in err
    assert "[2/4]" not in err


def test_missing_system_libraries_are_installed_or_the_line_to_type_is_shown(ready: Checkout) -> None:
    site = next((ready.folder / ".venv/lib").glob("python3*/site-packages"))
    (site / QT_PLUGIN).parent.mkdir(parents=True)
    shutil.copy(Path(distribution("PySide6-Essentials").locate_file(str(QT_PLUGIN))), site / QT_PLUGIN)
    code, _, err = ready.run("studio", APT_EXIT="100")
    assert code == 1
    assert "Type this line" in err
    assert "apt-get install --no-install-recommends libegl1" in err.splitlines()[-1]
    assert ready.heard("show") == ["__main__.py", "show"], "what needs no window goes on"
    if os.geteuid() == 0:
        assert ready.heard("studio") == ["seedbed-studio"]
        assert "install --no-install-recommends libegl1" in (ready.programs / "apt-get.log").read_text()
    shutil.rmtree(site / "PySide6")


def test_without_the_embedded_creator_a_set_up_has_failed_but_the_rest_works(ready: Checkout) -> None:
    code, _, err = ready.run("setup", SETUP_MODEL_EXIT="3")
    assert code == 1
    assert "The embedded creator is not there yet" in err
    assert ready.run("show", SETUP_MODEL_EXIT="3")[0] == 0
    assert ready.run("setup")[0] == 0
