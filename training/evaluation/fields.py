"""Knob fields: what a model reads out of a teacher's words, field by field, after the cross-check that a job makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generation.engine.library import catalogue
from generation.engine.served import filling
from generation.engine.served.client import ModelClient
from generation.engine.served.faults import ModelFault
from generation.engine.types import KnobValue
from training.evaluation.tasks import Done, own


@dataclass(frozen=True, slots=True)
class Form:
    """A request, and the fields that a person reads in it beyond what the rules read."""

    template: str
    request: str
    fields: Mapping[str, KnobValue]


def measure(forms: Sequence[Form], client: ModelClient) -> Iterator[Done]:
    """One outcome a form, as they come: fields right, fields wrong, fields asked for."""
    for form in forms:
        yield _measured(form, client)


def _measured(form: Form, client: ModelClient) -> Done:
    template = catalogue.templates()[form.template]
    wanted = filling.unread(form.request, template, {})
    try:
        found = filling.fill(client, form.request, template, wanted).values if wanted else {}
    except ModelFault as fault:
        return Done(form.request, False, fault.code, trouble=not own(fault.code), right=0, of=len(form.fields))
    right = sum(found.get(name) == value for name, value in form.fields.items())
    strays = {name: value for name, value in found.items() if form.fields.get(name) != value}
    reason = ", ".join(f"{name} read as {value}" for name, value in strays.items())
    return Done(
        form.request,
        right == len(form.fields) and not strays,
        reason,
        right=right,
        wrong=len(strays),
        of=len(form.fields),
    )
