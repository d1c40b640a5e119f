"""Forms of the sharing, comment and report pages."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.comments import LONGEST
from projects.share_models import Level, Report
from projects.sharing import LINK_DAYS, schools_of


class PersonForm(forms.Form):
    """Whom to share with, and what for."""

    prefix = "person"

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    level = forms.ChoiceField(label=_("What for"), choices=Level.choices)


class SchoolForm(forms.Form):
    """Which of one's schools to share with."""

    prefix = "school"

    organisation: Any = forms.ModelChoiceField(label=_("School"), queryset=None, empty_label=None)
    level = forms.ChoiceField(label=_("What for"), choices=Level.choices)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = schools_of(user)  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """What a link is good for, and how long."""

    prefix = "link"

    level = forms.ChoiceField(label=_("What for"), choices=Level.choices)
    days = forms.TypedChoiceField(
        label=_("Ends after"), coerce=int, choices=[(days, _("%d days") % days) for days in LINK_DAYS], initial=180
    )
    variants = forms.BooleanField(label=_("Show the versions made with knobs, too"), required=False, initial=True)
    listed = forms.BooleanField(label=_("Search engines may list it"), required=False)


class MomentField(forms.Field):
    """A moment as a teacher writes it: "1:05", "65" or nothing; seconds."""

    def to_python(self, value: Any) -> float | None:
        """Return seconds."""
        text = str(value or "").strip()
        if not text:
            return None
        match = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,3})?)", text, re.ASCII)
        if match is None:
            raise forms.ValidationError(_("Say the moment as minutes and seconds, such as 1:05."), code="invalid")
        return int(match[1] or 0) * 60 + float(match[2].replace(",", "."))


class CommentForm(forms.Form):
    """A comment, the moment it is about and whom it mentions."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    moment = MomentField(
        label=_("Moment"), required=False, help_text=_("Minutes and seconds, such as 1:05. Empty: the whole of it.")
    )
    mentioned = forms.MultipleChoiceField(
        label=_("Tell by e-mail"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), person.display_name) for person in people]
        self.fields["mentioned"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["mentioned"]


class ReportForm(forms.Form):
    """What is wrong with what a link shows."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
