"""Addresses of buying without a card."""

from django.urls import path

from billing import quote_views

urlpatterns = [
    path("school/<uuid:school_id>/purchases/", quote_views.purchases, name="purchases"),
    path("billing/quotes/<uuid:quote_id>/", quote_views.quote, name="quote"),
    path("billing/quotes/<uuid:quote_id>/order/", quote_views.order, name="quote_order"),
    path("billing/quotes/<uuid:quote_id>/answer/", quote_views.answer, name="quote_answer"),
    path("billing/orders/", quote_views.orders, name="orders"),
]
