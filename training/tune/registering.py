"""Exported files become registered models; a promoted one is put where its server looks for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from core import audit
from training import registry
from training.models import ModelArtifact, TrainingRun
from training.tune import exporting, rows
from training.tune.faults import TuneFault
from training.tune.folder import RunFolder

Kind, State = ModelArtifact.Kind, ModelArtifact.State
KINDS = {
    exporting.PEFT: Kind.ADAPTER,
    exporting.GGUF: Kind.GGUF_ADAPTER,
    exporting.MERGED: Kind.MERGED,
    exporting.MODEL_F16: Kind.GGUF,
    exporting.MODEL_Q8: Kind.GGUF,
}
MAIN_FILE = {exporting.PEFT: "adapter_model.safetensors", exporting.MERGED: "model.safetensors"}


@transaction.atomic
def register(folder: RunFolder, name: str) -> list[ModelArtifact]:
    """Register what was exported of a run as the next version of `name`. Raises TuneFault for files that changed."""
    run = TrainingRun.objects.filter(folder=str(folder.path.resolve())).first()
    if run is None or run.state != TrainingRun.State.SUCCEEDED:
        raise TuneFault("nothing_to_resume", f"{folder.path}: no run that was finished here; it")
    listed = _listed(folder)
    last = ModelArtifact.objects.filter(name=name).aggregate(last=Max("version"))["last"] or 0
    card = (folder.path / exporting.CARD).read_text(encoding="utf-8")
    made = [_artifact(folder, run, name, last + 1, one, sums, card) for one, sums in listed.items()]
    audit.record("training.model.registered", actor=None, target=made[0], data={"name": str(made[0])})
    return made


def _listed(folder: RunFolder) -> dict[str, dict[str, str]]:
    """What was exported, compared with the files that are there."""
    try:
        listed: dict[str, dict[str, str]] = json.loads((folder.path / exporting.SUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TuneFault("nothing_to_resume", f"{folder.path}: nothing was exported; it") from error
    for one, sums in listed.items():
        for name, digest in sums.items():
            path = place(folder, one, name)
            if not path.is_file() or rows.file_digest(path) != digest:
                raise TuneFault("corrupt_shard", f"{path} is not what was exported")
    return listed


def place(folder: RunFolder, one: str, name: str) -> Path:
    """Where a file of an export lies."""
    inside = {exporting.PEFT: folder.adapter, exporting.MERGED: folder.path / "merged"}
    return inside.get(one, folder.path) / name


def _artifact(
    folder: RunFolder, run: TrainingRun, name: str, version: int, one: str, sums: dict[str, str], card: str
) -> ModelArtifact:
    main = MAIN_FILE.get(one) or next(iter(sums))
    if main not in sums:  # a merged model in several parts is named by the sums of all of them
        main = next(each for each in sums if each.endswith(".safetensors"))
    paths = [place(folder, one, each) for each in sums]
    made = ModelArtifact.objects.create(
        name=name,
        version=version,
        kind=KINDS[one],
        base=run.base,
        base_licence=run.base_licence,
        run=run,
        path=str((paths[0].parent if one in MAIN_FILE else paths[0]).resolve()),
        sha256=sums[main],
        size_bytes=sum(path.stat().st_size for path in paths),
        card=card,
    )
    made.datasets.set(run.datasets.all())
    made.lane = registry.lane_of_model(made)
    made.save(update_fields=["lane"])
    return made


def promote(name: str, version: int) -> list[ModelArtifact]:
    """Make a version the one that `name` means. Raises NotServable, and TuneFault where there is none."""
    found = list(ModelArtifact.objects.filter(name=name, version=version).exclude(state=State.RETIRED))
    if not found:
        raise TuneFault("nothing_to_resume", f"There is no version {version} of {name}; the registry")
    with transaction.atomic():
        made = [registry.promote(each) for each in found]
    _install(made)
    return made


def roll_back(name: str) -> list[ModelArtifact]:
    """Go back to the version before the one that is promoted. Raises NotServable where there is none."""
    now = list(ModelArtifact.objects.filter(name=name, state=State.PROMOTED))
    if not now:
        raise TuneFault("nothing_to_resume", f"No version of {name} is promoted; the registry")
    with transaction.atomic():
        made = [registry.roll_back(each) for each in now]
    _install(made)
    return made


def _install(promoted: list[ModelArtifact]) -> None:
    """Copy a GGUF adapter to where the local model's server looks for it, whole or not at all."""
    for each in promoted:
        if each.kind == Kind.GGUF_ADAPTER:
            target = Path(settings.LOCAL_MODEL_ADAPTER)
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{target.name}.new")
            shutil.copyfile(each.path, fresh)
            fresh.replace(target)


def vllm_module(artifact: ModelArtifact) -> str:
    """What the server's `lora-modules` needs for a PEFT adapter."""
    module: dict[str, Any] = {"name": artifact.name, "path": artifact.path, "base_model_name": settings.MODEL_NAME}
    return json.dumps(module)
