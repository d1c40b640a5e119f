"""Refusals in the form that Stripe's own have, so that its SDK raises its own exceptions from them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A refused request. `fields` are those of Stripe's error object beside type and message."""

    def __init__(self, status: int, kind: str, message: str, **fields: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"error": {"type": kind, "message": message, **fields}}


def invalid(message: str, *, param: str | None = None, code: str | None = None, status: int = 400) -> ApiError:
    """A request that Stripe cannot make sense of."""
    fields = {name: value for name, value in (("param", param), ("code", code)) if value}
    return ApiError(status, "invalid_request_error", message, **fields)


def missing(kind: str, key: str, *, param: str = "id") -> ApiError:
    """An object that is not there: 404 where the address names it, 400 where a parameter does."""
    name = kind.rpartition(".")[2].replace("_", " ")
    status = 404 if param == "id" else 400
    return invalid(f"No such {name}: '{key}'", param=param, code="resource_missing", status=status)


def required(param: str) -> ApiError:
    """A parameter that was left out."""
    return invalid(f"Missing required param: {param}.", param=param, code="parameter_missing")


def card_refused(decline: str, **fields: Any) -> ApiError:
    """A card that was not charged. `decline` is the bank's word, or authentication_required."""
    if decline == "authentication_required":
        message = "Your card was declined. This transaction requires authentication."
        return ApiError(402, "card_error", message, code="authentication_required", decline_code=decline, **fields)
    words = {"insufficient_funds": "Your card has insufficient funds.", "expired_card": "Your card has expired."}
    message = words.get(decline, "Your card was declined.")
    code = "expired_card" if decline == "expired_card" else "card_declined"
    return ApiError(402, "card_error", message, code=code, decline_code=decline, **fields)
