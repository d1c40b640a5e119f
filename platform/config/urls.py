"""Every URL of the site. Each app brings its own routes; this file only joins them."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("generation.urls")),
    path("", include("projects.urls")),
    path("api/v1/", include("config.api")),
    path("", include("pages.urls")),
]
