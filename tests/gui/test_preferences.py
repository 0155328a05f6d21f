from pathlib import Path

import pytest

from seedbed_gui.models.preferences import Preferences, read_preferences, write_preferences


def test_what_is_written_is_read_again(home: Path) -> None:
    wanted = Preferences(geometry="abc").with_project(Path("/a/one.seedbed")).with_project(Path("/b/two.seedbed"))
    write_preferences(wanted)
    assert read_preferences() == wanted
    assert wanted.recent == ("/b/two.seedbed", "/a/one.seedbed")
    assert (home / "studio.json").is_file()


def test_opening_a_project_again_moves_it_to_the_head() -> None:
    found = Preferences(recent=("/a.seedbed", "/b.seedbed")).with_project(Path("/b.seedbed"))
    assert found.recent == ("/b.seedbed", "/a.seedbed")


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"recent": 5, "geometry": null}', '{"recent": [1, "a"]}'])
def test_a_damaged_file_gives_the_defaults_or_what_can_be_read(home: Path, text: str) -> None:
    home.mkdir()
    (home / "studio.json").write_text(text)
    assert all(isinstance(name, str) for name in read_preferences().recent)


def test_a_folder_that_cannot_be_written_bothers_nobody(home: Path) -> None:
    home.write_text("a file where the folder should be")
    write_preferences(Preferences())
    assert read_preferences() == Preferences()
