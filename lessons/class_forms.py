"""Forms of the classroom pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.forms import SchoolYearField
from lessons.models import Classroom, Role
from projects.forms import TitleForm

JOINABLE = [(Role.VIEWER.value, Role.VIEWER.label), (Role.EDITOR.value, Role.EDITOR.label)]


class ClassroomForm(TitleForm):
    """What a classroom is called."""

    school_year = SchoolYearField()

    @staticmethod
    def of(classroom: Classroom) -> ClassroomForm:
        """Return a form that holds what is known of the classroom."""
        return ClassroomForm(initial={"title": classroom.title, "school_year": classroom.school_year})


class InviteForm(forms.Form):
    """Whom to ask in, and as what."""

    prefix = "invite"

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=JOINABLE)


class CodeForm(forms.Form):
    """What a join code is good for."""

    prefix = "code"

    role = forms.ChoiceField(label=_("Role"), choices=JOINABLE)
    most_uses = forms.IntegerField(label=_("People"), min_value=1, max_value=100, initial=30)


class JoinForm(forms.Form):
    """The field for a join code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
