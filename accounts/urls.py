"""Our own account pages, under /account/; allauth's are under /accounts/. The audit trail is under /audit/."""

from django.urls import path

from accounts import trail_views, views

urlpatterns = [
    path("audit/", trail_views.entries, name="audit"),
    path("account/name/", views.name, name="account_name"),
    path("account/keys/", views.keys, name="account_keys"),
    path("account/keys/<uuid:key_id>/revoke/", views.revoke_key, name="account_key_revoke"),
    path("account/sessions/<int:session_id>/end/", views.end_session, name="account_session_end"),
]
