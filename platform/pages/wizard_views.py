"""The wizard's steps. Each has an address of its own, and going back loses nothing."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import require_user
from core.errors import DomainError
from generation import boards, services
from generation.engine.library import catalogue
from pages import examples, prompts, wizard
from pages.wizard import Details


@login_required
@require_safe
def subjects(request: HttpRequest) -> HttpResponse:
    """Choose a subject."""
    return render(request, "pages/new_subjects.html", {"subjects": examples.by_subject()})


@login_required
@require_safe
def templates(request: HttpRequest, subject: str) -> HttpResponse:
    """Choose an animation by its example."""
    shown = wizard.subject_named(subject)
    if shown is None:
        raise Http404
    context = {"subject": shown, "offers": wizard.offers(require_user(request), shown)}
    return render(request, "pages/new_templates.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, subject: str, template: str) -> HttpResponse:
    """Say it in words and turn knobs; then it is drawn, or looked at as a storyboard."""
    known = catalogue.templates().get(template)
    if known is None or known.subject != subject:
        raise Http404
    if request.method != "POST":
        return _show(request, Details(known, wizard.kept_words(request.session, template)))
    typed = {name: request.POST[name] for name in request.POST}
    shown = Details(known, typed.get("prompt", "").strip(), typed)
    wizard.keep_words(request.session, template, shown.prompt)
    if typed.get("act") == "back":
        return redirect("new_subject", subject=subject)
    try:
        return _begin(request, shown, typed)
    except DomainError as error:
        shown.error_at = str(error.data.get("knob", ""))
        shown.error = f"{error.message} {error.hint}".strip()
        return _show(request, shown, prompts.Answer.from_error(error), status=error.status)


def _begin(request: HttpRequest, shown: Details, typed: dict[str, str]) -> HttpResponse:
    user, slug = require_user(request), shown.template.slug
    language = typed.get("language", "")
    asked = prompts.Asked.from_form(typed | {"template": slug})
    if typed.get("act") == "board":
        begun = boards.start(
            user=user, prompt=shown.prompt, template=slug, token=asked.idempotency_key, language=language
        )
        return redirect("board", animation_id=begun.animation_id)
    job = services.choose(
        user=user,
        prompt=shown.prompt,
        template=slug,
        language=language,
        values=shown.values(),
        idempotency_key=asked.idempotency_key,
    )
    return redirect("studio", animation_id=job.animation_id)


def _show(
    request: HttpRequest, shown: Details, answer: prompts.Answer | None = None, *, status: int = 200
) -> HttpResponse:
    subject = wizard.subject_named(shown.template.subject)
    context = {"details": shown, "subject": subject, "answer": answer, "token": uuid.uuid4().hex}
    return render(request, "pages/new_details.html", context, status=status)
