"""What screening answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a text does not fit a classroom, and what could be asked instead.

    `stop` says that there is nothing to negotiate: the message itself says what to do, and there is no rewrite.
    """

    topic: str
    message: str
    rewrite: str = ""
    stop: bool = False
    words: str = ""  # what was found, in plain spelling

    @property
    def code(self) -> str:
        """Stable and machine-readable."""
        return f"unsafe_{self.topic}"
