"""Run as a script: the whole corpus as mobjects, once as Manim makes them and once as we do, and where they differ."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from manim import tempconfig  # noqa: E402
from manim.mobject.svg.svg_mobject import SVG_HASH_TO_MOB_MAP  # noqa: E402

from generation.engine.render import outlines, quick  # noqa: E402
from tests.render.described import described  # noqa: E402
from tests.render.outline_corpus import FORMULAS, TEXTS  # noqa: E402


def made(kinds: dict[str, Any]) -> dict[str, Any]:
    SVG_HASH_TO_MOB_MAP.clear()
    result = {}
    for name, (kind, arguments, options) in kinds.items():
        try:
            result[name] = described(kind(*arguments, **options), {})
        except Exception as error:
            result[name] = f"{type(error).__name__}: {error}"
    return result


def main() -> None:
    kinds = {**TEXTS, **FORMULAS} if "formulas" in sys.argv else TEXTS
    reads = {"ours": 0, "theirs": 0}
    read = outlines.read

    def counted(*arguments: Any) -> Any:
        reads["theirs"] += 1
        result = read(*arguments)
        reads["ours"], reads["theirs"] = reads["ours"] + 1, reads["theirs"] - 1
        return result

    vars(outlines)["read"] = counted
    with tempfile.TemporaryDirectory() as media, tempconfig({"media_dir": media, "verbosity": "CRITICAL"}):
        plain = made(kinds)
        left_out = quick.install()
        ours = made(kinds)
    differ = [name for name in kinds if plain[name] != ours[name]]
    report = {"differ": differ, "kinds": len(kinds), "left_out": [str(patch) for patch in left_out], **reads}
    if "show" in sys.argv and differ:
        report["show"] = first_difference(plain[differ[0]], ours[differ[0]])
    json.dump(report, sys.stdout)


def first_difference(one: Any, other: Any, path: str = "") -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            if one.get(name) != other.get(name):
                return first_difference(one.get(name), other.get(name), f"{path}.{name}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other, strict=True)):
            if left != right:
                return first_difference(left, right, f"{path}[{index}]")
    return f"{path}: {str(one)[:300]} != {str(other)[:300]}"


main()
