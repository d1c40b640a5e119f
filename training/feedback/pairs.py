"""Preference rows (DPO): of two scenes for one request, the one that somebody kept against the one that she did not."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generation.engine.served import prompts
from generation.engine.served.planning import one_scene
from training.dataset import shards
from training.feedback import consent
from training.feedback.poisoning import likeness
from training.lanes import CONSENTED, lane_of
from training.models import FeedbackEvent

Kind = FeedbackEvent.Kind
# An edit that is kept says more than a second try, which may be better or only different.
WEIGHT = {Kind.EDITED: 1.0, Kind.REPAIRED: 1.0, Kind.REGENERATED: 0.5}
MOST_OF_A_USER = 40
EVIDENCE = "Consent of the account, asked again when this was built."


def pairs() -> Iterator[dict[str, Any]]:
    """The pairs of people whose consent holds today, oldest first, at most so many of each."""
    asked: dict[Any, bool] = {}
    taken: Counter[Any] = Counter()
    seen: set[tuple[str, str]] = set()
    events = FeedbackEvent.objects.filter(kind__in=WEIGHT).exclude(before="").select_related("user")
    for event in events.order_by("created", "pk").iterator():
        if event.user_id not in asked:
            asked[event.user_id] = consent.may_learn_from(event.user)
        key = likeness(event.before), likeness(event.after)
        if (
            not asked[event.user_id]
            or taken[event.user_id] >= MOST_OF_A_USER
            or key in seen
            or event.before == event.after
        ):
            continue
        taken[event.user_id] += 1
        seen.add(key)
        yield _pair(event)


def _pair(event: FeedbackEvent) -> dict[str, Any]:
    board = one_scene(event.prompt)
    asked = [
        {"role": "system", "content": prompts.system_for_code(whole=False).replace(prompts.CANARY, "kit-card")},
        {"role": "user", "content": prompts.ask_for_scene(event.prompt, board, board.scenes[0])},
    ]
    return {
        "prompt": asked,
        "chosen": f"```python\n{event.after}```",
        "rejected": f"```python\n{event.before}```",
        "weight": WEIGHT[Kind(event.kind)],
        "split": "train",
        "task": "preference",
        "family": "feedback",
        "source": "feedback",
        "source_version": event.consent_version,
        "licence": CONSENTED,
        "lane": lane_of(CONSENTED, EVIDENCE).value,
    }


def write(folder: Path) -> int:
    """Write them as a dataset that `training run` takes for a DPO recipe. Return how many there are."""
    rows = list(pairs())
    for row in rows:
        row["id"] = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
    content = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows).encode()
    (folder / "data").mkdir(parents=True, exist_ok=True)
    shards.put(folder / "data" / "train-00000.jsonl", content)
    versions = sorted({row["source_version"] for row in rows})
    manifest = {
        "name": "preferences",
        "format": shards.FORMAT,
        "rows": len(rows),
        "lane": lane_of(CONSENTED, EVIDENCE).value,
        "sources": [
            {"name": "feedback", "version": each, "licence": CONSENTED, "evidence": EVIDENCE} for each in versions
        ],
        "shards": [
            {
                "file": "data/train-00000.jsonl",
                "split": "train",
                "rows": len(rows),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        ],
    }
    shards.put(folder / shards.MANIFEST, shards.manifest_bytes(manifest))
    return len(rows)
