"""What a conversion came to: yields, by rule and by generation, and what is left, by rule and by file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table

from training.convert.corpus import Row
from training.convert.rules.order import rules
from training.convert.verification import Verified

MOST_FAULTS = 20


def report(found: Sequence[Row], runs: Mapping[str, Verified]) -> dict[str, Any]:
    """All of it, for a JSON file. `runs` holds what came of the scenes that were run, by the rows' ids."""
    return {
        "yields": {"all": yields(found, runs), **_by_generation(found, runs)},
        "rules": _by_rule(found, runs),
        "left": _left(found),
        "files": _files(found),
        "faults": _faults(found),
        "runs": _runs(found, runs),
    }


def yields(found: Iterable[Row], runs: Mapping[str, Verified]) -> dict[str, int]:
    """How many scenes got how far."""
    rows = list(found)
    ran = [(row, runs[row.id]) for row in rows if row.id in runs]
    good = [(row, each) for row, each in ran if each.runs]
    return {
        "scenes": len(rows),
        "failed": sum(bool(row.error) for row in rows),
        "valid": sum(row.valid for row in rows),
        "allowed": sum(row.valid and not row.policy for row in rows),
        "whole": sum(row.valid and row.faithful for row in rows),
        "tried": len(ran),
        "run": len(good),
        "run_whole": sum(row.faithful for row, _ in good),
        "run_clear": sum(not each.layout for _, each in good),
    }


def _by_generation(found: Sequence[Row], runs: Mapping[str, Verified]) -> dict[str, dict[str, int]]:
    return {
        name: yields((row for row in found if row.generation == name), runs)
        for name in sorted({row.generation for row in found})
    }


def _by_rule(found: Sequence[Row], runs: Mapping[str, Verified]) -> dict[str, dict[str, Any]]:
    """For each rule: its uses, files and scenes, and how far the scenes that needed it got."""
    made: dict[str, dict[str, Any]] = {}
    for rule in rules():
        name = rule().title
        rows = [row for row in found if row.counts.get(name)]
        made[name] = {
            "differences": list(rule.differences),
            "uses": sum(row.counts[name] for row in rows),
            "files": len({row.path for row in rows}),
            "left": sum(each.rule == name for row in found for each in row.left),
            **yields(rows, runs),
        }
    return made


def _left(found: Iterable[Row]) -> list[dict[str, Any]]:
    """What is left, the most frequent first."""
    counted: Counter[tuple[str, str, str, bool]] = Counter()
    for row in found:
        counted.update((each.rule, each.what, each.why, each.shows) for each in row.left)
    return [
        {"rule": rule, "what": what, "why": why, "shows": shows, "scenes": count}
        for (rule, what, why, shows), count in counted.most_common()
    ]


def _files(found: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """For each file: its scenes, how many are valid, what is left in it."""
    made: dict[str, dict[str, Any]] = defaultdict(lambda: {"scenes": 0, "valid": 0, "left": [], "faults": []})
    for row in found:
        file = made[row.path]
        file["scenes"] += 1
        file["valid"] += row.valid
        file["left"] += [f"{row.scene}: {each.what} ({each.why}, {each.rule})" for each in row.left]
        file["faults"] += [f"{row.scene}, line {each['line']}: {each['message']}" for each in row.faults]
        file["faults"] += [f"{row.scene}: {row.error}"] if row.error else []
    return dict(sorted(made.items()))


def _faults(found: Iterable[Row]) -> list[dict[str, Any]]:
    counted = Counter((each["code"], each["message"]) for row in found for each in row.faults)
    return [
        {"code": code, "message": message, "times": count}
        for (code, message), count in counted.most_common(MOST_FAULTS)
    ]


def _runs(found: Iterable[Row], runs: Mapping[str, Verified]) -> list[dict[str, Any]]:
    """The scenes that were run and failed, and what the layout probe saw in the others."""
    return [
        {"id": row.id, "fault": each.fault, "message": each.message, "line": each.line, "layout": list(each.layout)}
        for row in found
        if (each := runs.get(row.id)) is not None and (not each.runs or each.layout)
    ]


def percent(part: int, whole: int) -> str:
    """A share in words."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def tables(made: Mapping[str, Any]) -> list[Table]:
    """The same for a terminal: yields, rules, what is left."""
    head = Table("", "scenes", "static check", "with its picture whole", "run", "of tried", title="Yields")
    for name, each in made["yields"].items():
        head.add_row(
            name, str(each["scenes"]), f"{each['valid']} ({percent(each['valid'], each['scenes'])})",
            f"{each['whole']} ({percent(each['whole'], each['scenes'])})",
            f"{each['run']} ({percent(each['run'], each['tried'])})", str(each["tried"]),
        )  # fmt: skip
    by_rule = Table("rule", "uses", "files", "scenes", "static check", "run of tried", "left", title="Rules")
    for name, each in sorted(made["rules"].items(), key=lambda pair: -pair[1]["uses"]):
        if each["uses"] or each["left"]:
            by_rule.add_row(
                name, str(each["uses"]), str(each["files"]), str(each["scenes"]),
                percent(each["valid"], each["scenes"]), f"{each['run']} of {each['tried']}", str(each["left"]),
            )  # fmt: skip
    left = Table("rule", "what", "why", "in the picture", "scenes", title="Left")
    for each in made["left"]:
        left.add_row(each["rule"], each["what"], each["why"], "yes" if each["shows"] else "no", str(each["scenes"]))
    faults = Table("kind", "what Manim does not have", "times", title="Faults of the static check")
    for each in made["faults"]:
        faults.add_row(each["code"], each["message"], str(each["times"]))
    return [head, by_rule, left, faults]


def file_table(made: Mapping[str, Any]) -> Table:
    """What is left in each file."""
    table = Table("file", "scenes", "static check", "left", title="Files")
    for name, each in made["files"].items():
        if each["left"] or each["faults"]:
            table.add_row(name, str(each["scenes"]), str(each["valid"]), "\n".join([*each["left"], *each["faults"]]))
    return table
