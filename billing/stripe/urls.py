"""Routes of buying and changing, and the one that Stripe calls."""

from django.urls import path

from billing.stripe import views, webhook

urlpatterns = [
    path("billing/buy/<slug:plan>/<slug:interval>/", views.buy, name="purchase_begin"),
    path("billing/done/<uuid:purchase_id>/", views.done, name="purchase_done"),
    path("billing/left/<uuid:purchase_id>/", views.left, name="purchase_left"),
    path("billing/portal/<uuid:account_id>/", views.portal, name="billing_portal"),
    path("billing/subscriptions/<uuid:subscription_id>/change/", views.change, name="subscription_change"),
    path("billing/subscriptions/<uuid:subscription_id>/cancel/", views.cancel, name="subscription_cancel"),
    path("billing/subscriptions/<uuid:subscription_id>/keep/", views.keep, name="subscription_keep"),
    path("stripe/webhook/", webhook.receive, name="stripe_webhook"),
]
