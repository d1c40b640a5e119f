"""People, the schools they belong to, how both are proven, and the keys their programs use."""

from accounts.models.consents import Consent
from accounts.models.domains import DomainClaim, SchoolDomain
from accounts.models.keys import ApiKey
from accounts.models.organisations import Membership, Organisation
from accounts.models.policies import OrganisationPolicy
from accounts.models.privacy import AccountDeletion, DataExport
from accounts.models.rosters import JoinRequest, RosterImport, SchoolInvitation
from accounts.models.signon import SignOn
from accounts.models.users import User, UserManager
from accounts.models.verification import (
    EducatorAddress,
    Reason,
    VerificationDecision,
    VerificationDocument,
    VerificationRequest,
)

__all__ = [
    "AccountDeletion",
    "ApiKey",
    "Consent",
    "DataExport",
    "DomainClaim",
    "EducatorAddress",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OrganisationPolicy",
    "Reason",
    "RosterImport",
    "SchoolDomain",
    "SchoolInvitation",
    "SignOn",
    "User",
    "UserManager",
    "VerificationDecision",
    "VerificationDocument",
    "VerificationRequest",
]
