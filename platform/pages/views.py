"""The landing page, the way from a prompt to a job, and the dashboard."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from generation import services, writing
from generation.engine.languages import LANGUAGES
from generation.engine.understanding import understand
from pages import examples, limits, prompts, shelf


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page the prompt field lives on for this visitor: her dashboard or the landing page."""
    context.setdefault("prompt", "")
    context |= {"token": uuid.uuid4().hex, "languages": LANGUAGES}
    if request.user.is_authenticated:
        context["model"] = writing.is_offered()
        return render(request, "pages/dashboard.html", context | shelf.of(request.user))
    return render(request, "pages/landing.html", context | {"subjects": examples.by_subject()})


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Say what you teach. `?prompt=` fills the field, so that examples work as plain links."""
    context = {"prompt": request.GET.get("prompt", "")[:10_000], "subjects": examples.by_subject()}
    return render(request, "pages/landing.html", context | {"token": uuid.uuid4().hex, "languages": LANGUAGES})


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """A teacher's own page. A prompt kept from before she signed up goes on by itself."""
    if prompts.kept(request.session):
        return redirect("start")
    if request.GET.get("part") == "shelf":
        return render(request, "pages/dashboard.html#shelf", shelf.of(request.user))
    return _page(request, prompt=request.GET.get("prompt", "")[:10_000])


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Turn a prompt into a job, or say why not.

    GET goes on with the prompt that this session sent before its author had an account; nothing else can start
    a job without a POST.
    """
    asked = prompts.Asked.from_form(request.POST) if request.method == "POST" else prompts.kept(request.session)
    if asked is None:
        return redirect("dashboard" if request.user.is_authenticated else "landing")
    try:
        if not request.user.is_authenticated:
            return _send_to_sign_up(request, asked)
        prompts.let_go(request.session)
        job = _submit(request.user, asked)
    except DomainError as error:
        return _answer(request, asked, prompts.Answer.from_error(error))
    return _go(request, reverse("studio", args=[job.animation_id]))


def _submit(user: Any, asked: prompts.Asked) -> Any:
    said: dict[str, Any] = {
        "user": user,
        "prompt": asked.prompt,
        "idempotency_key": asked.idempotency_key,
        "language": asked.language,
    }
    if asked.template:
        return services.choose(template=asked.template, **said)
    return services.submit(writer=asked.writer, **said)


def _send_to_sign_up(request: HttpRequest, asked: prompts.Asked) -> HttpResponse:
    """Keep the prompt and ask for an account, but only for a prompt that can be drawn."""
    if not asked.template:
        limits.require_room(request)
        answer = prompts.Answer.from_understanding(understand(asked.prompt))
        if answer:
            return _answer(request, asked, answer)
    prompts.keep(request.session, asked)
    return _go(request, f"{reverse('account_signup')}?next={reverse('start')}")


def _answer(request: HttpRequest, asked: prompts.Asked, answer: prompts.Answer) -> HttpResponse:
    context = {"prompt": asked.prompt, "language": asked.language, "answer": answer}
    if _is_fragment(request):
        return render(request, "pages/answer.html", context)
    response = _page(request, **context)
    response.status_code = answer.status
    if answer.retry_after:
        response.headers["Retry-After"] = str(answer.retry_after)
    return response


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if _is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for the eye and the visual tests. Served in development only."""
    return render(request, "pages/parts.html")
