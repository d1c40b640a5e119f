"""What pages about payments take in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from billing.stripe.offers import INTERVALS

LONGEST_PATH = 500


class SeatsForm(forms.Form):
    """What to change a subscription to."""

    plan = forms.SlugField()
    interval = forms.ChoiceField(choices=[(each, each) for each in INTERVALS])
    quantity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=10_000)
    at = forms.IntegerField(required=False)


def safe_landing(request: HttpRequest, wanted: str) -> str:
    """Return a path of this site to land on after payment, or nothing."""
    fits = wanted.startswith("/") and len(wanted) <= LONGEST_PATH
    return wanted if fits and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def wish(data: Any) -> dict[str, str]:
    """Return what she was about to do: an export of an animation, in a format."""
    export, animation = str(data.get("export", ""))[:32], str(data.get("animation", ""))
    try:
        UUID(animation)
    except ValueError:
        return {}
    return {"export": export, "animation": animation} if export else {}
