"""Forms of the school pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domains import MAILBOXES
from accounts.joining import INVITED
from accounts.models import DomainClaim, Membership, Organisation, OrganisationPolicy


class OrganisationForm(forms.Form):
    """A new school or district."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What it is"), choices=Organisation.Kind.choices)


class NameForm(forms.Form):
    """The name of a school."""

    name = forms.CharField(label=_("Name"), max_length=200)


class InvitationForm(forms.Form):
    """A colleague to ask in."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[choice for choice in Membership.Role.choices if choice[0] in INVITED],
        initial="teacher",
    )


class RosterForm(forms.Form):
    """A list of colleagues, pasted or as a file."""

    pasted = forms.CharField(
        label=_("Paste the list"),
        required=False,
        help_text=_("Its first line names the columns: email, name, role. For a district also school."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("Or choose a CSV file"), required=False)


class DomainForm(forms.Form):
    """A domain to claim."""

    domain = forms.CharField(
        label=_("Domain of your addresses"), max_length=253, help_text=_("For example lincoln.example")
    )
    method = forms.ChoiceField(
        label=_("How you prove it"),
        choices=DomainClaim.Method.choices,
        help_text=_("By a DNS record, if you can change those; else by a mail to whoever looks after the domain."),
    )
    mailbox = forms.ChoiceField(
        label=_("Mailbox for the mail"), choices=[(name, f"{name}@…") for name in MAILBOXES], required=False
    )


class CodeForm(forms.Form):
    """The code of a mail to a domain."""

    code = forms.CharField(
        label=_("Code from the mail"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class PolicyForm(forms.Form):
    """What a school decides. What the district has taken from it cannot be chosen."""

    models_write = forms.ChoiceField(
        label=_("May a language model write scenes that the library does not have?"),
        choices=OrganisationPolicy.Answer.choices,
        required=False,
    )
    links = forms.ChoiceField(
        label=_("May teachers make links under which anybody can watch, without a login?"),
        choices=OrganisationPolicy.Answer.choices,
        required=False,
    )
    outsiders = forms.ChoiceField(
        label=_("May teachers from outside the school join a classroom?"),
        choices=OrganisationPolicy.Answer.choices,
        required=False,
    )

    def __init__(self, *args: Any, locked: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in locked:
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Your district has said no.")


class SamlForm(forms.Form):
    """What a SAML identity provider shows."""

    entity_id = forms.CharField(label=_("Entity ID"), max_length=500)
    sso_url = forms.URLField(label=_("Sign-on address (HTTP-Redirect)"), assume_scheme="https")
    certificate = forms.CharField(
        label=_("Signing certificate"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    role_attribute = forms.CharField(label=_("Attribute with the role"), max_length=200, required=False)
    teacher_values = forms.CharField(
        label=_("Its values for teachers"), max_length=500, required=False, help_text=_("Separated by commas.")
    )


class OpenIdForm(forms.Form):
    """What an OpenID Connect provider shows."""

    server_url = forms.URLField(label=_("Issuer address"), assume_scheme="https")
    client_id = forms.CharField(label=_("Client ID"), max_length=191)
    secret = forms.CharField(
        label=_("Client secret"), max_length=191, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    role_attribute = forms.CharField(label=_("Claim with the role"), max_length=200, required=False)
    teacher_values = forms.CharField(
        label=_("Its values for teachers"), max_length=500, required=False, help_text=_("Separated by commas.")
    )


class SignInForm(forms.Form):
    """The address by which a school's sign-on is found."""

    email = forms.EmailField(label=_("Your school address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
