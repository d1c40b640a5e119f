"""Health addresses. Load balancers ask them by plain HTTP, so they are exempt from the redirect to HTTPS."""

from django.urls import path

from core import health

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("health/", health.page, name="health"),
    path("readyz", health.ready, name="readyz"),
]
