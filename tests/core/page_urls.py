"""The whole site, and a page that goes wrong."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls
from core.errors import DomainError

handler404 = urls.handler404


def page(request: HttpRequest) -> HttpResponse:
    raise DomainError("taken", "That title is <taken>.", status=409, hint="Choose another.", data={"retry_after": 7})


urlpatterns = [path("page/", page), *urls.urlpatterns]
