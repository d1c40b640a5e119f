"""Pages for administrators: what models are trained on, how that went, and what may be served."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from training import plots, registry, selectors, services
from training.forms import PermissionForm
from training.models import DatasetVersion, Evaluation, ModelArtifact, Permission, Source, TrainingRun
from training.permissions import require_staff


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Datasets, sources, runs, models and evaluations on one page."""
    require_staff(request)
    shown = {
        "in_use": selectors.in_use(),
        "datasets": selectors.datasets(),
        "sources": selectors.sources(),
        "runs": selectors.runs(),
        "models": selectors.models(),
        "evaluations": selectors.evaluations(),
    }
    return render(request, "training/overview.html", shown)


@require_safe
def dataset(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """One dataset: where it comes from and what is in it."""
    require_staff(request)
    found = get_object_or_404(DatasetVersion, pk=dataset_id)
    tables = found.manifest.get("tables", {})
    drawn = [
        plots.bars(title, {name: counts["rows"] for name, counts in tables.get(key, {}).items()})
        for key, title in (("task", _("Rows by task")), ("split", _("Rows by split")), ("source", _("Rows by source")))
        if tables.get(key)
    ]
    shown = {
        "dataset": found,
        "tasks": selectors.tasks_of(found),
        "plots": drawn,
        "is_on_disk": selectors.is_on_disk(found),
        "steps": found.manifest.get("steps", {}),
    }
    return render(request, "training/dataset.html", shown)


@require_safe
def source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """One source: its licence, what bears it out, and the permissions that were recorded for it."""
    require_staff(request)
    return _source(request, get_object_or_404(Source, pk=source_id), PermissionForm())


def _source(request: HttpRequest, found: Source, form: PermissionForm, status: int = 200) -> HttpResponse:
    shown = {
        "source": found,
        "permissions": found.permissions.select_related("recorded_by"),
        "holds": registry.permission(found),
        "datasets": found.datasets.defer("manifest", "card"),
        "form": form,
    }
    return render(request, "training/source.html", shown, status=status)


@require_POST
def record_permission(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Record a written permission for a source."""
    staff = require_staff(request)
    found, form = get_object_or_404(Source, pk=source_id), PermissionForm(request.POST)
    if not form.is_valid():
        return _source(request, found, form, status=422)
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in PermissionForm.Meta.fields}
    services.record_permission(by=staff, source=found, **values)
    messages.success(request, _("The permission is recorded."))
    return redirect("training_source", source_id=found.pk)


@require_POST
def revoke_permission(request: HttpRequest, permission_id: UUID) -> HttpResponse:
    """End a permission."""
    staff = require_staff(request)
    found = get_object_or_404(Permission, pk=permission_id)
    services.revoke_permission(by=staff, permission=found)
    messages.success(request, _("The permission has ended. Paying tenants are served without those models now."))
    return redirect("training_source", source_id=found.source_id)


@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One run: its recipe and its curves."""
    require_staff(request)
    found = get_object_or_404(TrainingRun.objects.select_related("parent"), pk=run_id)
    logged = found.metrics if isinstance(found.metrics, list) else []
    names = [name for name in ("loss", "eval_loss", "reward", "learning_rate") if any(name in each for each in logged)]
    losses = [name for name in names if "loss" in name]
    others = [[name] for name in names if "loss" not in name]
    drawn = [plots.curves(", ".join(group), logged, group) for group in [losses, *others] if group]
    return render(request, "training/run.html", {"run": found, "curves": list(filter(None, drawn))})


@require_safe
def model(request: HttpRequest, artifact_id: UUID) -> HttpResponse:
    """One model: whom it may be served to, and everything it was made from."""
    require_staff(request)
    found = get_object_or_404(ModelArtifact.objects.select_related("run__parent"), pk=artifact_id)
    shown = {
        "artifact": found,
        "serving": selectors.serving(found),
        "lane": selectors.lane(found),
        "datasets": registry.datasets_of(found),
        "sources": registry.sources_of(found),
        "evaluations": [(each, _scores(each)) for each in found.evaluations.all()],
    }
    return render(request, "training/model.html", shown)


@require_safe
def evaluation(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """One evaluation: its rates with their intervals, and what it was measured with."""
    require_staff(request)
    found = get_object_or_404(Evaluation.objects.select_related("artifact"), pk=evaluation_id)
    return render(request, "training/evaluation.html", {"evaluation": found, "plot": _scores(found)})


def _scores(found: Evaluation) -> plots.Bars | None:
    """The rates of an evaluation: numbers, or objects with `rate`, `low` and `high`."""
    values: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for name, score in (found.scores if isinstance(found.scores, dict) else {}).items():
        rate = score.get("rate") if isinstance(score, dict) else score
        if isinstance(rate, int | float) and not isinstance(rate, bool) and rate >= 0:
            values[str(name)] = float(rate)
            if isinstance(score, dict) and isinstance(score.get("low"), int | float) and "high" in score:
                intervals[str(name)] = (float(score["low"]), float(score["high"]))
    return plots.bars(_("Rates"), values, intervals) if values else None
