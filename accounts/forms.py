"""Forms of our own account pages."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """How others see the user."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        help_text=_("As others shall see it. Without one, the first part of your e-mail address is shown."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class NewKeyForm(forms.Form):
    """Name and lifetime of a new API key."""

    NEVER = ""
    LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")), (NEVER, _("It never expires"))]

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Where you will use it, for example “Homework script”.")
    )
    lifetime = forms.ChoiceField(label=_("Works for"), choices=LIFETIMES, initial="90", required=False)

    def expires(self) -> datetime | None:
        """When the key stops working, None for never. Call after `is_valid`."""
        days = self.cleaned_data["lifetime"]
        return timezone.now() + timedelta(days=int(days)) if days else None
