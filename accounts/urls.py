"""Our own account pages, under /account/; allauth's are under /accounts/. The audit trail is under /audit/."""

from django.urls import path

from accounts import privacy_views, trail_views, viewing_views, views

urlpatterns = [
    path("audit/", trail_views.entries, name="audit"),
    path("account/name/", views.name, name="account_name"),
    path("account/keys/", views.keys, name="account_keys"),
    path("account/keys/<uuid:key_id>/revoke/", views.revoke_key, name="account_key_revoke"),
    path("account/sessions/<int:session_id>/end/", views.end_session, name="account_session_end"),
    path("account/consents/", privacy_views.consent_page, name="account_consents"),
    path("account/data/", privacy_views.data, name="account_data"),
    path("account/data/<str:token>/data.zip", privacy_views.data_file, name="account_data_file"),
    path("account/delete/", privacy_views.delete, name="account_delete"),
    path("staff/viewing/", viewing_views.begin, name="viewing_begin"),
    path("staff/viewing/end/", viewing_views.end, name="viewing_end"),
    path("account/keep/", privacy_views.keep, name="account_keep"),
]
