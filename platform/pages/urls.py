"""Addresses of the landing page, the prompt and the dashboard."""

from django.conf import settings
from django.urls import path

from pages import insights, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("start/", views.start, name="start"),
    path("insights/", insights.insights, name="insights"),
    path("dashboard/", views.dashboard, name="dashboard"),
]
if settings.DEBUG:
    urlpatterns.append(path("ui/", views.parts, name="parts"))
