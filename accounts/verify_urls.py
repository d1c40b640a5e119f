"""Pages of verification, under /verify/."""

from django.urls import path

from accounts import review_views, verify_views

urlpatterns = [
    path("verify/", verify_views.page, name="verify"),
    path("verify/address/", verify_views.by_address, name="verify_by_address"),
    path("verify/document/", verify_views.by_document, name="verify_by_document"),
    path("verify/<uuid:verification_id>/appeal/", verify_views.appeal, name="verify_appeal"),
    path("verify/<uuid:verification_id>/withdraw/", verify_views.withdraw, name="verify_withdraw"),
    path("verify/review/", review_views.queue, name="review_queue"),
    path("verify/review/<uuid:review_id>/", review_views.review, name="review"),
    path("verify/review/<uuid:review_id>/documents/<uuid:document_id>/", review_views.document, name="review_document"),
    path("verify/domains/", review_views.domains, name="review_domains"),
    path("verify/domains/propose/", review_views.propose, name="review_propose"),
    path("verify/domains/<uuid:domain_id>/", review_views.confirm, name="review_confirm"),
    path("verify/claims/<uuid:claim_id>/settle/", review_views.settle, name="review_settle"),
    path("verify/schools/<uuid:school_id>/", review_views.verify_school, name="review_school"),
]
