"""The errors of a verdict's models as sections of a report: confusion, calibration, slices, the surest errors."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from seedbed_engine.keeping.answers_kept import TEST
from seedbed_engine.learning.verdicts import percent
from seedbed_engine.learning.weighing import ALL_HUMAN, CREATED, HUMAN

Facts = Mapping[str, Any]
Scale = Callable[[float], float]
TOLD = 30  # errors of each model, the surest first
LONGEST, LONGEST_ANSWER = 300, 80  # characters of a question and of an answer
NAMES = {
    CREATED: "the model trained on created data",
    HUMAN: "the model trained on human data",
    ALL_HUMAN: "the model trained on all human data",
}
TEACHERS = "Nearest: the created example that lies nearest to it among those trained on, with its branch in the tree."
NO_TEACHERS = "Nearest: the created example that lies nearest to it, with its branch; this model did not learn from it."
SEALED = "The questions below are of the test set: whoever grows by them makes the test worthless."
LEFT, RIGHT, TOP, WIDTH, PLOT, COUNTS = 48, 16, 12, 666, 220, 56  # units of the figure
QUIET = 'font-size="11" fill="#5c6660"'


def errors_html(found: Sequence[Facts]) -> str:
    """A section for each model on each part; labels and texts of whatever kind are only text."""
    return "\n".join(_model(facts) for facts in found)


def table_html(kind: str, head: Iterable[str], rows: Iterable[Sequence[str]], classes: Sequence[str] = ()) -> str:
    """A table of texts; `classes` name the look of each row."""
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = ""
    for place, row in enumerate(rows):
        row_kind = f' class="{escape(classes[place])}"' if classes else ""
        body += f"<tr{row_kind}>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    return f"<table class='{kind}'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def figure_html(width: int, height: int, shapes: Iterable[str], caption: str) -> str:
    """A figure in SVG as large as its letters ask for, with its caption (no text of a person's or a creator's)."""
    return (
        f'<figure><svg width="{width}" viewBox="0 0 {width} {height}" role="img" aria-label="{caption}">'
        f"{''.join(shapes)}</svg><figcaption>{caption}</figcaption></figure>"
    )


def matrix_html(labels: Sequence[str], confusion: Sequence[Sequence[int]]) -> str:
    """Counts with a row for each true label and a column for each answer."""
    heads = "".join(f"<th>answered {escape(_cut(label, LONGEST_ANSWER))}</th>" for label in labels)
    body = ""
    for place, (label, counts) in enumerate(zip(labels, confusion, strict=True)):
        cells = "".join(f"<td{' class=right' if place == at else ''}>{int(n)}</td>" for at, n in enumerate(counts))
        body += f"<tr><th>truly {escape(_cut(label, LONGEST_ANSWER))}</th>{cells}</tr>"
    return f"<table class=matrix><thead><tr><th></th>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _model(facts: Facts) -> str:
    wrong = len(facts["errors"])
    name: str = NAMES.get(facts["model"]) or facts["model"]
    total = round(facts["items"] * (1 - facts["accuracy"]))
    said = (
        f"{total} of {facts['items']} wrong on the {'test set' if facts['part'] == TEST else facts['part'] + ' part'}"
    )
    return "".join(
        [
            f"<section class=errors><h2>Errors of {escape(name)}</h2>",
            f"<p>{escape(said)}, by answers averaged over the seeds.</p>",
            matrix_html(facts["labels"], facts["confusion"]),
            "<h3>As often right as it is sure?</h3>",
            calibration_svg(facts["calibration"]),
            "<h3>Slices</h3>",
            _slices(facts),
            f"<h3>The {min(TOLD, wrong)} errors it was surest of</h3>" if wrong else "",
            _errors(facts) if wrong else "",
            "</section>",
        ]
    )


def _slices(facts: Facts) -> str:
    head = ["Slice", "Items", "Accuracy", "95 % interval", "p", "p after Holm"]
    rows = [
        [
            f"{each['by']}: {each['name']}",
            str(each["items"]),
            percent(each["accuracy"]),
            f"{percent(each['interval']['low'])} to {percent(each['interval']['high'])}",
            _p(each["p_value"]),
            _p(each["p_corrected"]),
        ]
        for each in facts["slices"]
    ]
    kinds = ["told" if each["is_distinguishable"] else "" for each in facts["slices"]]
    return f"<p>{escape(facts['slices said'])}</p>{table_html('figures', head, rows, kinds)}"


def _errors(facts: Facts) -> str:
    head = ["Question", "Answered", "Right", "Sure", "Nearest", "Branch"]
    rows = []
    for error in facts["errors"][:TOLD]:
        near = error["nearest"][0] if error["nearest"] else None
        rows.append(
            [
                _cut(error["question"], LONGEST),
                _cut(error["predicted"], LONGEST_ANSWER),
                _cut(error["answer"], LONGEST_ANSWER),
                f"{100 * error['sureness']:.0f} %",
                f"#{near['example']}: {_cut(near['question'], LONGEST)} ({_cut(near['answer'], LONGEST_ANSWER)})"
                if near
                else "none",
                f"{near['branch']}, likeness {near['likeness']:.2f}" if near else "",
            ]
        )
    said = [TEACHERS if facts["model"] == CREATED else NO_TEACHERS, *([SEALED] if facts["part"] == TEST else [])]
    return f"<p>{' '.join(map(escape, said))}</p>{table_html('wrong', head, rows)}"


def calibration_svg(calibration: Facts) -> str:
    """Sureness across, accuracy upright with intervals, the number of items below; hollow where there are few."""
    bins = calibration["bins"]
    first = min((each["low"] for each in bins), default=0.0)

    def x(sure: float) -> float:
        return LEFT + (sure - first) / (1 - first) * WIDTH

    def y(right: float) -> float:
        return TOP + (1 - right) * PLOT

    lines = []
    for quarter in range(5):
        at = y(quarter / 4)
        lines.append(f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{at:.1f}" y2="{at:.1f}" stroke="#e3e5df"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" {QUIET} text-anchor="end">{25 * quarter}</text>')
    for tenth in range(round(10 * first), 11):
        lines.append(
            f'<text x="{x(tenth / 10):.1f}" y="{TOP + PLOT + 16}" {QUIET} text-anchor="middle">{10 * tenth}</text>'
        )
    diagonal = f'x1="{x(first):.1f}" y1="{y(first):.1f}" x2="{x(1):.1f}" y2="{y(1):.1f}"'
    lines.append(f'<line {diagonal} stroke="#8d968f" stroke-dasharray="3 4"/>')
    most = max((each["items"] for each in bins), default=1)
    lines += [_bin(each, x, y) + _count(each, x, most) for each in bins]
    said = "Across: how sure, %; upright: how often right, %, with 95 % intervals; below: items. Hollow: few items. "
    said += f"Expected calibration error {percent(calibration['error'])} points; chance alone gives up to "
    said += f"{percent(calibration['by_chance'])} with so many items."
    return figure_html(LEFT + WIDTH + RIGHT, TOP + PLOT + 24 + COUNTS, lines, said)


def _bin(each: Facts, x: Scale, y: Scale) -> str:
    few = each["is_uncertain"]
    colour, fill = ("#5c6660", "#ffffff") if few else ("#1d2320", "#1d2320")
    at, interval = x(each["sureness"]), each["interval"]
    dashes = ' stroke-dasharray="2 3"' if few else ""
    return (
        f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{y(interval["low"]):.1f}" y2="{y(interval["high"]):.1f}" '
        f'stroke="{colour}" stroke-width="1.5"{dashes}/>'
        f'<circle cx="{at:.1f}" cy="{y(each["accuracy"]):.1f}" r="4" fill="{fill}" stroke="{colour}"/>'
    )


def _count(each: Facts, x: Scale, most: int) -> str:
    bottom, height = TOP + PLOT + 24 + COUNTS - 2, max(2.0, (COUNTS - 18) * each["items"] / most)
    left, right = x(each["low"]) + 2, x(each["high"]) - 2
    return (
        f'<rect x="{left:.1f}" width="{right - left:.1f}" y="{bottom - height:.1f}" height="{height:.1f}" '
        'fill="#d8ddd8"/>'
        f'<text x="{(left + right) / 2:.1f}" y="{bottom - height - 4:.1f}" {QUIET} text-anchor="middle">'
        f"{each['items']}</text>"
    )


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
