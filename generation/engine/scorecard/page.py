"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from generation.engine.scorecard.intervals import Pair, Rate, Spread
from generation.engine.scorecard.report import MEASURES, Report, Summary, level, subject
from generation.engine.scorecard.rows import Row

STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { border-bottom: 1px solid #8886; padding: .3rem .6rem; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
.bad { color: #b3261e; font-weight: 600; }
small { opacity: .75; }
img { max-width: 100%; border-radius: 4px; }
@media (prefers-color-scheme: dark) { .bad { color: #ff8a80; } }
"""
SHORT = ("understood", "served", "honest", "api", "first_try", "after_repair", "clean_layout", "in_frame", "numbers")


def page(report: Report) -> str:
    """The whole page."""
    summary = report.summary
    title = f"Scorecard: {report.writer} writer, suite {report.suite}"
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    how = "rendered at 480p" if report.rendered else "checked without drawing"
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{summary.prompts} answers, {report.seeds} a prompt, {how}. {escape(versions)}.</p>",
        "<p>Intervals are 95 %: Wilson's for rates, bootstrap for medians.</p>",
        _measures(summary),
        "<h2>By subject</h2>",
        _groups("Subject", report.by(subject)),
        "<h2>By level</h2>",
        _groups("Level", report.by(level)),
        "<h2>Prompts</h2>",
        _prompts(report.rows),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        "<body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def _measures(summary: Summary) -> str:
    rows = [(each.title, rate_words(summary.rates[each.name])) for each in MEASURES]
    rows += counts(summary)
    return _table(("Measure", "Result"), [[escape(name), escape(value)] for name, value in rows])


def counts(summary: Summary) -> list[tuple[str, str]]:
    """What is no rate, by name."""
    return [
        ("layout faults", f"{summary.layout_faults}, of them off the frame {summary.off_frame}"),
        ("tokens", str(summary.tokens)),
        ("attempts", str(summary.attempts)),
        ("seconds until it was written", spread_words(summary.writing)),
        ("seconds to first frame", spread_words(summary.first_frame)),
        ("seconds to video", spread_words(summary.video)),
        ("failures of provider or machine", str(summary.trouble)),
    ]


def _groups(head: str, groups: Mapping[str, Summary]) -> str:
    titles = {each.name: each.title for each in MEASURES}
    lines = [
        [escape(name), str(part.prompts), *(_share(part.rates[each]) for each in SHORT), str(part.layout_faults)]
        for name, part in groups.items()
    ]
    return _table((head, "prompts", *(titles[each] for each in SHORT), "layout faults"), lines)


def _prompts(rows: Iterable[Row]) -> str:
    return _table(
        ("Prompt", "Level", "Outcome", "Shown or offered", "Notes"),
        [
            [
                escape(row.prompt.prompt) + _picture(row),
                escape(row.prompt.level),
                _outcome(row),
                escape(", ".join(row.shown or row.offered)),
                "<br>".join(escape(note) for note in _notes(row)),
            ]
            for row in rows
        ],
    )


def _outcome(row: Row) -> str:
    word = escape(row.outcome)
    return word if row.expected or not row.labelled else f'{word}<br><span class="bad">not as labelled</span>'


def _notes(row: Row) -> list[str]:
    notes = [] if row.expected or not row.labelled else [f"label: {', '.join(row.prompt.expect) or 'refuse'}"]
    notes += [*row.told, row.message]
    if row.missing:
        notes.append(f"not as asked: {', '.join(map(str, row.missing))}")
    for scene in row.scenes:
        notes += [f"{scene.title}: {scene.fault}"] if scene.fault else []
        notes += [f"{scene.title}, {fault.seconds:.1f} s: {fault.message}" for fault in scene.layout]
    return [note for note in notes if note]


def _picture(row: Row) -> str:
    if not row.sheet:
        return ""
    return f'<br><img loading="lazy" alt="Middle and end of each scene" src="data:image/jpeg;base64,{row.sheet}">'


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    heads = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'


def rate_words(found: Rate) -> str:
    """A rate with its count and interval."""
    if found.rate is None or found.low is None or found.high is None:
        return "-"
    return f"{found.rate:.1%} ({found.count} of {found.of}; {found.low:.1%} to {found.high:.1%})"


def pair_words(found: Pair) -> str:
    """The difference between two runs, and how sure it is."""
    if found.difference is None or found.low is None or found.high is None:
        return "-"
    return (
        f"{found.difference:+.1%} ({found.low:+.1%} to {found.high:+.1%}; of {found.of} only the first "
        f"{found.only_first}, only the second {found.only_second}; McNemar p = {found.chance:.2g})"
    )


def _share(found: Rate) -> str:
    return "-" if found.rate is None else f"{found.count}/{found.of}"


def spread_words(found: Spread) -> str:
    """Median, quartiles and interval of times."""
    if found.median is None:
        return "not measured"
    return (
        f"{found.median:.1f} (quartiles {found.lower_quartile:.1f} and {found.upper_quartile:.1f}; "
        f"median {found.low:.1f} to {found.high:.1f})"
    )
