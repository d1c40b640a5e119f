"""What a share link shows to anybody: the video with captions and transcript, its variants, and ways on from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from xml.etree import ElementTree

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import require_user
from core import limits
from core.cookieless import cookieless
from core.errors import DomainError
from core.middleware import embedded_policy
from generation.files import send
from generation.signing import file_name
from generation.variants import Variant, variants_of
from generation.watching import PLAYED, Showing, showing
from projects import remixing, reporting, sharing
from projects.guessing import count_bad_link
from projects.models import Animation, Artefact, Remix, Revision
from projects.selectors import WATCHED
from projects.share_forms import ReportForm
from projects.share_models import RIGHTS, Right, ShareLink

FRAME = (640, 360)


@never_cache
@cookieless
@require_safe
def share(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link is to: one animation, or a project's."""
    link = _link_or_404(request, token)
    if link.animation_id:
        return _page(request, link, token, get_object_or_404(sharing.behind(link)))
    animations = sharing.behind(link).order_by("title")[:200]
    context = {"link": link, "token": token, "animations": animations}
    return _guarded(render(request, "generation/share_project.html", context), link)


@never_cache
@cookieless
@require_safe
def share_animation(request: HttpRequest, token: str, animation_id: UUID) -> HttpResponse:
    """Show one of the animations that the link is to."""
    link = _link_or_404(request, token)
    return _page(request, link, token, get_object_or_404(sharing.behind(link), pk=animation_id))


@cookieless
@require_safe
def share_file(request: HttpRequest, token: str, artefact_id: UUID, name: str) -> HttpResponseBase:
    """Send a file of what the link shows. The link is asked each time."""
    link = _link_or_404(request, token)
    shown = Artefact.objects.filter(kind__in=WATCHED, revision__animation__in=sharing.behind(link).values("pk"))
    artefact = get_object_or_404(shown.select_related("revision__animation__current_revision"), pk=artefact_id)
    if artefact.revision not in _revisions(link, artefact.revision.animation):
        raise Http404
    response = send(request, artefact, keep="private, no-cache")
    if artefact.kind == Artefact.Kind.POSTER:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # pages that found it by oEmbed show it
    return response


@never_cache
@xframe_options_exempt
@cookieless
@require_safe
def embed(request: HttpRequest, token: str) -> HttpResponse:
    """Show the player alone, for a frame on any other site. Only links to one animation are for that."""
    link = _link_or_404(request, token)
    if not link.animation_id:
        raise Http404
    animation = get_object_or_404(sharing.behind(link))
    context = {"link": link, "token": token, "animation": animation, "showing": _showing(link, token, animation)}
    response = _guarded(render(request, "generation/embed.html", context), link)
    response.headers["Content-Security-Policy"] = embedded_policy(request.csp_nonce)  # type: ignore[attr-defined]
    return response


@cookieless
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer in JSON or XML how a link is shown in a frame (https://oembed.com, version 1.0)."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse(_("Only json and xml are spoken here."), status=501, content_type="text/plain")
    link, token = _linked(request)
    answer = _oembed(request, get_object_or_404(sharing.behind(link)), link, token)
    if form == "json":
        return JsonResponse(answer)
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = str(value)
    document = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(document, content_type="text/xml; charset=utf-8")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Put the link among what is shared with oneself; whoever comes from the login presses once more."""
    link = _link_or_404(request, token)
    if request.method == "POST":
        sharing.keep_link(user=require_user(request), link=link)
        if link.animation_id:
            return redirect("watch", animation_id=link.animation_id)
        return redirect("project_detail", project_id=link.project_id)
    context = {"link": link, "token": token, "title": link.target.title}
    return _guarded(render(request, "generation/share_keep.html", context), link)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remix(request: HttpRequest, token: str, animation_id: UUID) -> HttpResponse:
    """Copy the animation into one's own project; whoever comes from the login presses once more."""
    link = _link_or_404(request, token)
    animation = get_object_or_404(sharing.behind(link), pk=animation_id)
    if request.method == "POST":
        made = remixing.remix(by=require_user(request), animation=animation, link=link)
        messages.success(request, _("This copy is yours. The original stays as it is."))
        return redirect("studio", animation_id=made.pk)
    if Right.REMIX not in RIGHTS[link.level]:
        raise Http404
    context = {"link": link, "token": token, "animation": animation, "credit": animation.project.owner.name}
    return _guarded(render(request, "generation/share_remix.html", context), link)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, token: str, animation_id: UUID) -> HttpResponse:
    """Tell the staff that this should not be shown."""
    link = _link_or_404(request, token)
    animation = get_object_or_404(sharing.behind(link), pk=animation_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _require_few_reports(request)
        reporting.report(link=link, animation=animation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Somebody will look at it."))
        return redirect("share_animation", token=token, animation_id=animation.pk)
    context = {"link": link, "token": token, "animation": animation, "form": form}
    status = 422 if request.method == "POST" else 200
    return _guarded(render(request, "generation/share_report.html", context, status=status), link)


# --- Shared --------------------------------------------------------------------------------------
def _link_or_404(request: HttpRequest, token: str) -> ShareLink:
    try:
        return sharing.open_link(token)
    except DomainError:
        count_bad_link(request)
        raise Http404 from None


def _revisions(link: ShareLink, animation: Animation) -> Sequence[Revision]:
    if link.variants:
        return [variant.revision for variant in variants_of(animation)]
    return [animation.current_revision] if animation.current_revision else []


def _showing(link: ShareLink, token: str, animation: Animation, revision: Revision | None = None) -> Showing:
    shown = revision or animation.current_revision
    if shown is None:
        raise Http404
    files = shown.artefacts.filter(kind__in=PLAYED).select_related("revision")
    return showing(shown, files, lambda one: f"{_file(token, one)}?inline=1")


def _file(token: str, artefact: Artefact) -> str:
    return reverse("share_file", args=[token, artefact.pk, file_name(artefact)])


def _page(request: HttpRequest, link: ShareLink, token: str, animation: Animation) -> HttpResponse:
    variants: list[Variant] = variants_of(animation) if link.variants else []
    number = request.GET.get("version", "")
    wanted = next((one.revision for one in variants if str(one.revision.number) == number), None)
    if number and wanted is None:
        raise Http404
    page = request.build_absolute_uri(reverse("share", args=[token]))
    context = {
        "link": link,
        "token": token,
        "animation": animation,
        "showing": _showing(link, token, animation, wanted),
        "shown": wanted or animation.current_revision,
        "variants": variants if len(variants) > 1 else [],
        "author": animation.project.owner.name,
        "remixed": Remix.objects.filter(animation=animation).first(),
        "may_remix": Right.REMIX in RIGHTS[link.level],
        "page": page,
        "snippet": _frame(request, token, animation, *FRAME) if link.animation_id else "",
        "oembed": request.build_absolute_uri(reverse("oembed")),
    }
    return _guarded(render(request, "generation/share.html", context), link)


def _guarded(response: HttpResponse, link: ShareLink) -> HttpResponse:
    if not link.listed:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _frame(request: HttpRequest, token: str, animation: Animation, width: int, height: int) -> str:
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" allow="fullscreen" style="border:0"></iframe>',
        request.build_absolute_uri(reverse("embed", args=[token])),
        width,
        height,
        animation.title,
    )


def _linked(request: HttpRequest) -> tuple[ShareLink, str]:
    try:
        parts = urlsplit(request.GET.get("url", "")[:2000])
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        raise Http404 from None
    if parts.netloc != request.get_host() or match.url_name not in ("share", "share_animation", "embed"):
        raise Http404
    link = _link_or_404(request, match.kwargs["token"])
    if not link.animation_id:
        raise Http404
    return link, match.kwargs["token"]


def _oembed(request: HttpRequest, animation: Animation, link: ShareLink, token: str) -> dict[str, Any]:
    width = min(FRAME[0], _size(request, "maxwidth"), _size(request, "maxheight") * 16 // 9)
    height = width * 9 // 16
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "video",
        "provider_name": settings.PRODUCT_NAME,
        "provider_url": request.build_absolute_uri("/"),
        "title": animation.title,
        "html": _frame(request, token, animation, width, height),
        "width": width,
        "height": height,
    }
    if animation.project.owner.name:
        answer["author_name"] = animation.project.owner.name
    if poster := _showing(link, token, animation).poster:
        answer |= {"thumbnail_url": request.build_absolute_uri(poster), "thumbnail_width": 854, "thumbnail_height": 480}
    return answer


def _size(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return max(160, int(asked[:5])) if asked.isascii() and asked.isdecimal() else 10_000


def _require_few_reports(request: HttpRequest) -> None:
    verdict = limits.take_for(request, "report")
    if not verdict.allowed:
        raise DomainError(
            "too_many_reports",
            _("Many reports came from here in the last hour."),
            status=429,
            hint=_("Those are kept. Wait an hour before the next one."),
            data={"retry_after": verdict.retry_after},
        )
