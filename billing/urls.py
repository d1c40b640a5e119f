"""Addresses of the plans and of a person's own plan."""

from django.urls import path

from billing import views

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("billing/", views.own, name="billing"),
]
