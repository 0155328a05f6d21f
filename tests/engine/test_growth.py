"""A growth reaches its target, adds up, resumes, and gives the same tree whatever ran at once."""

import asyncio
import hashlib
import json
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine import events
from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.creators.protocol import Reply, Request, Transient
from seedbed_engine.creating.creators.scripted import Answer, ScriptedCreator
from seedbed_engine.creating.growth import Growth
from seedbed_engine.errors import CreatorError, PersonError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, history, runs, seeds, trees
from seedbed_engine.keeping.exchange import export_examples
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import STRATEGIES, GrowthSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
WORDS = [
    line.split()
    for line in (
        "whales owls beetles foxes salmon spiders horses pigeons turtles bats frogs wolves ants cranes seals moths",
        "sing dig swim climb hide sleep migrate hunt glow whistle build fly wander fight hibernate dance",
        "dunes rivers cities forests caves oceans gardens mountains barns swamps islands mines attics ruins ports huts",
        "winter summer darkness storms dawn groups silence spring fog pairs drought floods noon heat rain frost",
    )
]


def written(request: Request, count: int = 5) -> list[dict[str, object]]:
    """Examples that depend on the request alone, as those of a creator with a fixed seed do."""
    found: list[dict[str, object]] = []
    for position in range(count):
        digest = hashlib.sha256(f"{request.seed}/{position}".encode()).digest()
        who, what, where, when = (words[byte % 16] for words, byte in zip(WORDS, digest, strict=False))
        answer = ("yes", "no")[digest[4] % 2]
        question = f"Do {who} {what} in {where} during {when}?"
        found.append({"options": ["yes", "no"], "answer": answer, "question": question})
    return found


def good(request: Request) -> Answer:
    return json.dumps({"examples": written(request)})


def mixed(request: Request) -> Answer:
    """Some good, one with other options, one repeated: what real replies look like."""
    items = written(request)
    items[1]["options"] = ["yes", "maybe"]
    return json.dumps({"examples": [*items, items[0]]})


class Heard:
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.events: list[events.Event] = []

    def __call__(self, event: events.Event) -> None:
        self.events.append(event)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = create_project(tmp_path / "one")
    seeds.add_seed(made, SEED, Options.FIXED)
    return made


def begin(store: Store, **given: object) -> int:
    settings = GrowthSettings.from_fields({"creator": "scripted", "twin_threshold": 0.999, **given})
    run = runs.add_run(store, "grow", settings.to_json(), 1)
    runs.take_lease(store, run)
    return run


def carry_on(
    store: Store,
    run: int,
    script: Callable[[Request], Answer] = good,
    *,
    one_at_a_time: bool = False,
    stop: threading.Event | None = None,
) -> tuple[str, ScriptedCreator, Heard]:
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = ScriptedCreator(script, one_example_a_request=one_at_a_time)
    heard = Heard()
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, heard, stop or threading.Event())
    state, _, _ = asyncio.run(growth.go())
    return state, creator, heard


def exported(store: Store, tmp_path: Path) -> str:
    path = tmp_path / "export.jsonl"
    export_examples(store, [1], path)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_growth_reaches_its_target_and_its_line_adds_up(store: Store, strategy: str) -> None:
    run = begin(store, strategy=strategy, target=40)
    state, _, heard = carry_on(store, run, mixed)
    account = calls.read_account(store, run)
    assert state == "finished"
    assert account.kept >= 40
    assert account.adds_up
    assert account.discarded > 0
    assert account.surplus > 0
    for event in heard.events:
        if isinstance(event, events.Progress):
            right = event.kept + event.discarded + event.missing + event.failed + event.waiting
            assert event.asked + event.surplus == right
    store.close()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_tree_is_the_same_at_any_concurrency(tmp_path: Path, strategy: str) -> None:
    found = []
    for concurrency in (1, 64):
        with create_project(tmp_path / f"at-{concurrency}") as store:
            seeds.add_seed(store, SEED, Options.FIXED)
            carry_on(store, begin(store, strategy=strategy, target=60, concurrency=concurrency), mixed)
            found.append(exported(store, tmp_path))
    assert found[0] == found[1]
    assert len(found[0].splitlines()) >= 60


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("given", [{"chains": 5}, {"parents": (1, 3, 4)}, {"parents": (2, 5), "chains": 2}], ids=str)
def test_several_chains_and_roots_give_the_same_tree_at_any_concurrency(
    tmp_path: Path, strategy: str, given: dict[str, object]
) -> None:
    found = []
    for number, concurrency in enumerate((1, 64)):
        with create_project(tmp_path / f"at-{concurrency}") as store:
            seeds.add_seed(store, SEED, Options.FIXED)
            carry_on(store, begin(store, target=5))
            run = begin(store, strategy=strategy, target=70, concurrency=concurrency, **given)
            settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
            creator = Dawdling(mixed, number) if number else ScriptedCreator(mixed)
            seed = seeds.read_seed(store, 1)
            asyncio.run(Growth(store, run, seed, settings, creator, Heard(), threading.Event()).go())
            assert calls.read_account(store, run).kept >= 70
            assert calls.read_account(store, run).adds_up
            found.append((told(store), exported(store, tmp_path)))
    assert found[0] == found[1]


def told(store: Store) -> list[tuple[object, ...]]:
    """Examples and discards by their keys: all that does not depend on times, numbers and surplus."""
    query = """SELECT e.key, p.key, e.position, e.depth, e.question, e.answer, e.wanted_answer, e.drift
FROM example e LEFT JOIN example p ON p.id = e.parent ORDER BY e.id"""
    discards = """SELECT c.key, q.part, d.position, d.reason, d.detail, d.raw_text, e.key FROM discard d
JOIN request q ON q.id = d.request JOIN call c ON c.id = q.call LEFT JOIN example e ON e.id = d.too_near_to
ORDER BY d.id"""
    return [tuple(row) for row in (*store.rows(query), *store.rows(discards))]


class Dawdling(ScriptedCreator):
    """Answers after a time of its own for each request, in no order; is busy now and then, and fails now and then.

    Where it is to, it stops the run in the midst.
    """

    def __init__(self, script: Callable[[Request], Answer], number: int, stop_after: int = 0) -> None:
        super().__init__(script)
        self.stop = threading.Event()
        self._chance = random.Random(number)
        self._stop_after = stop_after

    async def ask(self, request: Request) -> Reply:
        await asyncio.sleep(self._chance.choice([0.0, 0.01, 0.01, 0.01, 0.08]))
        kind = self._chance.random()
        if kind < 0.1:
            raise Transient("It has too many requests.", retry_after=0.01, is_busy=True, is_refusal=True)
        if kind < 0.15:
            raise Transient("It is in trouble.", retry_after=0.01)
        if len(self.asked) + 1 == self._stop_after:
            self.stop.set()
        return await super().ask(request)


def asked_for(store: Store) -> list[tuple[object, ...]]:
    """Every request whose reply was read: what was shown, what was wanted, by the key of its call."""
    query = """SELECT c.key, c.place, q.part, q.messages, q.sampling, q.wanted_answers, q.raw_reply, q.surplus
FROM request q JOIN call c ON c.id = q.call WHERE q.outcome = 'read' ORDER BY c.place, q.part"""
    return [tuple(row) for row in store.rows(query)]


@pytest.mark.parametrize(
    "given", [*({"strategy": name} for name in STRATEGIES), {"strategy": "random", "chains": 3}], ids=str
)
def test_tree_requests_and_discards_are_the_same_whatever_comes_first(tmp_path: Path, given: dict[str, object]) -> None:
    found = []
    for number, concurrency in enumerate((1, 64, 64, 7)):
        with create_project(tmp_path / f"try-{number}") as store:
            seeds.add_seed(store, SEED, Options.FIXED)
            run = begin(store, target=150, concurrency=concurrency, twin_threshold=0.9, **given)
            settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
            state = ""
            while state != "finished":
                stops = number == 2 and not state
                creator = Dawdling(mixed, number, 12 if stops else 0) if number else ScriptedCreator(mixed)
                stop = creator.stop if isinstance(creator, Dawdling) else threading.Event()
                growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, Heard(), stop)
                state, _, _ = asyncio.run(growth.go())
                assert state == ("stopped" if stops else "finished")
            assert calls.read_account(store, run).adds_up
            found.append((told(store), asked_for(store), exported(store, tmp_path)))
    for other in found[1:]:
        assert other == found[0]
    assert any(row[3] == DiscardReason.TWIN.value and row[6] for row in found[0][0] if len(row) == 7)


class HoldingBack(ScriptedCreator):
    """Answers at once, but for one request, which it holds back until some others were answered."""

    def __init__(self, late: Request, others: int) -> None:
        super().__init__(good)
        self._late, self._others = late, others
        self._enough = asyncio.Event()

    async def ask(self, request: Request) -> Reply:
        if request == self._late:
            await asyncio.wait_for(self._enough.wait(), 60)
        reply = await super().ask(request)
        if len(self.asked) == self._others:
            self._enough.set()
        return reply


def grown_with(store: Store, creator: ScriptedCreator, **given: object) -> tuple[object, ...]:
    seeds.add_seed(store, SEED, Options.FIXED)
    run = begin(store, **given)
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, Heard(), threading.Event())
    assert asyncio.run(growth.go())[0] == "finished"
    assert {call.state for call in calls.read_calls(store, 1)} == {"read"}
    return told(store), asked_for(store)


def test_the_next_level_is_asked_while_the_last_call_of_one_is_out_and_the_tree_is_the_same(tmp_path: Path) -> None:
    with create_project(tmp_path / "one by one") as store:
        first = ScriptedCreator(good)
        expected = grown_with(store, first, target=400, concurrency=1)
    level = 1 + 5 + 25
    with create_project(tmp_path / "ahead") as store:
        late = HoldingBack(first.asked[level - 1], level - 1 + 30)
        assert grown_with(store, late, target=400, concurrency=16) == expected


@pytest.mark.parametrize("limit", [{"max_calls": 33}, {"target": 155}, {"budget_usd": 1.0}], ids=str)
def test_the_next_level_waits_where_a_limit_may_come_before_its_turn(store: Store, limit: dict[str, object]) -> None:
    class Watching(ScriptedCreator):
        most = 0

        async def ask(self, request: Request) -> Reply:
            parents = [call.parent for call in calls.read_calls(store, 1) if call.parent]
            Watching.most = max([Watching.most, *(row.depth for row in trees.read_examples(store, parents))])
            if len(self.asked) == 30:  # the last of the level of 25 is out
                await asyncio.sleep(0.5)
                assert Watching.most == 2
            return await super().ask(request)

    run = begin(store, **{"target": 400, "max_calls": 40, "concurrency": 16, **limit})
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, Watching(good), Heard(), threading.Event())
    assert asyncio.run(growth.go())[0] == "finished"
    store.close()


def test_a_stop_ends_a_run_that_a_busy_server_asked_to_wait(store: Store) -> None:
    stop = threading.Event()

    def busy(request: Request) -> Answer:
        stop.set()
        return Transient("It has too many requests.", retry_after=50.0, is_refusal=True)

    began = time.monotonic()
    state, _, heard = carry_on(store, begin(store, strategy="naive", target=200), busy, stop=stop)
    assert state == "stopped"
    assert time.monotonic() - began < 20
    said = [event.text for event in heard.events if isinstance(event, events.Said)]
    assert said[1:] == ["It has too many requests. Asking again."]  # behind the estimate
    store.close()


def test_every_example_leads_back_to_its_parent_call_prompt_reply_and_tokens(store: Store) -> None:
    run = begin(store, target=40)
    carry_on(store, run)
    last = trees.read_kept(store, 1)[-1]
    path = trees.read_examples(store, trees.read_path(store, last.id))
    assert len(path) == last.depth
    assert path[0].parent is None
    request = calls.read_request(store, last.request or 0)
    parent = trees.read_example(store, last.parent or 0)
    assert parent.example.question in request.messages
    assert last.example.question in (request.raw_reply or "")
    assert request.prompt_tokens
    assert request.completion_tokens
    assert calls.read_call(store, last.call or 0).parent == parent.id
    store.close()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_run_that_was_stopped_goes_on_to_the_same_tree(tmp_path: Path, strategy: str) -> None:
    trees_found = []
    for cut in (False, True):
        with create_project(tmp_path / f"cut-{cut}") as store:
            seeds.add_seed(store, SEED, Options.FIXED)
            run = begin(store, strategy=strategy, target=60, concurrency=4)
            if cut:
                stop, asked = threading.Event(), iter(range(1000))

                def stopping(request: Request, stop: threading.Event = stop, asked: "iter[int]" = asked) -> Answer:  # type: ignore[valid-type]
                    if next(asked) == 6:
                        stop.set()
                    return good(request)

                state, _, _ = carry_on(store, run, stopping, stop=stop)
                assert state == "stopped"
                assert 0 < calls.read_account(store, run).kept < 60
            state, _, _ = carry_on(store, run)
            assert state == "finished"
            trees_found.append(exported(store, tmp_path))
    assert trees_found[0] == trees_found[1]


def test_going_on_asks_nothing_twice(store: Store) -> None:
    run = begin(store, target=30)
    _, first, _ = carry_on(store, run)
    again, second, _ = carry_on(store, run)
    assert again == "finished"
    assert first.asked
    assert not second.asked
    store.close()


def test_a_second_run_with_the_same_settings_grows_the_same_tree_further(store: Store) -> None:
    carry_on(store, begin(store, target=30))
    before = len(trees.read_kept(store, 1))
    carry_on(store, begin(store, target=30))
    rows = trees.read_kept(store, 1)
    assert len(rows) >= before + 30
    assert len({row.key for row in rows}) == len(rows)
    store.close()


def test_growing_from_an_example_makes_it_the_parent(store: Store) -> None:
    carry_on(store, begin(store, target=10))
    chosen = trees.read_kept(store, 1)[3]
    carry_on(store, begin(store, target=5, parent=chosen.id, strategy="naive"))
    children = trees.read_children(store, 1, chosen.id)
    assert len(children) >= 5
    assert {child.depth for child in children} == {chosen.depth + 1}
    store.close()


def test_rejected_and_pruned_examples_beget_nothing_more(store: Store) -> None:
    run = begin(store, target=10)
    carry_on(store, run)
    first, second = trees.read_children(store, 1, None)[:2]
    history.set_state(store, [first.id], State.REJECTED)
    history.set_state(store, trees.read_branch(store, second.id), State.PRUNED)
    before = {
        first.id: len(trees.read_children(store, 1, first.id)),
        second.id: len(trees.read_children(store, 1, second.id)),
    }
    carry_on(store, begin(store, target=60))
    for example, count in before.items():
        assert len(trees.read_children(store, 1, example)) == count
    store.close()


def test_an_edited_example_is_shown_to_the_creator_as_edited(store: Store) -> None:
    carry_on(store, begin(store, target=5))
    first = trees.read_children(store, 1, None)[0]
    history.edit_example(store, first.id, Example("Do geese remember faces?", ("yes", "no"), "no"))
    _, creator, _ = carry_on(store, begin(store, target=5, parent=first.id))
    assert all("Do geese remember faces?" in request.messages[-1].content for request in creator.asked)
    store.close()


def test_one_example_a_request_makes_n_requests_a_call_with_balanced_answers(store: Store) -> None:
    run = begin(store, target=20)
    lines = iter(range(10_000))

    def one(request: Request) -> Answer:
        return json.dumps(written(Request((), None, None, 1, 1, 1, next(lines)), 1)[0])

    carry_on(store, run, one, one_at_a_time=True)
    requests = [r for call in calls.read_calls(store, 1) for r in calls.read_requests(store, call.id)]
    answers = [answer for request in requests for answer in request.wanted_answers or ()]
    assert {request.wanted for request in requests} == {1}
    assert abs(answers.count("yes") - answers.count("no")) <= 1
    topics = [request.topics for request in requests]
    assert len(set(topics)) == len(topics)
    assert calls.read_account(store, run).adds_up
    store.close()


def test_a_passing_failure_is_asked_again_and_counted_once(store: Store) -> None:
    asked: dict[int | None, int] = {}

    def flaky(request: Request) -> Answer:
        asked[request.seed] = asked.get(request.seed, 0) + 1
        return Transient("The server is busy.", retry_after=0.01) if asked[request.seed] == 1 else good(request)

    run = begin(store, target=10)
    state, _, _ = carry_on(store, run, flaky)
    account = calls.read_account(store, run)
    assert state == "finished"
    assert account.failed == 0
    assert account.adds_up
    outcomes = [r.outcome for c in calls.read_calls(store, 1) for r in calls.read_requests(store, c.id)]
    assert outcomes.count("retried") == outcomes.count("read")
    store.close()


def test_an_error_that_will_not_pass_ends_the_run_with_its_sentence_and_loses_nothing(store: Store) -> None:
    asked = iter(range(100))

    def key_expires(request: Request) -> Answer:
        return good(request) if next(asked) < 3 else CreatorError("The key is wrong.", "Give another one.")

    run = begin(store, target=60, concurrency=1)
    with pytest.raises(CreatorError, match="The key is wrong"):
        carry_on(store, run, key_expires)
    account = calls.read_account(store, run)
    assert account.kept > 0
    assert account.adds_up
    store.close()


def test_a_budget_is_never_exceeded_and_ends_the_run_in_words(store: Store) -> None:
    class Priced(ScriptedCreator):
        is_free = False

    run = begin(store, target=1000, budget_usd=0.02, max_tokens=600)
    reply = Reply("", 400, 300, "stop", "gpt-4o-mini")

    def script(request: Request) -> Answer:
        return Reply(str(good(request)), reply.prompt_tokens, reply.completion_tokens, "stop", reply.model)

    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = Priced(script, model="gpt-4o-mini")
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, Heard(), threading.Event())
    state, summary, _ = asyncio.run(growth.go())
    account = calls.read_account(store, run)
    assert state == "finished"
    assert "budget" in summary
    assert 0.01 < (account.usd or 0) <= 0.02
    assert account.adds_up
    store.close()


def test_a_creator_that_never_gives_an_example_does_not_loop_for_ever(store: Store) -> None:
    run = begin(store, target=50, strategy="tree")
    state, creator, _ = carry_on(store, run, lambda request: "I would rather not.")
    assert state == "finished"
    assert len(creator.asked) < 20
    assert calls.read_account(store, run).adds_up
    store.close()


def test_a_limit_of_calls_holds(store: Store) -> None:
    run = begin(store, target=500, max_calls=7, strategy="naive")
    _, creator, _ = carry_on(store, run)
    assert len(creator.asked) == 7
    store.close()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_run_that_has_its_target_asks_for_nothing_more(store: Store, strategy: str) -> None:
    run = begin(store, target=30, strategy=strategy)
    carry_on(store, run)
    state, creator, _ = carry_on(store, run)
    assert state == "finished"
    assert not creator.asked
    store.close()


def test_the_limit_of_calls_counts_those_before_a_stop(store: Store) -> None:
    run = begin(store, target=500, max_calls=7, strategy="naive", concurrency=1)
    stop, asked = threading.Event(), iter(range(100))

    def stopping(request: Request) -> Answer:
        if next(asked) == 3:
            stop.set()
        return good(request)

    _, first, _ = carry_on(store, run, stopping, stop=stop)
    _, second, _ = carry_on(store, run)
    _, third, _ = carry_on(store, run)
    assert len(first.asked) + len(second.asked) == 7
    assert second.asked
    assert not third.asked
    store.close()


def test_what_another_run_left_counts_as_the_work_of_the_run_that_finishes_it(store: Store) -> None:
    first = begin(store, target=60, strategy="naive")
    with pytest.raises(CreatorError):
        carry_on(store, first, lambda request: CreatorError("The key is wrong."))
    second = begin(store, target=20, strategy="naive")
    carry_on(store, second)
    assert calls.read_account(store, second).kept >= 20
    for run in (first, second):
        assert calls.read_account(store, run).adds_up
    assert {call.state for call in calls.read_calls(store, 1) if call.run == second} == {"read"}
    store.close()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_creator_that_was_gone_several_times_leaves_no_trace_in_the_tree(tmp_path: Path, strategy: str) -> None:
    found = []
    for absences in (0, 4):
        with create_project(tmp_path / f"gone-{absences}") as store:
            seeds.add_seed(store, SEED, Options.FIXED)
            run = begin(store, strategy=strategy, target=25)
            for _ in range(absences):
                with pytest.raises(CreatorError, match="did not answer"):
                    carry_on(store, run, lambda request: Transient("It is gone.", retry_after=0.001))
                assert calls.read_account(store, run).adds_up
            state, _, _ = carry_on(store, run)
            assert state == "finished"
            assert calls.read_account(store, run).adds_up
            found.append(exported(store, tmp_path))
    assert found[0] == found[1]


def test_the_creator_is_closed_however_a_growth_ends(store: Store) -> None:
    class Closing(ScriptedCreator):
        is_closed = False

        async def close(self) -> None:
            self.is_closed = True

    run = begin(store, target=25, strategy="naive")
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = Closing(lambda request: Transient("It is gone.", retry_after=0.001))
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, Heard(), threading.Event())
    with pytest.raises(CreatorError):
        asyncio.run(growth.go())
    assert creator.is_closed
    store.close()


class Priced(ScriptedCreator):
    """A creator whose replies have a price."""

    is_free = False


def carry_on_for_money(store: Store, run: int, model: str, usage: tuple[int | None, int | None]) -> str:
    def script(request: Request) -> Answer:
        return Reply(str(good(request)), *usage, "stop", model)

    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = Priced(script, model="gpt-4o-mini", delay=0.001)
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, Heard(), threading.Event())
    return asyncio.run(growth.go())[1]


@pytest.mark.parametrize("strategy", ["naive", "tree"])
def test_a_budget_buys_the_same_tree_at_any_concurrency(tmp_path: Path, strategy: str) -> None:
    found = []
    for concurrency in (1, 64):
        with create_project(tmp_path / f"at-{concurrency}") as store:
            seeds.add_seed(store, SEED, Options.FIXED)
            run = begin(store, strategy=strategy, target=1000, budget_usd=0.005, concurrency=concurrency)
            assert "budget" in carry_on_for_money(store, run, "gpt-4o-mini-2024-07-18", (400, 300))
            account = calls.read_account(store, run)
            assert 0.004 < (account.usd or 0) <= 0.005
            assert account.adds_up
            found.append(exported(store, tmp_path))
    assert found[0] == found[1]


def test_a_reply_without_usage_counts_with_its_worst_price(store: Store) -> None:
    run = begin(store, strategy="naive", target=1000, budget_usd=0.01)
    assert "budget" in carry_on_for_money(store, run, "gpt-4o-mini", (None, None))
    assert 0 < calls.read_account(store, run).kept < 100
    store.close()


def test_a_model_that_the_server_calls_otherwise_has_the_price_of_the_one_asked_for(store: Store) -> None:
    run = begin(store, strategy="naive", target=20, budget_usd=1.0)
    carry_on_for_money(store, run, "my-deployment", (400, 300))
    assert (calls.read_account(store, run).usd or 0) > 0
    store.close()


def test_a_budget_for_a_model_without_a_known_price_ends_the_run_as_failed(store: Store) -> None:
    run = begin(store, budget_usd=1.0)
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = Priced(good, model="a-model-nobody-knows")
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, Heard(), threading.Event())
    with pytest.raises(CreatorError, match="price of this model is not known"):
        asyncio.run(growth.go())
    assert not creator.asked
    store.close()


def test_what_cannot_be_grown_from_is_said(store: Store) -> None:
    carry_on(store, begin(store, target=10))
    first = trees.read_children(store, 1, None)[0]
    history.set_state(store, [first.id], State.REJECTED)
    with pytest.raises(PersonError, match="rejected"):
        carry_on(store, begin(store, parent=first.id))
    seeds.add_seed(store, SEED, Options.FIXED)
    for missing in (9999, -1):
        with pytest.raises(PersonError, match="no example"):
            carry_on(store, begin(store, parent=missing))
    store.close()


@pytest.mark.parametrize("strategy", ["random", "similar", "contrastive"])
def test_a_chain_whose_parent_is_rejected_meanwhile_goes_on_from_another(store: Store, strategy: str) -> None:
    asked = iter(range(1000))
    rejected: list[int] = []

    def rejecting(request: Request) -> Answer:
        if next(asked) in (3, 6):
            parent = calls.read_calls(store, 1)[-1].parent or 0
            history.set_state(store, [parent], State.REJECTED)
            rejected.append(parent)
        return good(request)

    run = begin(store, target=60, strategy=strategy)
    state, _, _ = carry_on(store, run, rejecting)
    assert state == "finished"
    assert calls.read_account(store, run).kept >= 60
    grown_from = [call.parent for call in calls.read_calls(store, 1)]
    assert [grown_from.count(parent) for parent in rejected] == [1, 1]
    paths = [trees.read_path(store, row.id) for row in trees.read_kept(store, 1)]
    assert max(len(set(path) & set(rejected)) for path in paths) <= 1
    store.close()


def test_a_growth_gives_up_at_the_same_call_at_any_concurrency(tmp_path: Path) -> None:
    refused: set[int | None] = set()
    found = []
    for concurrency in (1, 64):
        with create_project(tmp_path / f"at-{concurrency}") as store:
            seeds.add_seed(store, SEED, Options.FIXED)
            run = begin(store, strategy="naive", target=60, concurrency=concurrency)

            def unwilling(request: Request, is_first: bool = concurrency == 1) -> Answer:
                if is_first and len(refused) < 8:
                    refused.add(request.seed)
                return "I would rather not." if request.seed in refused else good(request)

            assert carry_on(store, run, unwilling)[0] == "finished"
            assert calls.read_account(store, run).adds_up
            found.append(exported(store, tmp_path))
    assert found == ["", ""]


def test_a_request_that_a_server_filters_is_a_refusal_and_the_growth_goes_on(
    store: Store, chat: Any, chat_server: Any
) -> None:
    chat_server.script = [chat.fails(400, "The prompt was filtered.", "content_filter")]
    run = begin(store, target=20, strategy="naive", concurrency=1)
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = HostedCreator("test-model", "no-key", chat_server.address)
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, Heard(), threading.Event())
    state, _, _ = asyncio.run(growth.go())
    account = calls.read_account(store, run)
    assert state == "finished"
    assert account.kept >= 20
    assert account.adds_up
    assert calls.discard_reasons(store, run) == {"stopped by the server's filter": 1}
    store.close()


def test_a_request_that_gave_nothing_is_asked_once_more_about_another_topic(store: Store) -> None:
    asked: list[str] = []

    def barren(request: Request) -> Answer:
        asked.append(request.messages[-1].content)
        return "nothing" if len(asked) in {2, 3} else json.dumps({"examples": written(request, 1)})

    run = begin(store, target=3, n=3, strategy="naive", max_calls=1)
    carry_on(store, run, barren, one_at_a_time=True)
    rows = calls.read_requests(store, calls.read_calls(store, 1)[0].id)
    assert [row.part for row in rows] == [0, 1, 2, 4, 5]
    assert [row.wanted_answers for row in rows[3:]] == [row.wanted_answers for row in rows[1:3]]
    topics = [row.topics for row in rows]
    assert topics[3] not in {topics[1], None}
    assert topics[4] not in {topics[2], None}
    account = calls.read_account(store, run)
    assert account.adds_up
    assert (account.asked, account.kept, account.discarded) == (5, 3, 2)
    store.close()
