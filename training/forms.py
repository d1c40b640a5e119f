"""The form that records a written permission."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models import Permission


class PermissionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Who allowed what, on which day, and where the document is."""

    sure = forms.BooleanField(label=_("I have read the signed document, and it covers serving to paying tenants."))

    class Meta:
        model = Permission
        fields = ["document", "granted_by", "scope", "granted_on", "ends_on"]
        widgets = {
            "scope": forms.Textarea(attrs={"rows": 4}),
            "granted_on": forms.DateInput(attrs={"type": "date"}),
            "ends_on": forms.DateInput(attrs={"type": "date"}),
        }

    def clean_granted_on(self) -> datetime.date:
        """A permission of tomorrow is none yet."""
        day: datetime.date = self.cleaned_data["granted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        found = super().clean() or self.cleaned_data
        begins, ends = found.get("granted_on"), found.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It would end before it began."))
        return found
