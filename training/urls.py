"""Pages for administrators."""

from django.urls import path

from training import views

urlpatterns = [
    path("training/", views.overview, name="training_overview"),
    path("training/datasets/<uuid:dataset_id>/", views.dataset, name="training_dataset"),
    path("training/sources/<uuid:source_id>/", views.source, name="training_source"),
    path("training/sources/<uuid:source_id>/permissions/", views.record_permission, name="training_permission_record"),
    path(
        "training/permissions/<uuid:permission_id>/revoke/",
        views.revoke_permission,
        name="training_permission_revoke",
    ),
    path("training/runs/<uuid:run_id>/", views.run, name="training_run"),
    path("training/models/<uuid:artifact_id>/", views.model, name="training_model"),
    path("training/evaluations/<uuid:evaluation_id>/", views.evaluation, name="training_evaluation"),
]
