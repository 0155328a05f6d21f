"""A verdict as one file to read, print and send: HTML that needs nothing else, or Markdown."""

import base64
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from seedbed_engine.errors import InvalidFile
from seedbed_engine.learning.reported_errors import Facts, errors_html, figure_html, matrix_html, table_html
from seedbed_engine.learning.verdicts import Verdict, VerdictRow, percent, verdict_table

PICTURES = {".png": "image/png", ".svg": "image/svg+xml"}
STYLE = """
@page { size: A4; margin: 16mm }
* { box-sizing: border-box }
body { margin: 0; background: #fbfbf9; color: #1d2320; font: 15px/1.6 Inter, system-ui, sans-serif }
main { max-width: 860px; margin: 0 auto; padding: 48px 24px }
h1 { font-size: 28px; line-height: 1.25; margin: 0 0 12px; letter-spacing: -.01em }
h2 { font-size: 15px; margin: 32px 0 8px } h3 { font-size: 13px; margin: 20px 0 4px }
.kicker, th, figcaption { color: #5c6660; font-size: 12px; font-weight: 600 }
.kicker { margin: 0 0 4px }
.lead { font-size: 16px; margin: 0 }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 13px }
th, td { text-align: left; padding: 8px 16px 8px 0; border-bottom: 1px solid #e3e5df; vertical-align: top }
th:last-child, td:last-child { padding-right: 0 }
td { overflow-wrap: break-word }
.figures td:not(:first-child), .figures th:not(:first-child) { text-align: right; white-space: nowrap }
.figures.remarked tr > :last-child { text-align: left; color: #8a5a14; font-weight: 400 }
.facts { table-layout: fixed } .facts th:first-child { width: 120px }
tr.created td, tr.told td { font-weight: 600 }
.wrong { table-layout: fixed } .wrong td { font-size: 12px; line-height: 1.45 }
.wrong th:nth-child(1), .wrong th:nth-child(5) { width: 26% } .wrong th:nth-child(4) { width: 58px }
.matrix { width: auto } .matrix td { text-align: center; padding: 8px 12px } .matrix td.right { background: #e6f2ea }
ul { padding-left: 20px; margin: 8px 0 } figure { margin: 16px 0 } img, svg { max-width: 100%; height: auto }
section { overflow-x: auto }
.human-not { background: #fbf1dd; color: #8a5a14; border-radius: 8px; padding: 8px 12px; margin: 16px 0 0 }
section, tr, figure { break-inside: avoid } section.errors { break-inside: auto }
@media (max-width: 640px) { main { padding: 24px 16px } h1 { font-size: 22px } table { font-size: 12px } }
@media print { body { background: #fff } main { padding: 0; max-width: none } }
"""


def write_report(
    path: Path, verdict: Verdict, picture: Path | None, facts: Mapping[str, str], errors: Sequence[Facts] = ()
) -> None:
    """Write the verdict with its facts (name and value) and a picture of the tree; `.md` gives Markdown, else HTML.

    `errors` are what `errors_of` finds for each model; they are in the HTML only.
    """
    text = _markdown(verdict, picture, facts) if path.suffix == ".md" else _html(verdict, picture, facts, errors)
    beside = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        raise InvalidFile(f"The report cannot be written: {error.strerror}.", "Choose another place.") from error


def _html(verdict: Verdict, picture: Path | None, facts: Mapping[str, str], errors: Sequence[Facts]) -> str:
    title = "Confusion of the model trained on created data"
    confusion = _section(title, matrix_html(verdict.labels, verdict.confusion)) if verdict.confusion else ""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(verdict.headline)}</title><style>{STYLE}</style></head><body><main>",
        '<p class="kicker">Seedbed, verdict</p>',
        f"<h1>{escape(verdict.headline)}</h1><p class=lead>{escape(verdict.sentence)}</p>",
        "" if verdict.is_human_test else "<p class=human-not>No human test set: judged on created examples.</p>",
        _section("Accuracy", _table_html(verdict) + _intervals(verdict)),
        _section("Remarks", _list(verdict.notes)) if verdict.notes else "",
        "" if errors else confusion,
        _section("Each label", _classes(verdict)) if verdict.classes else "",
        _section("Facts", _facts(facts)) if facts else "",
        _section("The tree", _image(picture)) if picture else "",
        errors_html(errors),
        "</main></body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inner}</section>"


def _table_html(verdict: Verdict) -> str:
    head, *rows = verdict_table(verdict)
    kind = "figures" if head[-1] else "figures remarked"
    return table_html(kind, head, rows, [row.model for row in verdict.rows])


def _intervals(verdict: Verdict) -> str:
    """Accuracies and their intervals side by side, the majority share as a dashed line; in SVG."""
    low = min(row.interval.low for row in verdict.rows)
    high = max(row.interval.high for row in verdict.rows)
    first, last = max(0.0, low - 0.05), min(1.0, high + 0.05)
    left, width, height = 270, 440, 28 * len(verdict.rows)

    def x(share: float) -> float:
        return left + (share - first) / (last - first) * width

    ticks = [(x(tick / 10), 10 * tick) for tick in range(11) if first <= tick / 10 <= last]
    lines = [f'<line x1="{at:.1f}" x2="{at:.1f}" y1="4" y2="{height}" stroke="#e3e5df"/>' for at, _ in ticks]
    label = 'font-size="11" fill="#5c6660" text-anchor="middle"'
    lines += [f'<text x="{at:.1f}" y="{height + 16}" {label}>{tick} %</text>' for at, tick in ticks]
    m = x(verdict.majority_share)
    lines.append(f'<line x1="{m:.1f}" x2="{m:.1f}" y1="4" y2="{height}" stroke="#5c6660" stroke-dasharray="3 4"/>')
    for place, row in enumerate(verdict.rows):
        y = 18 + 28 * place
        lines.append(f'<text x="0" y="{y + 4}" font-size="12" fill="#1d2320">{escape(_short(row.name))}</text>')
        lines.append(_bar(row, x(row.interval.low), x(row.accuracy), x(row.interval.high), y))
    caption = "Accuracy with its 95 % interval; dashed: always the same answer"
    return figure_html(left + width + 20, height + 24, lines, caption)


def _short(text: str, most: int = 42) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _bar(row: VerdictRow, low: float, middle: float, high: float, y: int) -> str:
    colour = {"created": "#276b43", "human": "#1d2320"}.get(row.model, "#8d968f")
    return (
        f'<g stroke="{colour}" fill="{colour}"><title>{escape(row.name)}: {percent(row.accuracy)}</title>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke-width="2"/>'
        f'<circle cx="{middle:.1f}" cy="{y}" r="5"/></g>'
    )


def _classes(verdict: Verdict) -> str:
    rows = [
        [each.label, str(each.items), *map(percent, (each.precision, each.recall, each.f1, each.predicted))]
        for each in verdict.classes
    ]
    return table_html("figures", ["Label", "Test items", "Precision", "Recall", "F1", "Share of answers"], rows)


def _facts(facts: Mapping[str, str]) -> str:
    return table_html("facts", ["", ""], [[name, str(value)] for name, value in facts.items()])


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _image(picture: Path) -> str:
    """The picture inside the page; as an image it can run nothing, SVG neither."""
    kind = PICTURES.get(picture.suffix.lower())
    if kind is None:
        raise InvalidFile(f"'{picture.name}' is not a PNG or SVG picture.", "Draw the tree into one of these.")
    try:
        data = base64.b64encode(picture.read_bytes()).decode()
    except OSError as error:
        raise InvalidFile(f"The picture '{picture.name}' cannot be read.", "Draw it again.") from error
    return f'<figure><img src="data:{kind};base64,{data}" alt="The tree of created examples"></figure>'


def _markdown(verdict: Verdict, picture: Path | None, facts: Mapping[str, str]) -> str:
    head, *rows = verdict_table(verdict)
    lines = [f"# {_plain(verdict.headline)}", "", _plain(verdict.sentence), "", "## Accuracy", ""]
    lines += [_cells(head), _cells(["---"] * len(head)), *(_cells(row) for row in rows), ""]
    if verdict.notes:
        lines += ["## Remarks", "", *(f"- {_plain(note)}" for note in verdict.notes), ""]
    if verdict.confusion:
        lines += ["## Confusion of the model trained on created data", ""]
        lines += [_cells(["", *(f"answered {label}" for label in verdict.labels)])]
        lines += [_cells(["---"] * (len(verdict.labels) + 1))]
        lines += [
            _cells([f"truly {label}", *map(str, counts)])
            for label, counts in zip(verdict.labels, verdict.confusion, strict=True)
        ]
        lines += [""]
    if picture:
        lines += ["## The tree", "", f"![The tree of created examples]({picture.name.replace(' ', '%20')})", ""]
    if facts:
        lines += ["## Facts", "", _cells(["Fact", ""]), _cells(["---", "---"])]
        lines += [*(_cells([name, str(value)]) for name, value in facts.items()), ""]
    return "\n".join(lines)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell if cell == '---' else _plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    """Text that Markdown takes for nothing but text."""
    return re.sub(r"([\\`*_{}\[\]<>#|!~$&])", r"\\\1", " ".join(text.split()))
