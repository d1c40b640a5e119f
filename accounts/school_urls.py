"""Pages of schools and districts, under /school/."""

from django.urls import path

from accounts import school_settings_views as running
from accounts import school_views, sign_on_views

urlpatterns = [
    path("school/", school_views.overview, name="school_list"),
    path("school/create/", school_views.create, name="school_create"),
    path("school/sign-in/", sign_on_views.sign_in, name="school_sign_in"),
    path("school/join/<uuid:offered_id>/", school_views.join, name="school_join"),
    path(
        "school/invitations/<uuid:own_invitation_id>/",
        school_views.answer_invitation,
        name="school_answer_invitation",
    ),
    path("school/<uuid:school_id>/", school_views.school, name="school"),
    path("school/<uuid:school_id>/rename/", school_views.rename, name="school_rename"),
    path("school/<uuid:school_id>/schools/", school_views.add_school, name="school_add"),
    path("school/<uuid:school_id>/leave/", school_views.leave, name="school_leave"),
    path("school/<uuid:school_id>/members.csv", school_views.members_csv, name="school_members_csv"),
    path("school/<uuid:school_id>/members/<int:member_key>/role/", school_views.change_role, name="school_role"),
    path("school/<uuid:school_id>/members/<int:member_key>/remove/", school_views.remove_member, name="school_remove"),
    path(
        "school/<uuid:school_id>/members/<int:member_key>/hand-over/", school_views.hand_over, name="school_hand_over"
    ),
    path("school/<uuid:school_id>/invite/", school_views.invite, name="school_invite"),
    path(
        "school/<uuid:school_id>/invitations/<uuid:invited_id>/withdraw/",
        school_views.withdraw,
        name="school_withdraw",
    ),
    path("school/<uuid:school_id>/requests/<uuid:asking_id>/", school_views.answer_request, name="school_request"),
    path("school/<uuid:school_id>/roster/", running.roster, name="school_roster"),
    path("school/<uuid:school_id>/roster/<uuid:roster_id>/", running.carry_out, name="school_carry_out"),
    path("school/<uuid:school_id>/domains/", running.claim_domain, name="school_domains"),
    path("school/<uuid:school_id>/domains/<uuid:claimed_id>/check/", running.check_claim, name="school_check"),
    path("school/<uuid:school_id>/domains/<uuid:claimed_id>/withdraw/", running.withdraw_claim, name="school_give_up"),
    path("school/<uuid:school_id>/domains/<uuid:kept_id>/joining/", running.set_joining, name="school_joining"),
    path("school/<uuid:school_id>/policy/", running.policy, name="school_policy"),
    path("school/<uuid:school_id>/usage/", running.use, name="school_usage"),
    path("school/<uuid:school_id>/sign-on/", sign_on_views.set_up, name="school_sign_on"),
    path("school/<uuid:school_id>/sign-on/change/", sign_on_views.change, name="school_sign_on_change"),
]
