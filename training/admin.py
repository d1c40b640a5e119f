"""Training on the admin site: to read. The pages at /training/ say more, and record permissions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from training.models import DatasetVersion, Evaluation, ModelArtifact, Permission, Source, TrainingRun


class ReadOnly(admin.ModelAdmin):
    """Rows that builds, runs and recorded permissions make; nobody makes or changes them by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes rows by hand: a lane follows from a licence."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Lineage is kept."""
        return False


@admin.register(Source)
class SourceAdmin(ReadOnly):
    """Sources and their lanes."""

    list_display = ["name", "version", "licence", "lane"]
    list_filter = ["lane", "licence"]


@admin.register(DatasetVersion)
class DatasetAdmin(ReadOnly):
    """Datasets."""

    list_display = ["name", "manifest_sha256", "lane", "rows", "tokens", "created"]
    list_filter = ["lane"]


@admin.register(TrainingRun)
class RunAdmin(ReadOnly):
    """Runs."""

    list_display = ["name", "method", "base", "state", "started", "finished"]
    list_filter = ["state", "method"]


@admin.register(ModelArtifact)
class ModelAdmin(ReadOnly):
    """Models."""

    list_display = ["name", "version", "kind", "state", "lane", "base", "created"]
    list_filter = ["state", "lane", "kind"]


@admin.register(Permission)
class PermissionAdmin(ReadOnly):
    """Written permissions."""

    list_display = ["document", "source", "granted_by", "granted_on", "ends_on", "revoked", "recorded_by"]
    list_select_related = ["source", "recorded_by"]


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnly):
    """Evaluations."""

    list_display = ["model", "suite", "samples", "created"]
    list_filter = ["suite"]
