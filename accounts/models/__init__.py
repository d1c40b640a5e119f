"""People, the schools they belong to, and the keys their programs use."""

from accounts.models.consents import Consent
from accounts.models.keys import ApiKey
from accounts.models.organisations import Membership, Organisation
from accounts.models.privacy import AccountDeletion, DataExport
from accounts.models.users import User, UserManager

__all__ = ["AccountDeletion", "ApiKey", "Consent", "DataExport", "Membership", "Organisation", "User", "UserManager"]
