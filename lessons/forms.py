"""Forms of the lesson pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lessons import selectors
from lessons.models import Lesson, Unit
from lessons.selectors import Filter
from projects.forms import TitleForm


class SchoolYearField(forms.IntegerField):
    """The year in which a school year begins; it may be left out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("School year"))
        kwargs.setdefault("help_text", _("The year it begins in: 2026 is 2026/27."))
        super().__init__(min_value=2000, max_value=2100, required=False, **kwargs)


class LessonForm(TitleForm):
    """What a teacher writes down about a lesson."""

    about = forms.CharField(
        label=_("Notes for you"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    school_year = SchoolYearField()
    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].max_length = Lesson._meta.get_field("title").max_length  # type: ignore[attr-defined]

    @staticmethod
    def of(lesson: Lesson) -> LessonForm:
        """Return a form that holds what is known of the lesson."""
        facts = ("title", "about", "school_year", "due")
        return LessonForm(initial={name: getattr(lesson, name) for name in facts})


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # generic in its stubs only
    """One of the user's units, named with its subject."""

    def label_from_instance(self, unit: Unit) -> str:
        """Return how the unit is called in the list."""
        return f"{unit.subject.title} · {unit.title}"


class MoveForm(forms.Form):
    """Where lessons go."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), empty_label=_("Choose a unit"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = selectors.unit_choices(user)  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """What the list of lessons is narrowed to; it lives in the address of the page."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    subject = forms.UUIDField(required=False)
    state = forms.ChoiceField(choices=[("", _("Any")), *Lesson.State.choices], required=False, label=_("State"))
    year = forms.IntegerField(required=False, min_value=2000, max_value=2100)
    archived = forms.BooleanField(required=False, label=_("Archived"))

    def wanted(self) -> Filter:
        """Return the filter; what the address holds that is no filter counts as not said."""
        self.is_valid()
        said = self.cleaned_data
        return Filter(
            text=said.get("q") or "",
            subject=said.get("subject"),
            state=said.get("state") or "",
            school_year=said.get("year"),
            archived=bool(said.get("archived")),
        )
