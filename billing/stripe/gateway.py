"""The one place that talks to Stripe: keys, time limits, and its refusals in our words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError

SECONDS = 10  # for one answer; a page waits for it
RETRIES = 2  # the SDK repeats with the same idempotency key

logger = logging.getLogger(__name__)


def set_up() -> None:
    """Give the SDK its time limit. Keys and version travel with each request."""
    stripe.max_network_retries = RETRIES
    stripe.enable_telemetry = False
    if is_on():
        stripe.default_http_client = stripe.RequestsClient(timeout=SECONDS)


def is_on() -> bool:
    """Say whether there is a key; without one everything is sold by hand."""
    return bool(settings.STRIPE_SECRET_KEY)


def require_on() -> None:
    """Raise DomainError "no_payments" where there is no key."""
    if not is_on():
        raise DomainError(
            "no_payments",
            _("This site takes no cards."),
            status=409,
            hint=_("Write to us: we send an invoice and open the plan by hand."),
        )


def key() -> dict[str, Any]:
    """Return what every request carries: `stripe.X.create(..., **key())`."""
    return {"api_key": settings.STRIPE_SECRET_KEY, "stripe_version": settings.STRIPE_API_VERSION}


@contextmanager
def asking() -> Iterator[None]:
    """Run requests; raises DomainError for what Stripe refuses or cannot answer.

    "payments_away" (503): nobody can say what happened, repeating is safe. "card_refused", "card_needs_you" and
    "no_card" (402). "gone" (409): the object is not there (any more). "currency" and "country" (409).
    "payments_refused" (502): our request was wrong.
    """
    try:
        yield
    except stripe.CardError as error:
        raise _of_card(error) from error
    except stripe.InvalidRequestError as error:
        raise _of_request(error) from error
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as error:
        logger.warning("Stripe does not answer: %s", error)
        raise away() from error
    except stripe.StripeError as error:
        logger.exception("Stripe refused a request.")
        raise _ours() from error


def away() -> DomainError:
    """The error for a Stripe that does not answer."""
    return DomainError(
        "payments_away",
        _("The payment service does not answer at the moment."),
        status=503,
        hint=_("Nothing was charged twice and your plan stays as it is. Try again in a few minutes."),
    )


def _ours() -> DomainError:
    return DomainError(
        "payments_refused",
        _("The payment service did not accept this."),
        status=502,
        hint=_("Nothing was charged. We have been told; try again later or write to us."),
    )


def _of_card(error: stripe.CardError) -> DomainError:
    data = {"decline": getattr(error.error, "decline_code", None) or error.code}
    if error.code in {"authentication_required", "subscription_payment_intent_requires_action"}:
        return DomainError(
            "card_needs_you",
            _("Your bank wants you to confirm this payment."),
            status=402,
            hint=_("Open the billing page and pay the open invoice there; your bank will ask you."),
            data=data,
        )
    return DomainError(
        "card_refused",
        _("Your bank refused the card: %(why)s") % {"why": error.user_message or _("no reason given")},
        status=402,
        hint=_("Nothing was changed. Use another card on the billing page, or ask your bank."),
        data=data,
    )


def _of_request(error: stripe.InvalidRequestError) -> DomainError:
    message = str(error.user_message or "")
    if error.code == "resource_missing" and "payment source" not in message:
        return DomainError(
            "gone", _("That is no longer there."), status=409, hint=_("Load the page again to see how things stand.")
        )
    if error.code == "resource_missing":
        return DomainError(
            "no_card",
            _("There is no card to pay with."),
            status=402,
            hint=_("Add one on the billing page, then try again."),
        )
    if "currenc" in message.lower() or error.code == "currency_not_supported":
        return DomainError(
            "currency",
            _("This currency cannot be used for your account."),
            status=409,
            hint=_("An account pays in one currency. Write to us and we bill you another way."),
        )
    if error.code in {"country_unsupported", "customer_tax_location_invalid"}:
        return DomainError(
            "country",
            _("We cannot take payments from this country or address."),
            status=409,
            hint=_("Correct the address on the billing page, or write to us for an invoice."),
        )
    logger.error("Stripe refused a request: %s %s %s", error.code, error.param, message)
    return _ours()
