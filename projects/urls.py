"""Project, sharing and comment pages."""

from django.urls import path

from projects import comment_views, share_views, views

urlpatterns = [
    path("projects/", views.project_list, name="project_list"),
    path("projects/new/", views.create_project, name="project_create"),
    path("projects/<uuid:project_id>/", views.project_detail, name="project_detail"),
    path("projects/<uuid:project_id>/rename/", views.rename_project, name="project_rename"),
    path("projects/<uuid:project_id>/archive/", views.archive_project, name="project_archive"),
    path("projects/<uuid:project_id>/unarchive/", views.unarchive_project, name="project_unarchive"),
    path("projects/<uuid:project_id>/delete/", views.delete_project, name="project_delete"),
    path("projects/<uuid:project_id>/activity/", share_views.project_activity, name="project_activity"),
    path("projects/<uuid:project_id>/hand-over/", share_views.hand_over, name="project_hand_over"),
    path("projects/<uuid:project_id>/sharing/", share_views.manage, name="project_sharing"),
    path("projects/<uuid:project_id>/sharing/people/", share_views.share_with_person, name="project_share_person"),
    path("projects/<uuid:project_id>/sharing/schools/", share_views.share_with_school, name="project_share_school"),
    path("projects/<uuid:project_id>/sharing/links/", share_views.make_link, name="project_share_link"),
    path("animations/<uuid:animation_id>/sharing/", share_views.manage, name="animation_sharing"),
    path(
        "animations/<uuid:animation_id>/sharing/people/", share_views.share_with_person, name="animation_share_person"
    ),
    path(
        "animations/<uuid:animation_id>/sharing/schools/", share_views.share_with_school, name="animation_share_school"
    ),
    path("animations/<uuid:animation_id>/sharing/links/", share_views.make_link, name="animation_share_link"),
    path("shared/", share_views.shared_list, name="shared_list"),
    path("shared/people/<uuid:person_share_id>/end/", share_views.end_person_share, name="person_share_end"),
    path("shared/schools/<uuid:school_share_id>/end/", share_views.end_school_share, name="school_share_end"),
    path("shared/links/<uuid:share_link_id>/revoke/", share_views.revoke_link, name="share_link_revoke"),
    path("shared/kept/<uuid:holder_id>/drop/", share_views.drop_link, name="link_drop"),
    path("comments/<uuid:comment_id>/edit/", comment_views.edit_comment, name="comment_edit"),
    path("comments/<uuid:comment_id>/delete/", comment_views.delete_comment, name="comment_delete"),
    path("comments/<uuid:comment_id>/resolve/", comment_views.resolve_comment, name="comment_resolve"),
]
