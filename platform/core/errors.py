"""The one error that business code raises and every border (page, API, socket) knows how to say."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A request that cannot be done, in words its sender can act on.

    `code` is stable and machine-readable, `message` and `hint` are translated sentences, `status` is the
    HTTP status an API answers with, `data` is JSON that a page may need to go on (never a secret).
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 400,
        hint: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.hint = hint
        self.data = dict(data or {})
