"""The double inside the process: give it to the SDK with `stripe.default_http_client = InProcess(store)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import stripe

from billing.stripe_double import api
from billing.stripe_double.store import Store


class InProcess(stripe.HTTPClient):
    """Answers the SDK's requests from a store, with no network."""

    name = "theorama-double"

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.requests: list[tuple[str, str]] = []

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        """Answer one request. Raises stripe.APIConnectionError where the store's faults say so."""
        self.requests.append((method.upper(), url))
        try:
            status, text = api.answer(self.store, method.upper(), url, headers or {}, post_data or "")
        except api.ConnectionLost:
            lost = stripe.APIConnectionError("The double was told not to answer.", should_retry=False)  # type: ignore[no-untyped-call]
            raise lost from None
        return text, status, {"Request-Id": "req_double"}

    def close(self) -> None:
        """Nothing is open."""
