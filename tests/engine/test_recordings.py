"""Recorded trees: what is recorded comes back as it was, read anew, and the samples' own trees are whole."""

from pathlib import Path

import pytest

from seedbed_engine import jobs
from seedbed_engine.asking.recordings import open_sample, play_tree, record_tree
from seedbed_engine.creating.replay import replay
from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.errors import InvalidFile
from seedbed_engine.keeping import calls, runs, trees
from seedbed_engine.keeping.cards import write_card
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.samples import create_sample_project, read_samples
from seedbed_engine.keeping.seeds import add_seed, read_seeds
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

RECORDED = [sample.name for sample in read_samples() if sample.recorded_tree]


def texts(store: Store) -> list[object]:
    return [(row.key, row.depth, row.example, row.wanted_answer) for row in trees.read_kept(store, 1)]


def test_a_recorded_tree_comes_back_as_it_was(chat_server: object, tmp_path: Path) -> None:
    server: object = chat_server
    with create_sample_project(tmp_path / "grown.seedbed", "creak") as store:
        settings = GrowthSettings(target=12, n=3, creator="hosted", model="m", base_url=server.address)  # type: ignore[attr-defined]
        run = runs.add_run(store, "grow", settings.to_json(), 1)
    assert jobs.work_on(tmp_path / "grown.seedbed", run, lambda event: None) == "finished"
    with create_project(tmp_path / "played.seedbed") as played, Store(tmp_path / "grown.seedbed") as grown:
        lines = list(record_tree(grown, 1, run))
        seed = read_seeds(grown)[0]
        add_seed(played, seed.example, seed.kind)
        text = "\n".join(lines).replace('"model": "', '"model": "\u2028')  # only a line feed ends a line
        assert "\u2028" in text
        play_tree(played, 1, text)
        assert texts(played) == texts(grown)
        assert {row.origin for row in trees.read_kept(played, 1)} == {"recorded"}
        before, after = calls.read_account(grown, run), calls.read_account(played, 1)
        assert after.adds_up
        assert (after.asked, after.kept, after.discarded) == (before.asked, before.kept, before.discarded)


@pytest.mark.parametrize("text", ["", "{", '{"settings": "{}"}\n{"key": 1}', "[]\n[]"])
def test_a_damaged_recording_is_said_in_a_sentence_and_leaves_nothing(tmp_path: Path, text: str) -> None:
    sample = read_samples()[0]
    with create_project(tmp_path / "one.seedbed") as store:
        add_seed(store, sample.seed, sample.kind)
        with pytest.raises(InvalidFile, match="cannot be read"):
            play_tree(store, 1, text)
        assert runs.read_runs(store) == []


@pytest.mark.parametrize("name", RECORDED)
def test_a_sample_opens_with_a_tree_that_its_replies_give_again(tmp_path: Path, name: str) -> None:
    with open_sample(tmp_path / "one.seedbed", name) as store:
        rows = trees.read_kept(store, 1)
        requests = [r for call in calls.read_calls(store, 1) for r in calls.read_requests(store, call.id)]
        assert len(rows) >= 10
        assert max(row.depth for row in rows) >= 2
        assert {row.origin for row in rows} == {"recorded"}
        assert all("/" not in request.model and request.model.endswith(".gguf") for request in requests)
        assert calls.read_account(store, 1).adds_up
        write_card(store, [1], tmp_path / "card.md")
        said = (tmp_path / "card.md").read_text(encoding="utf-8")
        assert "came with the sample" in said
        assert "unverified" in said
        encoder = Encoder()
        done = replay(store, encoder.encode)
        assert (done.kept_now, done.went_out, done.came_in) == (len(rows), {}, [])
