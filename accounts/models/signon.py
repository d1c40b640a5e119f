"""Single sign-on of a school or district."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.users import User
from core.models import Identified, TimeStamped


class SignOn(Identified, TimeStamped):
    """The identity provider of an organisation: for addresses at its proven domains, and for no other."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="sign_on")
    app = models.OneToOneField(SocialApp, on_delete=models.PROTECT, related_name="sign_on")
    required = models.BooleanField(
        _("required"), default=False, help_text=_("Addresses at the domains can then log in in no other way.")
    )
    role_attribute = models.CharField(
        _("attribute that tells the role"),
        max_length=200,
        blank=True,
        help_text=_("As the identity provider sends it."),
    )
    teacher_values = models.JSONField(_("its values for teachers"), default=list, blank=True)
    trusted_at = models.DateTimeField(_("roles trusted"), null=True, blank=True)
    break_glass = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("administrator who can always log in"),
    )

    class Meta:
        verbose_name = _("single sign-on")
        verbose_name_plural = _("single sign-ons")

    def __str__(self) -> str:
        return str(self.organisation)
