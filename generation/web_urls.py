"""Addresses of the studio."""

from django.urls import path

from generation import board_views, code_views, link_views, present_views, views, watch_views

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
    path("animations/<uuid:animation_id>/watch/", watch_views.watch, name="watch"),
    path("animations/<uuid:animation_id>/watch/pulse/", watch_views.pulse, name="watch_pulse"),
    path("animations/<uuid:animation_id>/comments/new/", watch_views.add_comment, name="comment_add"),
    path("animations/<uuid:animation_id>/remix/", watch_views.remix, name="remix"),
    path("s/<str:token>/", link_views.share, name="share"),
    path("s/<str:token>/keep/", link_views.keep, name="share_keep"),
    path("s/<str:token>/files/<uuid:artefact_id>/<str:name>", link_views.share_file, name="share_file"),
    path("s/<str:token>/<uuid:animation_id>/", link_views.share_animation, name="share_animation"),
    path("s/<str:token>/<uuid:animation_id>/remix/", link_views.remix, name="share_remix"),
    path("s/<str:token>/<uuid:animation_id>/report/", link_views.report, name="share_report"),
    path("embed/<str:token>/", link_views.embed, name="embed"),
    path("oembed", link_views.oembed, name="oembed"),
    path("jobs/<uuid:job_id>/cancel/", views.cancel, name="job_cancel"),
    path("jobs/<uuid:job_id>/again/", views.again, name="job_again"),
]
