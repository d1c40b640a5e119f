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
    "write": "a scene from a request", "edit": "a change in words to single lines", "repair": "a scene from its error",
    "fill": "knobs as JSON from a sentence", "reword": "spoken lines in other words", "plan": "a storyboard from a request",
}  # fmt: skip


def of(manifest: Mapping[str, Any], sha256: str) -> str:
    """The card as Markdown, with the header that dataset hubs read."""
    licences = sorted({source["licence"] for source in manifest["sources"]})
    parts = [
        _header(manifest, licences),
        f"# {manifest['name']}\n",
        "Conversations that end with the answer a model of Theorama should give, each asked in the words that serving "
        "uses and proved by the checks that serving uses.\n",
        f"- Version: `{sha256}` (the sum of `MANIFEST.json`)\n- Lane: **{manifest['lane']}**\n"
        f"- Rows: {manifest['rows']:,}; tokens: {manifest['tokens']:,}, of them {manifest['answer_tokens']:,} in "
        f"answers, counted by: {manifest['token_counter']}\n",
        "## Sources and licences\n",
        _rows(
            ["Source", "Version", "Licence", "Lane", "Rows", "Evidence"],
            [
                [each["name"], each["version"], each["licence"], each["lane"], f"{each['rows']:,}", each["evidence"]]
                for each in manifest["sources"]
            ],
        ),
        "## What is in it\n",
        *(_table(title, manifest["tables"][key]) for key, title in TITLES.items()),
        f"{len(manifest['families'])} families; the largest has {max(manifest['families'].values())} rows.\n",
        "## How it was made\n",
        _steps(manifest["steps"]),
        "Every answer with code passed the code policy, the API index of the installed Manim, and a run without drawing "
        "in the jail with the layout probe. A wish's lines were taken by the editor itself, a form by the reader, spoken "
        "lines by the check that their numbers and formulas stay. What a broken scene is told is what those checks "
        "truly said about it.\n",
        f"Kept apart from {manifest['suites']['prompts']:,} prompts of {len(manifest['suites']['files'])} evaluation "
        "files: no request equals one, shares eight words in a row with one, or is half like one (MinHash of "
        "three-word runs). Near-duplicates: request and answer both alike. Splits follow connected components of "
        "family, file and likeness; whole families are held out.\n",
        "## What it is not\n",
        "Requests and answers were written or derived by rule from sources listed above, not collected from people. "
        "Short scenes come from few dozen families, so a model trained on nothing else will sound like them. Running is "
        "not the same as showing what was asked: that the two agree rests on the families, which people wrote.\n",
    ]
    return "\n".join(parts)


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
