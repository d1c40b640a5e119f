"""The card of a dataset, for people: what is in it, where it comes from, how it was made and what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TITLES = {
    "task": "Task",
    "split": "Split",
    "source": "Source",
    "language": "Language",
    "profile": "Asked as of a model",
}
TASKS = {
    "write": "a scene from a request",
    "edit": "a change in words to single lines",
    "repair": "a scene from its error",
    "fill": "knobs as JSON from a sentence",
    "reword": "spoken lines in other words",
    "plan": "a storyboard from a request",
}
TEXT = """# {name}

Conversations that end with the answer a model of Theorama should give, each asked in the words that serving uses and
proved by the checks that serving uses.

- Version: `{sha256}` (the sum of `MANIFEST.json`)
- Lane: **{lane}**
- Rows: {rows}; tokens: {tokens}, of them {answer_tokens} in answers, counted by: {counter}

## Sources and licences

{sources}
## What is in it

{tables}
{families} families; the largest has {largest} rows.

## How it was made

{steps}
Every answer with code passed the code policy, the API index of the installed Manim, and a run without drawing in the
jail with the layout probe. A wish's lines were taken by the editor itself, a form by the reader, spoken lines by the
check that their numbers and formulas stay. What a broken scene is told is what those checks truly said about it.

Kept apart from {prompts}: no request equals one, shares eight words in a row with one, or is half like one (MinHash of
three-word runs). Near-duplicates are rows whose request and answer are both alike. Splits follow connected components
of family, file and likeness; whole families are held out.

## What it is not

Requests and answers were written or derived by rule from the sources above, not collected from people. Short scenes
come from a few dozen families, so a model trained on nothing else will sound like them. Running is not the same as
showing what was asked: that the two agree rests on the families, which people wrote.
"""


def of(manifest: Mapping[str, Any], sha256: str) -> str:
    """The card as Markdown, with the header that dataset hubs read."""
    licences = sorted({source["licence"] for source in manifest["sources"]})
    suites = manifest["suites"]
    known = {
        "name": manifest["name"],
        "sha256": sha256,
        "lane": manifest["lane"],
        "rows": f"{manifest['rows']:,}",
        "tokens": f"{manifest['tokens']:,}",
        "answer_tokens": f"{manifest['answer_tokens']:,}",
        "counter": manifest["token_counter"],
        "families": len(manifest["families"]),
        "largest": max(manifest["families"].values()),
        "prompts": f"{len(suites['files'])} evaluation files with {suites['prompts']:,} prompts",
        "sources": _sources(manifest["sources"]),
        "tables": "\n".join(_table(title, manifest["tables"][key]) for key, title in TITLES.items()),
        "steps": _steps(manifest["steps"]),
    }
    return _header(manifest, licences) + TEXT.format(**known)


def _sources(sources: list[dict[str, Any]]) -> str:
    keys = ("name", "version", "licence", "lane", "rows", "evidence")
    return _rows([key.capitalize() for key in keys], [[str(each[key]) for key in keys] for each in sources])


def _header(manifest: Mapping[str, Any], licences: list[str]) -> str:
    known = {"MIT": "mit", "Apache-2.0": "apache-2.0"}
    listed = "\n".join(f"- {known.get(each, 'other')}" for each in licences)
    splits = "\n".join(f"  - split: {split}\n    path: data/{split}-*.jsonl" for split in manifest["tables"]["split"])
    return (
        f"---\npretty_name: {manifest['name']}\nlicense:\n{listed}\ntask_categories:\n- text-generation\n"
        f"tags:\n- manim\n- code\nconfigs:\n- config_name: default\n  data_files:\n{splits}\n---\n"
    )


def _table(title: str, found: Mapping[str, Mapping[str, int]]) -> str:
    rows = [
        [
            f"{value} ({TASKS[value]})" if value in TASKS else value,
            *(f"{counts[key]:,}" for key in ("rows", "tokens", "answer_tokens")),
        ]
        for value, counts in found.items()
    ]
    return _rows([title, "Rows", "Tokens", "Answer tokens"], rows)


def _steps(steps: Mapping[str, Any]) -> str:
    rows = [
        [key, f"{count:,}", f"{steps['proved'].get(key, 0):,}", f"{steps['proved'].get(key, 0) / count:.0%}"]
        for key, count in steps["candidates"].items()
    ]
    dropped = [
        [step, f"{sum(count.values()) if isinstance(count, dict) else count:,}"]
        for step, count in steps["dropped"].items()
    ]
    rejected = sorted(steps["rejected"].items(), key=lambda each: -each[1])[:20]
    return "\n".join(
        [
            _rows(["Source and task", "Candidates", "Proved", "Yield"], rows),
            _rows(["Then dropped", "Rows"], dropped),
            _rows(
                ["Most frequent reasons of rejection", "Candidates"], [[key, f"{count:,}"] for key, count in rejected]
            ),
        ]
    )


def _rows(header: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows), ""])
