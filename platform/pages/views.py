"""The landing page, the way from a prompt to a job, and the dashboard."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policies
from core.errors import DomainError
from generation import boards, services, writing
from generation.engine.languages import LANGUAGES
from generation.engine.understanding import understand
from generation.models import Job
from pages import examples, limits, prompts, shelf

BOARD_FIRST = "board_first"
REMEMBERED_SECONDS = 365 * 24 * 3600


def _looks_first(request: HttpRequest) -> bool:
    return request.COOKIES.get(BOARD_FIRST) == "yes"


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page the prompt field lives on for this visitor: her dashboard or the landing page."""
    context.setdefault("prompt", "")
    context |= {"token": uuid.uuid4().hex, "languages": LANGUAGES}
    if request.user.is_authenticated:
        context["model"] = writing.is_offered() and policies.of(request.user).models_write
        context["board_first"] = context["answer"].board if "answer" in context else _looks_first(request)
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
    try:
        asked = prompts.Asked.from_form(request.POST) if request.method == "POST" else prompts.kept(request.session)
    except DomainError as error:
        typed = prompts.Asked(request.POST.get("prompt", ""))
        return _answer(request, typed, prompts.Answer.from_error(error))
    if asked is None:
        return redirect("dashboard" if request.user.is_authenticated else "landing")
    try:
        if not request.user.is_authenticated:
            return _send_to_sign_up(request, asked)
        prompts.let_go(request.session)
        begun = _submit(request.user, asked)
    except DomainError as error:
        return _answer(request, asked, prompts.Answer.from_error(error))
    if isinstance(begun, Job) and begun.made_before:
        messages.info(request, _told(begun, asked))
    response = _go(request, reverse("board" if asked.board else "studio", args=[begun.animation_id]))
    _remember(response, asked)
    return response


def _remember(response: HttpResponse, asked: prompts.Asked) -> None:
    """Whether she looks at the storyboard first is her way until she takes another."""
    if asked.board:
        response.set_cookie(BOARD_FIRST, "yes", max_age=REMEMBERED_SECONDS, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(BOARD_FIRST, samesite="Lax")


def _submit(user: Any, asked: prompts.Asked) -> Any:
    """The job that her prompt becomes, or the storyboard that she looks at first."""
    sampling = dict(asked.sampling)
    said: dict[str, Any] = {"user": user, "prompt": asked.prompt, "language": asked.language}
    key = asked.idempotency_key
    if asked.board:
        return boards.start(template=asked.template, writer=asked.writer, sampling=sampling, token=key, **said)
    if asked.template:
        return services.choose(template=asked.template, idempotency_key=key, **said)
    return services.submit(writer=asked.writer, sampling=sampling, anew=asked.anew, idempotency_key=key, **said)


def _told(job: Any, asked: prompts.Asked) -> str:
    if job.prompt.split() == asked.prompt.split():
        return _("You made this before; here it is.")
    return _("Made before from another wording: “%(prompt)s”.") % {"prompt": job.prompt[:200]}


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
    answer = replace(answer, board=asked.board)
    context = {"prompt": asked.prompt, "writer": asked.writer, "language": asked.language, "answer": answer}
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
