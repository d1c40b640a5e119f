"""Errors of the engine: the request's fault or ours, each with a hint a teacher can act on."""

from __future__ import annotations

from generation.engine.types import Fault, Outcome, Understanding


class EngineError(Exception):
    """Base of all engine errors. `fault` carries the code, the words and the hint."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class RequestFault(EngineError):
    """The request cannot be served as it is; trying again unchanged will not help."""


class KnobFault(RequestFault):
    """A value that a knob cannot take. `knob` is the knob's name in the code."""

    def __init__(self, knob: str, fault: Fault) -> None:
        super().__init__(fault)
        self.knob = knob


class EngineFault(EngineError):
    """Our side failed; the same request may work later."""


class Cancelled(EngineError):
    """The caller asked to stop."""

    def __init__(self) -> None:
        super().__init__(
            Fault(code="cancelled", message="The job was cancelled.", hint="Start it again when you like.")
        )


class NotServed(RequestFault):
    """A prompt that no template serves with confidence. `understanding` offers the nearest ones."""

    def __init__(self, understanding: Understanding) -> None:
        hint = ""
        if understanding.rewrite:
            hint = "Use the words suggested, or say what the lesson is about."
        elif understanding.outcome is Outcome.REFUSED and understanding.alternatives:
            hint = "Choose one of these, or say it in other words."
        super().__init__(
            Fault(
                code=understanding.code or understanding.outcome.value,
                message=understanding.message,
                hint=hint,
            )
        )
        self.understanding = understanding
