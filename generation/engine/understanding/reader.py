"""From a prompt to a decision: serve a template, ask which of three is meant, or say that none fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generation.engine.errors import RequestFault
from generation.engine.languages import ENGLISH
from generation.engine.library import catalogue
from generation.engine.library.catalogue import Template
from generation.engine.screening import Finding, screen_request, set_aside
from generation.engine.types import Choice, Fault, Outcome, Understanding
from generation.engine.understanding import data_tables, equations, formulas, ideas, own_data
from generation.engine.understanding.embedding import embed
from generation.engine.understanding.keeping import Readings
from generation.engine.understanding.reading import read_knobs, without_knobs
from generation.engine.understanding.retrieval import Query, Ranked, ranker_of
from generation.engine.understanding.screening import MAX_CHARACTERS, Screened, screen
from generation.engine.understanding.words import content, words_of

# Below SURE or without MARGIN over the next the teacher chooses; below POSSIBLE nothing in the library fits.
SURE = 0.55
MARGIN = 0.2
POSSIBLE = 0.12
DOUBTFUL = 0.4  # a part of a prompt that names another animation with this confidence makes the whole a question
FAINT = 0.08  # the same, where the prompt says itself what comes first and what comes then
DIVIDED = 0.8  # below it, an "and" may divide what one template serves, where each half is as sure
NAMED = 0.25  # below it, what some template cannot show is taken for what was meant
SHOWN = 3
# Of too many subjects to mean one animation when said alone.
WIDE = re.compile(
    r"angles?|areas?|curves?|energy|equilibrium|forces?|functions?|graphs?|market|matrix|motion|numbers|oscillations?"
    r"|populations?|periodic table|photosynthesis|price|proofs?|ratio|search(?:ing)?"
    r"|shapes?|slope|springs?|sums?|triangles?|waves?"
)
_CHOOSE = "Choose one of these, or say a little more."
_ORDERS = "These are orders to a program; they don't say what a class should see. Say in words what to show."
_EXAMPLE = "Show how a pendulum's period depends on its length"
_DRAW = re.compile(r"\b(?:plot|graph|draw|sketch|curve|function|equation)\w*\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:why|where|how)\b", re.IGNORECASE)
_OTHER_WISH = re.compile(
    r"\b(?:(?:the\s+)?history\s+of|who\s+(?:invented|discovered)|biography|poem|song|joke|essay|quiz|worksheet|crossword"
    r"|lesson\s+plan|newspaper|homework\s+answers?|translate)\b",
    re.IGNORECASE,
)
_SAID_OF_GRAPHS = re.compile(
    r"(?:plot|graph|draw|sketch|curve|function|equation|formula)\w*|ax[ie]s|interval|domain|range|line|from|to|between|through"
    r"|until|starting|ending|x|y|t"
)


def understand(
    prompt: str, *, template: str | None = None, templates: Mapping[str, Template] | None = None
) -> Understanding:
    """Decide what a prompt asks for; nothing is rendered.

    With `template` the teacher has chosen: only its knobs are read. `templates` stands in for the library.
    Raises RequestFault `unknown_template`, and EngineFault where the library or the model cannot be loaded.
    """
    library = catalogue.templates() if templates is None else templates
    if len(prompt) <= MAX_CHARACTERS and (found := screen_request(prompt, embed)) is not None:
        return _unfit(found)
    worksheet = set_aside(prompt[: MAX_CHARACTERS + 1])
    understanding = _understood(worksheet.text, prompt, template, library)
    return replace(understanding, understood=(*understanding.understood, *worksheet.told))


def _understood(prompt: str, sent: str, template: str | None, library: Mapping[str, Template]) -> Understanding:
    screened = screen(prompt)
    if screened.code == "empty" and sent.strip():
        return replace(_refused("orders", _ORDERS), rewrite=_EXAMPLE)
    if screened.code and (template is None or not screened.text):
        return _refused(screened.code, screened.message)
    ranker = ranker_of(tuple(library.values()))
    text = ranker.corrected(screened.text)
    if template is not None:
        if template not in library:
            raise RequestFault(Fault("unknown_template", f"There is no animation called {template} in the library."))
        chosen = _served(Ranked.chosen(library[template]), read_knobs(text, library[template]), ())
        said = replace(screened.spoken, unknown=())
        return _as_asked(chosen, replace(screened, spoken=said), library)
    whole = _decided(text, ranker.rank(query_of(text)))
    found = _several(screened.text, whole, lambda idea: _decided(idea, ranker.rank(query_of(idea)))) or whole
    return _as_asked(found, screened, library)


def _as_asked(found: Understanding, screened: Screened, library: Mapping[str, Template]) -> Understanding:
    """What was understood, with level and language of the captions; asked about where too many words are unknown."""
    said = screened.spoken
    if found.outcome is Outcome.SERVED and said.is_half_understood:
        choices = tuple(
            Choice(each.template or "", each.title, "", round(each.confidence, 3)) for each in found.parts or (found,)
        )
        lost = ", ".join(f"“{word}”" for word in said.unknown)
        message = f"I do not know {lost}. {_CHOOSE}"
        found = replace(
            found, outcome=Outcome.ASK, template=None, title="", knobs={}, parts=(), code="unsure",
            alternatives=(*choices, *found.alternatives)[:SHOWN], message=message,
        )  # fmt: skip
    slugs = [part.template or "" for part in found.parts or (found,)]
    shown = [library[slug] for slug in slugs if slug in library]
    told = (*(screened.level.told(shown) if screened.level and shown else ()), *said.told)
    return replace(found, language=said.captions or ENGLISH, understood=(*found.understood, *told))


def _several(prompt: str, whole: Understanding, read: Callable[[str], Understanding]) -> Understanding | None:
    """The prompt as ideas of several templates, one after the other; None where it is one idea.

    An "and" divides a prompt only where one template makes less sense of it.
    """
    told = ideas.in_sequence(prompt)
    readings = [(told, 0.0)] if 1 < len(told) <= ideas.MOST else []
    readings += [(halves, 0.0) for halves in ideas.firmly_joined(prompt)]
    firm = len(readings)
    if whole.outcome is not Outcome.SERVED:
        readings += [(halves, 0.0) for halves in ideas.side_by_side(prompt)]
    elif whole.confidence < DIVIDED:
        readings += [(halves, DIVIDED) for halves in ideas.side_by_side(prompt)]
    doubt: Understanding | None = None
    for number, (pieces, least) in enumerate(readings):
        parts = tuple(read(piece) for piece in ideas.complete(pieces))
        if min(part.confidence for part in parts) < least:
            continue
        slugs = {part.template for part in parts}
        if all(part.outcome is Outcome.SERVED for part in parts) and len(slugs) == len(parts):
            return _composed(parts)
        if number < firm and whole.outcome is Outcome.SERVED:
            doubt = doubt or _divided_doubt(whole, parts, FAINT if ideas.says_first(prompt) else DOUBTFUL)
    return doubt


def _divided_doubt(whole: Understanding, parts: Sequence[Understanding], least: float) -> Understanding | None:
    """A question where the whole would be one animation, but a part of it names another."""
    nearest = [part.alternatives[0] if not part.template else _as_choice(part) for part in parts if _names_some(part)]
    others = [each for each in nearest if each.template != whole.template and each.confidence >= least]
    if not others:
        return None
    choices = {each.template: each for each in (_as_choice(whole), *others, *whole.alternatives)}
    message = "This asks for two animations. Choose one; the other can follow."
    shown = tuple(choices.values())[:SHOWN]
    return Understanding(Outcome.ASK, None, "", whole.confidence, {}, shown, (), whole.words, message, "unsure")


def _names_some(part: Understanding) -> bool:
    return bool(part.template or part.alternatives)


def _as_choice(served: Understanding) -> Choice:
    slug = served.template or ""
    return Choice(slug, served.title, catalogue.templates()[slug].summary, round(served.confidence, 3))


def _composed(parts: tuple[Understanding, ...]) -> Understanding:
    understood = tuple(f"{part.title}: {sentence}" for part in parts for sentence in part.understood)
    return Understanding(
        Outcome.SERVED,
        None,
        ", then: ".join(part.title for part in parts),
        min(part.confidence for part in parts),
        {},
        (),
        understood,
        tuple(dict.fromkeys(word for part in parts for word in part.words)),
        parts=parts,
    )


def query_of(text: str) -> Query:
    """The prompt as retrieval sees it: what is left when formulas, numbers and units are taken out."""
    spoken = formulas.written_out(text)
    found = formulas.find_formula(spoken)
    plain = without_knobs(text)
    if found is None and _DRAW.search(text) and not _REASON.search(text):
        found = formulas.find_named(spoken)
        if found is not None:
            plain = without_knobs(spoken[: found.start] + " " + spoken[found.end :])
    if (table := data_tables.find_table(text)) is not None and data_tables.is_plain(text):
        plain = without_knobs(f"{text[: table.start]} {text[table.end :]}")  # the names of a table tell no subject
    rest = [word for word in content(words_of(plain)) if not _SAID_OF_GRAPHS.fullmatch(word)]
    complete = found is not None and (found.formula is not None or _DRAW.search(text) is not None)
    system = equations.find_system(text) is not None
    data = "" if system else own_data.kind_of(text)
    return Query(text, plain, formula=complete and not rest and not system, system=system, data=data)


def _decided(text: str, ranked: list[Ranked]) -> Understanding:
    refused = _turned_away(text, ranked)
    if refused is not None:
        return refused
    able = [each for each in ranked if not each.excluded]
    best, runner_up = able[0], able[1].confidence if len(able) > 1 else 0.0
    if _names_nothing(text):
        return _unsure(able[:SHOWN], f"Many animations are about that. {_CHOOSE}")
    if best.confidence < SURE or best.confidence - runner_up < MARGIN:
        return _unsure(able[:SHOWN], f"I am not sure which animation you mean. {_CHOOSE}")
    return _served(best, read_knobs(text, best.template), tuple(_choice(each) for each in able[:SHOWN]))


def _turned_away(text: str, ranked: list[Ranked]) -> Understanding | None:
    """What to say where the library has nothing for the prompt, or has it in two animations."""
    best = ranked[0]
    able = [each for each in ranked if not each.excluded]
    if best.excluded and (not able or able[0].confidence < SURE):
        other = next((each for each in able if _speaks_of(each.template, best.excluded)), None)
        if other is not None and best.confidence >= POSSIBLE:
            return _unsure((best, other), "This asks for two animations. Choose one; the other can follow.")
        return _impossible(ranked, f"I can't draw {best.excluded} yet.", "excluded")
    named = next((each for each in ranked if " " in each.excluded), None)  # one word alone says too little
    if named and best.confidence < NAMED and not _speaks_of(best.template, named.excluded):
        return _impossible(ranked, f"I can't draw {named.excluded} yet.", "excluded")
    if best.confidence < POSSIBLE:
        return _impossible(ranked, "I can't draw that yet.", "no_template")
    wish = _OTHER_WISH.search(text)
    if wish:
        return _impossible(ranked, f"I make animations; I can't help with “{wish.group().lower()}”.", "not_animation")
    return None


def _unsure(ranked: Sequence[Ranked], message: str) -> Understanding:
    best, choices = ranked[0], tuple(_choice(each) for each in ranked)
    return Understanding(Outcome.ASK, None, "", best.confidence, {}, choices, (), best.words, message, "unsure")


def _speaks_of(template: Template, thing: str) -> bool:
    """Whether what one template cannot show is another's own subject."""
    return thing.lower() in (each.lower() for each in template.keywords)


def _names_nothing(text: str) -> bool:
    """Whether the prompt is one wide subject and nothing else: waves, a curve, the periodic table."""
    words = content(words_of(text))
    return WIDE.fullmatch(" ".join(words)) is not None and not any(each.isdigit() for each in text)


def _impossible(ranked: list[Ranked], reason: str, code: str) -> Understanding:
    choices = tuple(_choice(each) for each in ranked[:SHOWN])
    nearest = "; ".join(f"“{each.title}”" for each in choices)
    message = f"{reason} The closest animations are: {nearest}."
    return Understanding(
        Outcome.REFUSED, None, "", ranked[0].confidence, {}, choices, (), ranked[0].words, message, code
    )


def _served(best: Ranked, readings: Readings, choices: tuple[Choice, ...]) -> Understanding:
    template = best.template
    understood = (*readings.understood, *readings.problems)
    if readings.problems:
        return Understanding(
            Outcome.ASK, template.slug, template.title, best.confidence, readings.values,
            choices or (_choice(best),), understood, best.words,
            " ".join((*readings.problems, "Change that and ask again.")), "knob",
        )  # fmt: skip
    return Understanding(
        Outcome.SERVED, template.slug, template.title, best.confidence, readings.values,
        choices[1:], understood, best.words,
    )  # fmt: skip


def _unfit(found: Finding) -> Understanding:
    return replace(_refused(found.code, found.message), rewrite=found.rewrite, stop=found.stop)


def _refused(code: str, message: str) -> Understanding:
    return Understanding(Outcome.REFUSED, None, "", 0.0, {}, (), (), (), message, code)


def _choice(ranked: Ranked) -> Choice:
    template = ranked.template
    return Choice(template.slug, template.title, template.summary, round(ranked.confidence, 3))
