"""Mending by the creator: siblings, answers with the label hidden, rewritings; kept, marked, undone, gone on with."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine import events
from seedbed_engine.creating.creators.protocol import Reply, Request, Transient
from seedbed_engine.creating.creators.scripted import Answer, ScriptedCreator
from seedbed_engine.creating.growth import Growth
from seedbed_engine.creating.mending import Mending
from seedbed_engine.creating.replay import replay
from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.errors import Conflict, CreatorError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import agreement, calls, history, proposals, runs, seeds, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.proposals import Fate
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample, insert_examples
from seedbed_engine.settings import GrowthSettings, MendingSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
TEXTS = (
    "Is a mile longer than a yard?",
    "Do whales breathe air through their skin?",
    "Can owls turn their heads all the way round?",
    "Is granite made by living corals?",
)
Script = Callable[[Request], Answer]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A seed and a tree of four: 1 and 2 are the seed's, 3 and 4 come from 1."""
    with create_project(tmp_path / "one") as made:
        seeds.add_seed(made, SEED, Options.FIXED)
        parents = (None, None, 1, 1)
        new = [
            NewExample(1, parent, None, None, 0, f"k{number}", 2 if parent else 1, Example(text, SEED.options, "no"))
            for number, (text, parent) in enumerate(zip(TEXTS, parents, strict=True), start=1)
        ]
        made.do(lambda db: insert_examples(db, new))
        yield made


def begin(store: Store, work: str, *examples: int, **given: Any) -> int:
    settings = MendingSettings(creator="scripted", examples=examples, **given)
    run = runs.add_run(store, work, settings.to_json(), 1)
    runs.take_lease(store, run)
    return run


def carry_on(
    store: Store, run: int, script: Script, *, is_small: bool = False, stop: threading.Event | None = None
) -> tuple[str, str, dict[str, Any], ScriptedCreator]:
    settings = MendingSettings.from_json(runs.read_run(store, run).settings)
    creator = ScriptedCreator(script, one_example_a_request=is_small)
    told: list[events.Event] = []
    mending = Mending(store, run, seeds.read_seed(store, 1), settings, creator, told.append, stop or threading.Event())
    state, said, result = asyncio.run(mending.go())
    assert calls.read_account(store, run).adds_up
    return state, said, json.loads(result), creator


def asked_about(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.messages[-1].content.split("\n\n")[0])
    return found


def says(answers: dict[str, str]) -> Script:
    """Answers by question; another question is answered with no."""
    return lambda request: json.dumps({"answer": answers.get(asked_about(request)["question"], "no")})


def rewritten(request: Request) -> Answer:
    shown = asked_about(request)
    return json.dumps({"examples": [{**shown, "question": shown["question"].replace("mile", "kilometre")}]})


# re-answers


def test_answers_are_kept_and_disagreement_marks_the_example(store: Store) -> None:
    run = begin(store, "reanswer", 1, 2, k=4)
    state, said, result, creator = carry_on(store, run, says({TEXTS[0]: "yes"}))
    assert (state, said) == (
        "finished",
        "2 examples were answered again, 1 is marked for disagreement with the label.",
    )
    assert len(creator.asked) == 8
    assert trees.read_example(store, 1).flag == "answered otherwise: 4 of 4 say yes"
    assert trees.read_example(store, 2).flag is None
    tallies = agreement.read_tallies(store, [1, 2, 3])
    assert {id_: tally.said for id_, tally in tallies.items()} == {1: "4 of 4 say yes", 2: "4 of 4 say no"}
    account = calls.read_account(store, run)
    assert (account.asked, account.kept, account.discarded) == (8, 8, 0)
    assert [row["answer"] for row in store.rows("SELECT answer FROM answer_again WHERE example = 1")] == ["yes"] * 4


def test_each_option_stands_first_as_often_so_that_a_lazy_hand_shows(store: Store) -> None:
    def first(request: Request) -> Answer:
        return json.dumps({"answer": asked_about(request)["options"][0]})

    run = begin(store, "reanswer", 1, 2, k=4)
    _, _, result, creator = carry_on(store, run, first)
    assert result["places"] == [8]
    assert agreement.read_tallies(store, [1])[1].counts in ((("yes", 2), ("no", 2)), (("no", 2), ("yes", 2)))
    assert trees.read_example(store, 1).flag is not None  # half is no majority
    orders = [tuple(asked_about(request)["options"]) for request in creator.asked]
    assert orders.count(("yes", "no")) == orders.count(("no", "yes")) == 4


def test_a_small_creator_answers_under_a_grammar(store: Store) -> None:
    run = begin(store, "reanswer", 1, k=3)
    _, _, _, creator = carry_on(store, run, lambda _: "Answer: yes", is_small=True)
    assert all(request.grammar and request.grammar.startswith("root ::=") for request in creator.asked)
    assert agreement.read_tallies(store, [1])[1].said == "3 of 3 say yes"


def test_what_means_no_option_is_discarded_with_its_reason(store: Store) -> None:
    run = begin(store, "reanswer", 1, k=3)
    replies = iter(['{"answer": "maybe"}', "I'm sorry, I cannot answer that.", '{"answer": "no"}'])
    carry_on(store, run, lambda _: next(replies))
    account = calls.read_account(store, run)
    assert (account.kept, account.discarded) == (1, 2)
    assert calls.discard_reasons(store, run) == {"answer not among the options": 1, "refused by the creator": 1}


def test_an_edit_makes_answers_void_and_takes_the_mark_off(store: Store) -> None:
    carry_on(store, begin(store, "reanswer", 1, k=3), says({TEXTS[0]: "yes"}))
    history.edit_example(store, 1, Example("Is a mile longer than a league?", SEED.options, "no"))
    assert agreement.read_tallies(store, [1]) == {}
    assert trees.read_example(store, 1).flag is None
    history.undo(store)
    assert agreement.read_tallies(store, [1])[1].total == 3
    assert trees.read_example(store, 1).flag == "answered otherwise: 3 of 3 say yes"


def test_a_person_keeps_the_label_or_takes_the_creators_answer_and_can_undo_both(store: Store) -> None:
    carry_on(store, begin(store, "reanswer", 1, 2, k=3), says({TEXTS[0]: "yes", TEXTS[1]: "yes"}))
    assert history.settle_flags(store, [1]) == 1
    assert trees.read_example(store, 1).flag is None
    corrections = agreement.read_corrections(store, [1, 2])
    assert {id_: example.answer for id_, example in corrections.items()} == {1: "yes", 2: "yes"}
    assert history.edit_examples(store, {2: corrections[2]}, "take the creator's answer for #2") == 1
    second = trees.read_example(store, 2)
    assert (second.example.answer, second.flag, second.edited is not None) == ("yes", None, True)
    assert agreement.read_tallies(store, [2])[2].is_agreed
    history.undo(store)
    history.undo(store)
    assert [trees.read_example(store, one).flag for one in (1, 2)] == ["answered otherwise: 3 of 3 say yes"] * 2
    assert trees.read_example(store, 2).example.answer == "no"


def test_rejected_examples_are_not_asked_about(store: Store) -> None:
    history.set_state(store, [2], State.REJECTED)
    _, _, _, creator = carry_on(store, begin(store, "reanswer", 1, 2, k=2), says({}))
    assert len(creator.asked) == 2


def test_a_run_that_was_stopped_asks_only_what_was_not_answered(store: Store) -> None:
    run = begin(store, "reanswer", 1, 2, 3, 4, k=3, concurrency=1)
    stop = threading.Event()
    asked: list[Request] = []

    def stopping(request: Request) -> Answer:
        asked.append(request)
        if len(asked) == 5:
            stop.set()
        return says({})(request)

    state, said, _, _ = carry_on(store, run, stopping, stop=stop)
    assert (state, said.split(":")[0]) == ("stopped", "Stopped")
    runs.end_run(store, run, "stopped")
    runs.take_lease(store, run)
    state, _, result, creator = carry_on(store, run, says({}))
    assert state == "finished"
    assert len(asked) + len(creator.asked) == 12
    assert result["answered"] == 4
    assert {tally.total for tally in agreement.read_tallies(store, [1, 2, 3, 4]).values()} == {3}


def test_answers_to_an_older_text_do_not_count_for_the_new_one(store: Store) -> None:
    """Stopped between two requests of one example, edited, then gone on with."""
    run = begin(store, "reanswer", 1, k=2, concurrency=1)
    stop = threading.Event()

    def stopping(request: Request) -> Answer:
        stop.set()
        return '{"answer": "yes"}'

    carry_on(store, run, stopping, stop=stop)
    history.edit_example(store, 1, Example("Is a mile longer than a league?", SEED.options, "no"))
    carry_on(store, run, lambda _: '{"answer": "yes"}')
    assert agreement.read_tallies(store, [1])[1].total == 1
    assert calls.discard_reasons(store, run) == {"edited since it was asked about": 1}


def test_a_creator_that_is_gone_ends_the_run_and_the_next_one_asks_again(store: Store) -> None:
    run = begin(store, "reanswer", 1, 2, 3, 4, k=1, concurrency=1)

    def silent(_: Request) -> Answer:
        return Transient("The server did not answer in time.", is_silent=True)

    with pytest.raises(CreatorError, match="3 calls in a row"):
        carry_on(store, run, silent)
    assert calls.read_account(store, run).failed == 3
    _, _, result, creator = carry_on(store, run, says({}))
    assert (result["answered"], len(creator.asked)) == (4, 4)


def test_a_budget_holds_and_is_said(store: Store) -> None:
    run = begin(store, "reanswer", 1, 2, 3, 4, k=5, budget_tokens=4000)
    state, said, _, creator = carry_on(store, run, says({}))
    assert state == "finished"
    assert "budget of 4,000 tokens is spent" in said
    assert 0 < len(creator.asked) < 20


# rewriting


def test_a_rewriting_changes_nothing_until_it_is_applied_and_is_one_step_of_the_history(store: Store) -> None:
    run = begin(store, "rewrite", 1, 2, instruction="Use metric units.")
    state, said, _, _ = carry_on(store, run, rewritten)
    assert (state, said) == (
        "finished",
        "1 of 2 examples were rewritten; nothing is changed until it is applied.",
    )
    assert trees.read_example(store, 1).example.question == TEXTS[0]
    first, second = proposals.read_previews(store, run, [1, 2])
    assert (first.fate, first.to and first.to.question) == (Fate.OFFERED, "Is a kilometre longer than a yard?")
    assert (second.fate, second.reason) == (Fate.REFUSED, "unchanged")
    assert proposals.apply_proposals(store, run, [1, 2], "rewrite: Use metric units.") == (1, 0)
    row = trees.read_example(store, 1)
    assert (row.example.question, row.edited is not None) == ("Is a kilometre longer than a yard?", True)
    assert proposals.read_previews(store, run, [1])[0].fate is Fate.APPLIED
    change = history.undo(store)
    assert change is not None
    assert change.said == "rewrite: Use metric units."
    assert trees.read_example(store, 1).example.question == TEXTS[0]
    assert proposals.read_previews(store, run, [1])[0].fate is Fate.OFFERED


def changed(request: Request) -> Answer:
    """Every example becomes another one."""
    shown = asked_about(request)
    return json.dumps({"examples": [{**shown, "question": f"For children: {shown['question']}"}]})


def test_many_rewritten_examples_are_taken_back_in_one_step(store: Store) -> None:
    run = begin(store, "rewrite", 1, 2, 3, 4, instruction="For children")
    carry_on(store, run, changed)
    assert proposals.apply_proposals(store, run, [1, 3, 4], "rewrite") == (3, 0)
    assert trees.read_example(store, 2).edited is None
    history.undo(store)
    assert [row.example.question for row in trees.read_examples(store, [1, 2, 3, 4])] == list(TEXTS)
    assert {row.edited for row in trees.read_examples(store, [1, 2, 3, 4])} == {None}
    history.redo(store)
    history.edit_example(store, 3, Example("Is granite a kind of coral?", SEED.options, "no"))
    history.undo(store)
    history.edit_example(store, 3, Example("Is granite soft?", SEED.options, "no"))
    assert history.undo(store) is not None
    assert history.undo(store) is not None  # the rewriting, whole
    assert trees.read_example(store, 1).example.question == TEXTS[0]


def test_a_rewriting_that_no_longer_holds_is_not_undone_by_halves(store: Store) -> None:
    run = begin(store, "rewrite", 1, 2, instruction="For children")
    carry_on(store, run, changed)
    proposals.apply_proposals(store, run, [1, 2], "rewrite")
    store.do(lambda db: db.execute("UPDATE example SET question = 'Is it?' WHERE id = 2") and None)
    with pytest.raises(Conflict, match="#2"):
        history.undo(store)
    assert trees.read_example(store, 1).example.question == f"For children: {TEXTS[0]}"


def test_what_was_edited_meanwhile_is_not_overwritten(store: Store) -> None:
    run = begin(store, "rewrite", 1, 2, instruction="For children")
    carry_on(store, run, changed)
    history.edit_example(store, 1, Example("Is a mile longer than a league?", SEED.options, "no"))
    assert proposals.read_previews(store, run, [1])[0].fate is Fate.EDITED
    assert proposals.apply_proposals(store, run, [1, 2], "rewrite") == (1, 1)
    assert trees.read_example(store, 1).example.question == "Is a mile longer than a league?"


def test_a_rewritten_example_must_pass_the_door_beside_all_others(store: Store) -> None:
    def as_another(request: Request) -> Answer:
        return json.dumps({"examples": [{**asked_about(request), "question": TEXTS[1]}]})

    run = begin(store, "rewrite", 1, 3, instruction="x")
    carry_on(store, run, as_another)
    found = proposals.read_previews(store, run, [1, 3])
    assert [(each.fate, each.reason) for each in found] == [(Fate.REFUSED, "question was there before")] * 2
    assert calls.read_discards(store, calls.read_log(store)[0].id)[0].too_near_to == 2


def test_two_examples_cannot_become_the_same(store: Store) -> None:
    def the_same(request: Request) -> Answer:
        return json.dumps({"examples": [{**asked_about(request), "question": "Do bats sleep through the winter?"}]})

    run = begin(store, "rewrite", 1, 2, instruction="x", concurrency=4)
    carry_on(store, run, the_same)
    assert [each.fate for each in proposals.read_previews(store, run, [1, 2])] == [Fate.OFFERED, Fate.REFUSED]


def test_an_unreadable_rewriting_is_listed_with_its_reason(store: Store) -> None:
    run = begin(store, "rewrite", 1, 2, instruction="x")
    replies = iter(["No.", ""])
    carry_on(store, run, lambda _: next(replies))
    found = proposals.read_previews(store, run, [1, 2])
    assert sorted((each.reason, each.fate) for each in found) == [
        ("empty reply", Fate.REFUSED),
        ("no example in the reply", Fate.REFUSED),
    ]


# regeneration


def fresh(name: str) -> Script:
    return lambda request: json.dumps(
        {"examples": [{"options": ["yes", "no"], "answer": "yes", "question": f"Does {name} {request.seed} glow?"}]}
    )


def test_a_new_sibling_stands_beside_the_old_one(store: Store) -> None:
    run = begin(store, "regenerate", 3)
    state, said, _, creator = carry_on(store, run, fresh("amber"))
    assert (state, said) == ("finished", "1 of 1 example has a new sibling.")
    (new,) = [row for row in trees.read_children(store, 1, 1) if row.id not in (3, 4)]
    assert (new.parent, new.depth, new.state, new.origin) == (1, 2, State.NEW, "created")
    assert trees.read_example(store, 3).example.question == TEXTS[2]
    assert json.loads(creator.asked[0].messages[-1].content)["question"] == TEXTS[0]  # its parent was shown
    assert "Write 1 new" in creator.asked[0].messages[0].content


def test_a_twin_of_the_old_one_is_turned_away_and_asked_again_a_few_times(store: Store) -> None:
    def again(request: Request) -> Answer:
        return json.dumps({"examples": [{"options": ["yes", "no"], "answer": "no", "question": TEXTS[2]}]})

    run = begin(store, "regenerate", 3, 2)
    state, said, result, creator = carry_on(
        store,
        run,
        lambda request: again(request) if TEXTS[0] in request.messages[-1].content else fresh("jasper")(request),
    )
    assert state == "finished"
    assert said == "1 of 2 examples have a new sibling; for #3 the creator gave nothing new."
    assert result["without"] == [3]
    assert len(creator.asked) == 4
    assert calls.read_account(store, run).discarded == 3


def test_a_rejected_example_can_be_replaced_but_not_under_a_rejected_parent(store: Store) -> None:
    history.set_state(store, [3], State.REJECTED)
    assert carry_on(store, begin(store, "regenerate", 3), fresh("kelp"))[2]["siblings"] == 1
    runs.end_run(store, 1, "finished")
    history.set_state(store, [1], State.REJECTED)
    assert carry_on(store, begin(store, "regenerate", 3), fresh("opal"))[2]["without"] == [3]


def test_a_small_creator_gets_a_topic_and_the_old_ones_wanted_answer(store: Store) -> None:
    store.do(lambda db: db.execute("UPDATE example SET wanted_answer = 'no' WHERE id = 3") and None)
    run = begin(store, "regenerate", 3)
    _, _, result, creator = carry_on(
        store, run, lambda _: "Answer: no\nQuestion: Do glow worms sleep in winter?", is_small=True
    )
    assert result["siblings"] == 1
    assert "right answer is no" in creator.asked[0].messages[-1].content
    assert "something else" not in creator.asked[0].messages[-1].content


# beside other work


def test_a_growth_and_a_replay_leave_answers_and_proposals_alone(store: Store) -> None:
    carry_on(store, begin(store, "reanswer", 1, 2, k=2), says({TEXTS[0]: "yes"}))
    carry_on(store, begin(store, "rewrite", 1, 2, instruction="x"), changed)
    carry_on(store, begin(store, "regenerate", 3), fresh("cedar"))
    for run in (1, 2, 3):
        runs.end_run(store, run, "finished")
    run = runs.add_run(store, "grow", GrowthSettings(creator="scripted", target=3).to_json(), 1)
    runs.take_lease(store, run)
    creator = ScriptedCreator(fresh("growth"))
    growth = Growth(
        store, run, seeds.read_seed(store, 1), GrowthSettings(target=3, n=1), creator, lambda _: None, threading.Event()
    )
    asyncio.run(growth.go())
    runs.end_run(store, run, "finished")
    kept = [row.example for row in trees.read_kept(store, 1)]
    before = [calls.read_account(store, one) for one in (1, 2, 3)]
    done = replay(store, Encoder().encode)
    assert (done.came_in, done.went_out, done.read_otherwise) == ([], {}, 0)
    assert [row.example for row in trees.read_kept(store, 1)] == kept
    assert [calls.read_account(store, one) for one in (1, 2, 3)] == before
    assert trees.read_example(store, 1).flag == "answered otherwise: 2 of 2 say yes"


def test_what_another_run_has_in_flight_is_not_taken_for_lost(store: Store) -> None:
    run = begin(store, "reanswer", 1)
    call = calls.add_call(store, run, 1, 1, "k", 0, 1)
    new = calls.NewRequest(0, 0, 1, None, None, "hosted", "m", "[]", "{}")
    calls.add_request(store, call, new)
    growth = runs.add_run(store, "grow", "{}", 1)
    assert calls.mark_possibly_billed(store, growth) == 0
    assert calls.mark_possibly_billed(store, run) == 1


def test_replies_are_read_again_where_the_work_ended_between_reply_and_reading(store: Store) -> None:
    """As after a kill: the reply is there, the call is still waiting."""
    run = begin(store, "reanswer", 1, k=1)
    _, _, _, creator = carry_on(store, run, says({}))
    store.do(lambda db: db.execute("DELETE FROM answer_again") and None)
    store.do(lambda db: db.execute("UPDATE call SET state = 'waiting'") and None)
    store.do(lambda db: db.execute("UPDATE request SET outcome = 'replied'") and None)
    _, _, result, creator = carry_on(store, run, lambda _: Reply("", 0, 0, "stop", "m"))
    assert (len(creator.asked), result["answered"]) == (0, 1)
