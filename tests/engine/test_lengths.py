"""How long created examples become, beside what happens when a creator imitates lengths step by step."""

import pytest

from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.lengths import FEW, IMITATION, drifted, usual_length
from seedbed_engine.examples import Example
from seedbed_engine.settings import GrowthSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")


def walked(parents: list[int | None], shown: float, usual: float) -> tuple[float, float]:
    """Each call shows the example of its parent call (None: the first) and gives one that lies nearer to the usual."""
    given: list[float] = []
    shows: list[float] = []
    for parent in parents:
        size = shown if parent is None else given[parent]
        shows.append(size)
        given.append(usual * (size / usual) ** IMITATION)
    return sum(shows) / len(shows) / shown, sum(given) / len(given) / shown


@pytest.mark.parametrize(("shown", "usual"), [(30.0, 90.0), (300.0, 90.0), (90.0, 90.0)])
@pytest.mark.parametrize(
    ("given", "parents"),
    [
        ({"strategy": "naive"}, [None] * 7),
        ({"strategy": "random"}, [None, 0, 1, 2, 3, 4, 5]),
        ({"strategy": "similar", "chains": 2}, [None, None, 0, 1, 2, 3, 4]),
        ({"strategy": "tree", "n": 3}, [None, 0, 0, 0, 1, 1, 1, 2, 2, 2]),
    ],
)
def test_lengths_are_those_of_imitating_step_by_step(
    given: dict[str, object], parents: list[int | None], shown: float, usual: float
) -> None:
    found = drifted(GrowthSettings.from_fields(given), len(parents), shown, usual)
    assert found == pytest.approx(walked(parents, shown, usual))


def test_what_is_usual_is_said_by_enough_examples_of_the_same_format() -> None:
    task = infer_format(SEED)
    short = [Example(f"Is {word} {n}?", ("yes", "no"), "no") for n, word in enumerate(["tin"] * FEW)]
    others = [Example("Which one?", ("a", "b", "c"), "a"), Example("Is it?", ("yes", "no"), "no", "A passage.")] * FEW
    usual = usual_length(task, short + others)
    assert usual is not None
    assert 20 < usual < 40
    assert usual_length(task, short[1:] + others) is None
