"""Addresses of jobs: files by signed link, and the pages of the studio."""

from django.urls import include, path

from generation import git_views
from generation.files import artefact_file

urlpatterns = [
    path("files/<str:token>/<str:name>", artefact_file, name="artefact_file"),
    path("projects/<uuid:project_id>/history.bundle", git_views.bundle, name="project_bundle"),
    path("git/<uuid:project_id>.git/info/refs", git_views.refs, name="project_git"),
    path("git/<uuid:project_id>.git/git-upload-pack", git_views.upload_pack, name="project_git_fetch"),
    path("", include("generation.web_urls")),
]
