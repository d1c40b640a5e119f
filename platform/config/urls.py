"""Every URL of the site. Each app brings its own routes; this file only joins them."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from core.views import api_not_found

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"

urlpatterns = [
    path("", include("core.urls")),
    path("language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("accounts.verify_urls")),
    path("", include("accounts.school_urls")),
    path("", include("billing.urls")),
    path("", include("billing.quote_urls")),
    path("", include("billing.stripe.urls")),
    path("", include("generation.urls")),
    path("", include("projects.urls")),
    path("", include("lessons.urls")),
    path("", include("training.urls")),
    path("api/v1/", include("config.api")),
    path("api/<path:rest>", api_not_found),
    path("", include("pages.urls")),
]
