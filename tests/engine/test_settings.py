"""Settings: what can be read back, and which numbers are refused before they are written."""

import dataclasses
import json
from typing import Any

import pytest

from seedbed_engine.errors import PersonError
from seedbed_engine.settings import (
    BranchSettings,
    EvaluationSettings,
    ExperimentSettings,
    GrowthSettings,
    ImprovementSettings,
    MendingSettings,
    TrainingSettings,
)

ALL = (
    GrowthSettings(),
    MendingSettings(),
    TrainingSettings(),
    EvaluationSettings(),
    ImprovementSettings(),
    BranchSettings(),
    ExperimentSettings(),
)


@pytest.mark.parametrize("settings", ALL)
def test_defaults_are_within_their_limits_and_come_back(settings: Any) -> None:
    assert type(settings).from_json(settings.to_json()) == settings


@pytest.mark.parametrize("settings", ALL)
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_no_number_of_any_setting_may_be_without_end(settings: Any, number: float) -> None:
    for field in dataclasses.fields(settings):
        if "limits" in field.metadata:
            with pytest.raises(PersonError, match=f"{field.name.split('_')[0]}.* cannot be {number}"):
                dataclasses.replace(settings, **{field.name: number}).to_json()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (GrowthSettings(concurrency=-3), "The setting 'concurrency' cannot be -3. Give a number at least 1."),
        (GrowthSettings(budget_usd=0.0), "The setting 'budget in US dollars' cannot be 0.0. Give a number above 0."),
        (GrowthSettings(top_p=1.5), "The setting 'top p' cannot be 1.5. Give a number above 0 and at most 1."),
        (TrainingSettings(seeds=(1, -2)), "The setting 'seeds' cannot be -2. Give a number at least 0."),
        (ImprovementSettings(growth=GrowthSettings(n=0)), "The setting 'n' cannot be 0. Give a number at least 1."),
        (GrowthSettings(n=10**30), f"The setting 'n' cannot be {10**30}. Give a number that is smaller."),
    ],
)
def test_a_number_beyond_its_limits_is_said_before_it_is_written(settings: Any, said: str) -> None:
    with pytest.raises(PersonError) as raised:
        settings.to_json()
    assert str(raised.value) == said


def test_nothing_where_a_number_is_needed_is_the_default() -> None:
    found = GrowthSettings.from_json('{"temperature": null, "budget_usd": null, "n": 3, "twin_threshold": NaN}')
    assert found == GrowthSettings(n=3)
    fields = {"growth": {"temperature": None}, "training": None, "rounds": None}
    assert ImprovementSettings.from_fields(fields) == ImprovementSettings(growth=GrowthSettings())


def test_numbers_beyond_their_limits_can_still_be_read() -> None:
    assert GrowthSettings.from_json(json.dumps({"concurrency": -3})).concurrency == -3


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (TrainingSettings(seeds=(1, 2, 1)), "'1' is there twice among the seeds"),
        (ExperimentSettings(strategies=("naive", "naive")), "'naive' is there twice among the strategies"),
        (ExperimentSettings(seed_numbers=(13, 13)), "'13' is there twice among the seed numbers"),
    ],
)
def test_what_would_count_twice_is_refused(settings: Any, said: str) -> None:
    with pytest.raises(PersonError, match=said):
        settings.to_json()
