"""The first five minutes, step by step, with the words that docs/first-five-minutes.md has of each."""

from collections.abc import Sequence
from pathlib import Path

from seedbed_gui.guide import steps
from seedbed_gui.guide.steps import Step

PAGE, FOLDER = "first-five-minutes.md", "first-five-minutes"
TITLE = "The first five minutes"
ABOUT = (
    "From one pasted example to a grown tree and a model that is trained and judged. Each picture is of the real "
    "window: `./seedbed screenshots docs` drives it by mouse and keys, grows with the model in the box, trains, and "
    "writes this page."
)

FIRST_MINUTES = (
    Step(
        "start",
        "Start",
        "`./seedbed studio` opens the Start page. Nothing asks for a key.",
        steps.see_the_start_page,
    ),
    Step(
        "example",
        "Paste one example",
        "**New project …** takes one good example: typed, pasted as JSON, or from a file. Its format is inferred "
        "and shown, and what 500 like it would cost.",
        steps.paste_one_example,
    ),
    Step(
        "seed", "Create", "The tree is only its seed so far. **Grow …** is what comes next.", steps.create_the_project
    ),
    Step(
        "grow",
        "Grow",
        "How many, and by whom. The model in the box is free and a demonstrator: its labels are noise.",
        steps.ask_for_growth,
    ),
    Step(
        "growing",
        "Watch",
        "New examples appear as they are kept. The line at the bottom adds up at every moment; **Stop** keeps all that "
        "was made.",
        steps.watch_it_grow,
    ),
    Step("tree", "Look at the tree", "<kbd>F</kbd> fits it into the window, the wheel zooms.", steps.see_the_tree),
    Step(
        "inspector",
        "Read one",
        "A click shows an example in full, and where it came from: parent, prompt, reply, price.",
        steps.read_one_example,
    ),
    Step(
        "review",
        "Review",
        "**Review** shows one new example after the other. <kbd>A</kbd> approves; two are approved here.",
        steps.review_by_keyboard,
    ),
    Step(
        "reject",
        "Reject",
        "<kbd>R</kbd> asks why: a number or your own words; <kbd>Enter</kbd> rejects.",
        steps.reject_one,
    ),
    Step(
        "correct",
        "Correct",
        "<kbd>E</kbd> edits, <kbd>Ctrl</kbd>+<kbd>Enter</kbd> saves. <kbd>Ctrl</kbd>+<kbd>Z</kbd> takes anything back, "
        "also tomorrow.",
        steps.correct_one,
    ),
    Step(
        "test",
        "Bring a test",
        "Drop a file of human examples on the window: its columns are recognised, and it is sealed as the test that "
        "judges.",
        steps.bring_a_test,
    ),
    Step(
        "compare",
        "Bring human examples to compare with",
        "A second file, as **Train**: the verdict then says what as many human examples would have given.",
        steps.bring_human_examples,
    ),
    Step(
        "training",
        "Train and evaluate",
        "One click trains small models, several times each, and judges them.",
        steps.watch_it_train,
    ),
    Step(
        "verdict",
        "Read the verdict",
        "A sentence first, then every accuracy with its interval, and what always giving the same answer would score.",
        steps.read_the_verdict,
    ),
    Step(
        "errors",
        "See where it is wrong",
        "A click on a cell lists its errors, each with the nearest created examples: a click opens these in the tree.",
        steps.see_where_it_is_wrong,
    ),
    Step(
        "runs",
        "Look back",
        "**Runs** keeps every growth and training with its settings, its counts and its price.",
        steps.look_back_at_the_growth,
    ),
    Step(
        "sample",
        "See a better tree",
        "Samples on the Start page come with trees that a larger model grew beforehand.",
        steps.open_a_sample,
    ),
)
README = {"sample": "studio.png", "verdict": "verdict.png"}  # the pictures that README shows


def picture_of(step: Step) -> str:
    """Where a step's picture lies, from the folder of the page."""
    return README.get(step.picture, f"{FOLDER}/{step.picture}.png")


def write_page(folder: Path, told: Sequence[Step] = FIRST_MINUTES) -> Path:
    """Write the page of the steps that were gone through."""
    lines = [f"# {TITLE}", "", ABOUT, ""]
    for number, step in enumerate(told, 1):
        lines += [f"{number}. **{step.title}.** {step.said}", "", f"   ![{step.title}]({picture_of(step)})", ""]
    page = folder / PAGE
    page.write_text("\n".join(lines), encoding="utf-8")
    return page
