"""Reports of what a link shows: made by anybody who sees it, handled by staff."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from projects.models import Animation
from projects.permissions import not_found
from projects.share_models import Report, ShareLink
from projects.sharing import behind, stop_link


@transaction.atomic
def report(*, link: ShareLink, animation: Animation, reason: str, words: str = "", by: Any = None) -> Report:
    """Put a report into the queue of the staff. Raises DomainError "not_found" where the link does not show that."""
    if not link.is_open or not behind(link).filter(pk=animation.pk).exists():
        raise not_found()
    reporter = by if isinstance(by, User) else None
    made = Report.objects.create(
        link=link, animation=animation, reason=Report.Reason(reason), words=words[:1000], reporter=reporter
    )
    audit.record("report.made", actor=reporter, target=animation, data={"reason": reason, "report": str(made.pk)})
    return made


@transaction.atomic
def handle(*, by: User, report: Report, stop: bool) -> None:
    """Close a report, and stop its link where something is wrong. One that is closed stays as it is."""
    waiting = Report.objects.select_for_update(of=("self",)).filter(pk=report.pk, outcome=Report.Outcome.OPEN).first()
    if waiting is None:
        return
    if stop:
        stop_link(by=by, link=waiting.link)
    waiting.outcome = Report.Outcome.STOPPED if stop else Report.Outcome.FINE
    waiting.handled = timezone.now()
    waiting.save(update_fields=["outcome", "handled", "updated"])
    audit.record("report.handled", actor=by, target=waiting, data={"outcome": str(waiting.outcome)})
