"""Project pages."""

from django.urls import path

from projects import views

urlpatterns = [
    path("projects/", views.project_list, name="project_list"),
    path("projects/new/", views.create_project, name="project_create"),
    path("projects/<uuid:project_id>/", views.project_detail, name="project_detail"),
    path("projects/<uuid:project_id>/rename/", views.rename_project, name="project_rename"),
    path("projects/<uuid:project_id>/archive/", views.archive_project, name="project_archive"),
    path("projects/<uuid:project_id>/unarchive/", views.unarchive_project, name="project_unarchive"),
    path("projects/<uuid:project_id>/delete/", views.delete_project, name="project_delete"),
]
