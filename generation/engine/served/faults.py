"""What can go wrong between us and a served model, in words a teacher can act on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generation.engine.errors import EngineFault
from generation.engine.types import Fault

_AGAIN = "Try again in a minute, or take an animation from the library."
# code -> (message, hint); the codes are the reasons that attempts are recorded with.
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "model_unreachable": ("The model that writes new scenes cannot be reached.", _AGAIN),
        "model_silent": ("The model took the request and then said nothing.", _AGAIN),
        "model_slow": ("The model was too slow to finish.", _AGAIN),
        "model_busy": ("The model is busy with other requests.", _AGAIN),
        "model_failed": ("The model's server failed.", _AGAIN),
        "model_resting": ("The model failed several times, so it is left alone for a moment.", _AGAIN),
        "model_refused": (
            "The model's server does not accept our requests.",
            "Tell the administrator: its address, key or settings are wrong.",
        ),
        "model_missing": (
            "The model's server does not have the model it is asked for.",
            "Tell the administrator: the model's name in the settings is wrong.",
        ),
        "model_garbled": ("What the model's server sent cannot be read.", _AGAIN),
        "model_cut": ("The model's answer broke off in the middle.", _AGAIN),
        "model_empty": ("The model gave an empty answer.", "Say it in other words, or try again."),
        "model_too_long": ("The model's answer was longer than any scene can be.", "Ask for something shorter."),
    }
)
# These speak of the server's health; the others come from a server that works.
UNHEALTHY = frozenset({"model_unreachable", "model_silent", "model_failed", "model_garbled", "model_cut"})
# Worth another try at the same place: nothing was received yet and the server may be well in a moment.
PASSING = frozenset({"model_busy", "model_failed"})


class ModelFault(EngineFault):
    """A served model gave no usable answer. `partial` is what came before, `retry_after` what the server asked for."""

    def __init__(self, code: str, *, partial: str = "", retry_after: float | None = None, log: str = "") -> None:
        message, hint = WORDS[code]
        super().__init__(Fault(code, message, hint, log=log))
        self.partial = partial
        self.retry_after = retry_after

    @property
    def code(self) -> str:
        """The reason, one of `WORDS`."""
        return self.fault.code
