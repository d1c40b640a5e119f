"""Mail that we write ourselves; allauth writes its own."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from core.after_commit import after_commit


def send(to: str, subject: str, paragraphs: list[str]) -> None:
    """Send a plain letter now. Raises OSError or SMTPException where the mail server does not take it."""
    body = "\n\n".join([*paragraphs, _("The %(product)s team") % {"product": settings.PRODUCT_NAME}])
    EmailMessage(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_one_line(subject)}", body, to=[to]).send()


def send_later(to: str, subject: str, paragraphs: list[str]) -> None:
    """Send a letter once the transaction is committed; one that cannot be sent is logged and undoes nothing."""
    after_commit(send, to, subject, paragraphs)


def address_of(route: str, *arguments: object) -> str:
    """Return the full address of a page for a letter; without SITE_URL only its path can be told."""
    return f"{settings.SITE_URL}{reverse(route, args=arguments)}"


def _one_line(subject: str) -> str:
    """Names of schools stand in subjects: a line break there would start a header."""
    return " ".join(subject.split())
