"""Addresses of the studio."""

from django.urls import path

from generation import board_views, code_views, present_views, views

urlpatterns = [
    path("animations/<uuid:animation_id>/", views.studio, name="studio"),
    path("animations/<uuid:animation_id>/storyboard/", board_views.board, name="board"),
    path("animations/<uuid:animation_id>/code/", code_views.code, name="code"),
    path("animations/<uuid:animation_id>/compare/", code_views.compare, name="compare"),
    path("animations/<uuid:animation_id>/knobs/", views.turn_knobs, name="studio_knobs"),
    path("animations/<uuid:animation_id>/edit/", views.edit, name="studio_edit"),
    path("animations/<uuid:animation_id>/versions/<int:number>/restore/", views.restore, name="studio_restore"),
    path("animations/<uuid:animation_id>/exports/", views.exports, name="studio_exports"),
    path("animations/<uuid:animation_id>/export/", views.export, name="studio_export"),
    path("animations/<uuid:animation_id>/versions/<int:number>/checks/", views.tick_checks, name="studio_checks"),
    path("animations/<uuid:animation_id>/present/", present_views.present, name="present"),
    path("animations/<uuid:animation_id>/present/deck/", present_views.present_deck, name="present_deck"),
    path("jobs/<uuid:job_id>/cancel/", views.cancel, name="job_cancel"),
    path("jobs/<uuid:job_id>/again/", views.again, name="job_again"),
]
