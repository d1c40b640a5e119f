"""The card of a model: what it is, what it was made of, under which licences, and how it did. Markdown, from facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from training.lanes import Lane
from training.tune.folder import Order

_LANES = {
    Lane.COMMERCIAL: "It may be used commercially.",
    Lane.RESEARCH_NC: (
        "**For research only.** Rows of it are licensed for non-commercial use and for sharing alike; it may not be "
        "served to paying tenants without a written permission of the authors."
    ),
    Lane.BLOCKED: "**It may not be served**: for some of its rows nothing is known of the licence.",
}


def card(
    title: str,
    order: Order,
    manifest: Mapping[str, Any],
    lane: Lane,
    metrics: Sequence[Mapping[str, Any]],
    files: Mapping[str, str],
) -> str:
    """The card. `files` are names with their sums; `manifest` is the dataset's."""
    recipe, base = order.recipe, order.recipe.base
    lines = [
        "---",
        f"base_model: {json.dumps(base.model)}",
        f"license: {json.dumps(base.licence.lower())}",
        "library_name: peft",
        f"tags: [lora, {recipe.kind}, manim]",
        "---",
        f"# {title}",
        "",
        (
            f"A LoRA adapter of {base.model} ({base.licence}) that writes scenes for Manim Community and the scene "
            f"kit. {_LANES[lane]}"
        ),
        "",
        "## Made of",
        "",
        f"| | |\n|---|---|\n| base | {base.model} {base.revision} |\n| begun from | {order.adapter or 'the base'} |",
        f"| dataset | {manifest.get('name', '')} `{order.dataset_digest}` |",
        f"| lane | {lane} |",
        *_sources(manifest),
        f"| recipe | {recipe.name} `{recipe.digest}` |",
        (
            f"| method | {recipe.kind}, {'QLoRA in 4 bits' if recipe.bits == 4 else 'LoRA in 16 bits'}, rank "
            f"{recipe.lora.rank}, alpha {recipe.lora.alpha}, {', '.join(recipe.lora.targets)} |"
        ),
        (
            f"| schedule | learning rate {recipe.schedule.learning_rate:g}, {recipe.effective_batch} sequences a step, "
            f"seed  {recipe.schedule.seed}, at most {recipe.max_length} tokens |"
        ),
        *_trained(metrics),
        f"| versions | {', '.join(f'{name} {version}' for name, version in (order.versions or {}).items())} |",
        "",
        "## Files",
        "",
        *(f"- `{name}` sha256 `{digest}`" for name, digest in files.items()),
        "",
        "## Use",
        "",
        (
            "Asked with the prompts of `generation/engine/served/prompts.py`, thinking off; it answers with one "
            "fenced Python block. Whatever it writes goes through the code policy, the API index, a dry run in the "
            "jail and the layout probe before anybody sees it; nothing may be shown that did not run."
        ),
        "",
        "## Limits",
        "",
        (
            "That a scene runs does not say that it is right. What a row taught cannot be taken out of trained "
            "weights: where somebody withdraws consent, their rows leave the next dataset, and the next adapter is "
            "trained without them."
        ),
        "",
    ]
    return "\n".join(lines)


def _sources(manifest: Mapping[str, Any]) -> list[str]:
    found = manifest.get("sources", [])
    listed = found if isinstance(found, list) else [{"name": name, **facts} for name, facts in found.items()]
    return [
        f"| source | {each.get('name', '')} {each.get('version', '')}, {each.get('licence', '')}, "
        f"{each.get('rows', '')} rows |"
        for each in listed
    ]


def _trained(metrics: Sequence[Mapping[str, Any]]) -> list[str]:
    losses = [each for each in metrics if "loss" in each]
    held_out = [each["eval_loss"] for each in metrics if "eval_loss" in each]
    if not losses:
        return []
    last = losses[-1]
    lines = [
        (
            f"| trained | {last['step']} steps, {last.get('num_tokens', 0):,.0f} tokens, loss {losses[0]['loss']:.3f} "
            f"→ {last['loss']:.3f} |"
        )
    ]
    return lines + (
        [f"| loss on held-out families | {held_out[0]:.3f} → {min(held_out):.3f} at best |"] if held_out else []
    )
