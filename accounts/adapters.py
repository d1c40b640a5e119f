"""How allauth keeps second factors here: secrets are encrypted, so that a stolen database opens no account."""

from allauth.mfa.adapter import DefaultMFAAdapter

from accounts.sealing import box

PURPOSE = b"second-factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """Encrypts TOTP secrets and recovery seeds under SECRET_KEY; SECRET_KEY_FALLBACKS still read."""

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted."""
        return box(PURPOSE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` was given. Raises InvalidToken when its key is gone."""
        return box(PURPOSE).decrypt(encrypted_text.encode()).decode()
