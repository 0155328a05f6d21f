"""What is asked: messages, schema and grammar, for a call of n and for one example at a time."""

import json

from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.topics import read_topics, split_topics, topics_for, two_of
from seedbed_engine.examples import Example

CLAIM = Example("Eating soup means eating only solids.", ("True", "False"), "False")
PASSAGE = Example("is it wet", ("yes", "no"), "yes", "Soup is made\nwith water.")
CHOICE = Example("Where are books?", ("library", "river", "oven"), "river")
GRADE = Example("Soup was cold.", ("good", "bad"), "bad")
BLANK = Example("Ann gave Bea the shoes, because _ had too many.", ("Ann", "Bea"), "Ann")
YES_NO = Example("Is greed a sin?", ("True", "False"), "True")


def test_the_papers_prompt_is_an_instruction_and_the_formatting_example_as_json() -> None:
    words = words_for_call(infer_format(PASSAGE), PASSAGE, 5)
    system, user = words.messages
    assert (system.role, user.role) == ("system", "user")
    assert "Write 5 new examples" in system.content
    assert '["yes", "no"]' in system.content
    assert list(json.loads(user.content)) == ["options", "answer", "question", "context"]
    assert "$" not in system.content


def test_the_schema_is_strict_and_holds_the_fields_in_order() -> None:
    schema = words_for_call(infer_format(PASSAGE), PASSAGE, 5).schema
    assert schema is not None
    examples = schema["properties"]["examples"]
    assert (examples["minItems"], examples["maxItems"]) == (5, 5)
    assert list(examples["items"]["properties"]) == ["options", "answer", "question", "context"]
    assert examples["items"]["properties"]["answer"]["enum"] == ["yes", "no"]
    assert schema["additionalProperties"] is examples["items"]["additionalProperties"] is False


def test_wishes_come_after_the_formatting_example_so_that_the_start_stays_the_same() -> None:
    task = infer_format(CLAIM)
    plain = words_for_call(task, CLAIM, 2).messages
    wished = words_for_call(
        task, CLAIM, 2, wanted_answers=["True", "False"], topics=["tea", "ants"], instruction="only about animals"
    ).messages
    assert wished[0] == plain[0]
    assert wished[1].content.startswith(plain[1].content)
    for part in ('["True", "False"]', "tea; ants", "only about animals"):
        assert part in wished[1].content


def test_one_example_at_a_time_is_asked_in_plain_lines_with_topic_and_answer_last() -> None:
    words = words_for_call(
        infer_format(CLAIM), CLAIM, 1, one_at_a_time=True, wanted_answers=["True"], topics=["coral reefs"]
    )
    assert words.schema is None
    assert words.messages[2].content == "Answer: False\nQuestion: Eating soup means eating only solids."
    assert words.messages[-1].content == ("Write a true statement about coral reefs.")
    assert words.grammar is not None
    assert 'answer ::= "True"' in words.grammar
    assert 'question ::= "Coral reefs "' in words.grammar


def test_a_question_keeps_its_opening_and_its_mark_in_the_grammar() -> None:
    grammar = words_for_call(infer_format(YES_NO), YES_NO, 1, one_at_a_time=True, topics=["tea"]).grammar or ""
    assert '"Is " | "Are "' in grammar
    assert '"tea "' in grammar
    assert grammar.rstrip().endswith('"?"')


def test_small_models_are_asked_for_truth_and_untruth_in_words_they_heed() -> None:
    asked = [
        words_for_call(infer_format(seed), seed, 1, one_at_a_time=True, wanted_answers=[answer], topics=["tea"])
        for seed, answer in ((CLAIM, "False"), (YES_NO, "False"), (GRADE, "good"))
    ]
    assert [words.messages[-1].content for words in asked] == [
        "Write a false statement, one that is clearly not true, about tea.",
        "Write a question about tea whose right answer is no.",
        "Write a new statement of the same kind about tea with the answer good.",
    ]


def test_multiple_choice_asks_for_the_answer_before_wrong_options_with_one_to_spare() -> None:
    grammar = words_for_call(infer_format(CHOICE), CHOICE, 1, one_at_a_time=True).grammar or ""
    root = grammar.splitlines()[0]
    assert root.index("Answer: ") < root.index("Wrong: ")
    assert root.count("Wrong: ") == 3
    assert "[abcdefghABCDEFGH]" in root  # each begins with letters of its own


def test_wanted_positions_are_asked_for_in_words_where_each_example_has_options_of_its_own() -> None:
    words = words_for_call(infer_format(CHOICE), CHOICE, 2, wanted_answers=["3", "1"])
    assert words.messages[-1].content.endswith("in this order of the examples: 3, 1.")


def test_a_sentence_with_a_blank_is_asked_for_after_the_two_that_it_names() -> None:
    task = infer_format(BLANK)
    assert task.has_blank
    words = words_for_call(task, BLANK, 1, one_at_a_time=True, topics=["shoes"])
    assert words.messages[2].content.startswith("Answer: Ann\nWrong: Bea\nQuestion: ")
    root = (words.grammar or "").splitlines()[0]
    assert root.index("Wrong: ") < root.index("Question: ")
    assert '" _"' in (words.grammar or "")


def test_the_two_of_a_sentence_with_a_blank_are_drawn_and_named_in_request_and_grammar() -> None:
    task = infer_format(BLANK)
    topics = topics_for(task, BLANK)
    assert len(set(topics)) == len(topics) >= 70
    assert all(two_of(topic) and two_of(topic)[0].istitle() for topic in topics)  # type: ignore[index]
    words = words_for_call(task, BLANK, 1, one_at_a_time=True, topics=["Maria / Sarah"])
    assert words.messages[1].content == "Write a sentence with Ann and Bea."
    assert words.messages[3].content.endswith("with Maria and Sarah; the blank means Maria.")
    assert (words.grammar or "").startswith(r'root ::= "Answer: Maria\nWrong: Sarah\nQuestion: " ')


def test_the_two_are_things_where_the_seed_names_things_or_topics_are_chosen() -> None:
    trophy = Example("The trophy is not in the suitcase as the _ is too big.", ("trophy", "suitcase"), "trophy")
    assert "owls / eagles" in topics_for(infer_format(trophy), trophy)
    assert topics_for(infer_format(BLANK), BLANK, ("tea", "ants")) == ("tea / ants", "ants / tea")
    assert topics_for(infer_format(CLAIM), CLAIM, ("tea",)) == ("tea",)
    assert two_of("tea") is None


def test_a_passage_is_one_line_before_its_question() -> None:
    words = words_for_call(infer_format(PASSAGE), PASSAGE, 1, one_at_a_time=True)
    assert "Passage: Soup is made with water.\nQuestion: is it wet" in words.messages[2].content
    assert (words.grammar or "").index("Passage") < (words.grammar or "").index("Question")


def test_there_are_topics_for_every_day_without_repetition() -> None:
    topics = read_topics()
    assert len(topics) >= 150
    assert len({topic.casefold() for topic in topics}) == len(topics)
    assert len(read_topics("medicine")) >= 30
    assert split_topics("# note\n\ntea\n tea \nants\n") == ("tea", "ants")


def test_a_small_model_may_write_twice_what_it_is_shown_and_never_more_than_twice_the_seed() -> None:
    """Shown what it wrote before, it would else write longer and longer, down the whole of a chain."""
    task = infer_format(CLAIM)
    shown = [Example("Soup is wet. " * many, CLAIM.options, "True") for many in (1, 3, 30)]
    short, usual, long = (words_for_call(task, each, 1, one_at_a_time=True).max_tokens for each in shown)
    assert short < usual == long
    assert long < len(shown[-1].question) // 4
    assert words_for_call(task, shown[-1], 1).max_tokens > len(shown[-1].question) // 2  # a larger creator is not held


def test_lines_end_sooner_where_the_shown_example_is_longer_than_the_seed() -> None:
    task = infer_format(CLAIM)
    shown = [Example("Soup is wet. " * many, CLAIM.options, "True") for many in (1, 9, 90)]
    endings = [words_for_call(task, each, 1, one_at_a_time=True).ending for each in (CLAIM, *shown)]
    assert endings[:2] == [0, 0]
    assert 0 < endings[2] < endings[3]
    assert words_for_call(task, shown[-1], 1).ending == 0
