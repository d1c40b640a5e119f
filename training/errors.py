"""What stops a step of training and what the operator can do about it."""

from __future__ import annotations


class TrainingFault(Exception):
    """A step cannot go on. `message` says what is wrong, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.message = message
        self.hint = hint
