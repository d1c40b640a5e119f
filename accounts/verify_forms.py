"""Forms of verification, the teacher's and the reviewer's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import SchoolDomain
from accounts.reviewing import GIVEN_BY_REVIEWERS


class AddressForm(forms.Form):
    """One of the user's confirmed addresses."""

    email = forms.ChoiceField(label=_("School address"))

    def __init__(self, *args: Any, confirmed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["email"]
        chosen.choices = [(email, email) for email in confirmed]


class DocumentForm(forms.Form):
    """A picture of a document, and what it is."""

    KINDS = [
        ("staff_id", _("Staff card of the school")),
        ("letter", _("Letter on the school's paper")),
        ("contract", _("Contract of employment")),
        ("payslip", _("Pay slip (cover the sums)")),
        ("certificate", _("Teaching licence")),
    ]

    school = forms.CharField(label=_("Your school"), max_length=200)
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS)
    dated = forms.DateField(
        label=_("Date on the document"),
        help_text=_("Not older than a year."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    picture = forms.FileField(
        label=_("Picture of it"),
        help_text=_("Sharp, as JPEG, PNG or WebP, at most 8 MB. Your name, school and date must be legible."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated"].widget.attrs["max"] = timezone.localdate().isoformat()


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    words = forms.CharField(
        label=_("Why should somebody look again?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class DecisionForm(forms.Form):
    """A reviewer's verdict."""

    VERDICTS = [
        ("approved", _("Verify for a year")),
        ("needs_info", _("Ask for a better document")),
        ("rejected", _("Turn down")),
    ]

    verdict = forms.ChoiceField(label=_("Verdict"), choices=VERDICTS, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("none")), *((reason.value, reason.label) for reason in GIVEN_BY_REVIEWERS)],
        required=False,
    )
    note = forms.CharField(
        label=_("Words to the teacher"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What exactly is missing. Sent as it stands."),
    )


class ProposalForm(forms.Form):
    """Who has addresses at a domain, as one member of staff found out."""

    domain = forms.CharField(label=_("Domain"), max_length=253)
    audience = forms.ChoiceField(
        label=_("Addresses of"), choices=[choice for choice in SchoolDomain.Audience.choices if choice[0] != "unknown"]
    )
