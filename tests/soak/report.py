"""The soak's result as JSON for programs and as a page of text for people."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def percentile(ordered: Sequence[float], part: float) -> float | None:
    """Return the value below which `part` of the ordered values lie; None where there are none."""
    return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 2) if ordered else None


def write(result: Mapping[str, Any], path: Path) -> None:
    """Write the JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pending = path.with_suffix(".part")
    pending.write_text(json.dumps(result, indent=1, default=str) + "\n", encoding="utf-8")
    pending.replace(path)


def summary(result: Mapping[str, Any]) -> str:
    """Say what happened on one page."""
    lines = [
        f"Soak {result['id']}: {result['minutes']} minutes, seed {result['seed']}, {result['services']}",
        _row("jobs", result["jobs"]),
        _row("asked for", result["asked"]),
        _row("harm done", result["injections"]),
        _row("put back in line", result["recoveries"]),
        f"  attacks: {result['attacks']} thrown at the jail",
        f"  from submit to end: p50 {result['seconds_p50']} s, p95 {result['seconds_p95']} s",
        f"  requests sent again because the site gave no answer: {result['retried_requests']}",
        f"  files without a row that the cleaning removed: {result['cleaned_files']}",
        _row("left behind", result["left"] or {"nothing": 0}),
    ]
    lines += [
        f"  memory of {one['role']}: {one['first_mib']} to {one['last_mib']} MiB over {one['span_seconds']:.0f} s, "
        f"{one['mib_per_hour']:+} MiB an hour"
        for one in result["growth"]
    ]
    broken = result["broken"]
    lines += [f"BROKEN: {sentence}" for sentence in broken]
    lines.append("All invariants hold." if not broken else f"{len(broken)} broken invariants.")
    return "\n".join(lines)


def medians(samples: Sequence[Any]) -> dict[str, dict[str, float]]:
    """Return the median memory of each role in MiB: what it wrote itself, and its share of all."""
    roles = sorted({one.role for one in samples})
    of = {role: [one for one in samples if one.role == role] for role in roles}
    return {
        role: {
            "own_mib": round(statistics.median(one.own for one in life) / (1 << 20), 1),
            "pss_mib": round(statistics.median(one.pss for one in life) / (1 << 20), 1),
        }
        for role, life in of.items()
    }


def _row(name: str, counts: Mapping[str, Any]) -> str:
    return f"  {name}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
