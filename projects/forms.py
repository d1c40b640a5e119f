"""Forms of the project pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from projects.titles import require_fit


class TitleForm(forms.Form):
    """The title of a project, new or renamed."""

    title = forms.CharField(label=_("Title"), max_length=120)

    def clean_title(self) -> str:
        """Return a title that may be shown."""
        title: str = self.cleaned_data["title"]
        try:
            require_fit(title)
        except DomainError as error:
            raise forms.ValidationError(f"{error.message} {error.hint}".strip(), code=error.code) from error
        return title
