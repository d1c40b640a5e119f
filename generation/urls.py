"""Addresses of jobs: files by signed link, and the pages of the studio."""

from django.urls import include, path

from generation.files import artefact_file

urlpatterns = [
    path("files/<str:token>/<str:name>", artefact_file, name="artefact_file"),
    path("", include("generation.web_urls")),
]
