"""Forms of the project pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TitleForm(forms.Form):
    """The title of a project, new or renamed."""

    title = forms.CharField(label=_("Title"), max_length=120)
