"""What happens to jobs when the account that asked for them ends."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from generation import queue
from generation.models import Job


def purge(user: User, heir: User | None) -> None:
    """Stop jobs that wait or run: what they would make has no owner. The rows go with the account, events included."""
    for key in list(Job.objects.filter(owner=user).exclude(state__in=Job.FINAL).values_list("pk", flat=True)):
        with transaction.atomic():
            job = Job.objects.select_for_update().get(pk=key)
            Job.objects.filter(pk=key).update(cancel_requested=True)
            if job.state == Job.State.QUEUED:
                job.cancel_requested = True
                queue.close(job, Job.State.CANCELLED)
