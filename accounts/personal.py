"""What `accounts` knows about a person, for her to take away. Passwords, key digests and factors' secrets stay here."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q

from accounts.models import (
    AccountDeletion,
    ApiKey,
    Consent,
    DataExport,
    EducatorAddress,
    JoinRequest,
    Membership,
    RosterImport,
    SchoolInvitation,
    User,
    VerificationDocument,
    VerificationRequest,
)
from core.audit import actor_key
from core.models import AuditEntry
from core.personal import Part, table


def data(user: User) -> Iterator[Part]:
    """Account, addresses, memberships, keys, sessions, second factors, exports, and the audit trail about her."""
    own = {"user": user}
    yield table("account/account", User.objects.filter(pk=user.pk), leave_out=["password"])
    yield table("account/email_addresses", EmailAddress.objects.filter(**own))
    yield table("account/memberships", Membership.objects.filter(**own))
    yield table("account/api_keys", ApiKey.objects.filter(owner=user), leave_out=["sha256"])
    yield table("account/sessions", UserSession.objects.filter(**own), leave_out=["session_key", "data"])
    yield table("account/second_factors", Authenticator.objects.filter(**own), leave_out=["data"])
    yield table("account/consents", Consent.objects.filter(**own))
    yield table("account/sign_ons", SocialAccount.objects.filter(**own))
    yield table("account/verifications", VerificationRequest.objects.filter(**own))
    documents = VerificationDocument.objects.filter(request__user=user)
    yield table("account/verification_documents", documents, leave_out=["sealed"])
    yield table("account/educator_addresses", EducatorAddress.objects.filter(**own))
    yield table("account/join_requests", JoinRequest.objects.filter(**own))
    yield table("account/school_invitations", SchoolInvitation.objects.filter(email=user.email))
    yield table("account/roster_imports", RosterImport.objects.filter(by=user), leave_out=["rows"])
    yield table("account/data_exports", DataExport.objects.filter(**own), leave_out=["file"])
    yield table("account/deletion", AccountDeletion.objects.filter(**own))
    about = Q(actor_key=actor_key(user.pk)) | Q(target_type="accounts.user", target_id=str(user.pk))
    yield table("account/audit", AuditEntry.objects.filter(about))
