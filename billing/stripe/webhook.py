"""Where Stripe tells its news. Checked, stored and answered; the work is done afterwards."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.stripe import gateway, inbox, tasks
from core.after_commit import after_commit


@csrf_exempt  # the signature says who sends it
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take a delivery. 400 for what Stripe did not sign just now: nothing of that is stored."""
    if not gateway.is_on():
        return HttpResponseNotFound()
    body = request.body
    if not inbox.is_genuine(body, request.headers.get("Stripe-Signature", "")) or inbox.read(body) is None:
        return HttpResponseBadRequest()
    with transaction.atomic():
        number = inbox.store(body, address=request.META.get("REMOTE_ADDR", ""))
        after_commit(tasks.wake, number)
    return HttpResponse(status=200)
