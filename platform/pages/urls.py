"""Addresses of the landing page, the prompt and the dashboard."""

from django.conf import settings
from django.urls import path

from pages import insights, views, wizard_views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("start/", views.start, name="start"),
    path("insights/", insights.insights, name="insights"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("new/", wizard_views.subjects, name="new"),
    path("new/<slug:subject>/", wizard_views.templates, name="new_subject"),
    path("new/<slug:subject>/<slug:template>/", wizard_views.details, name="new_details"),
]
if settings.DEBUG:
    urlpatterns.append(path("ui/", views.parts, name="parts"))
