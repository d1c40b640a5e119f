"""Encryption of what a stolen database must not tell."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def box(purpose: bytes) -> MultiFernet:
    """Return what encrypts and decrypts for one purpose (at most 16 bytes), under keys made from SECRET_KEY.

    SECRET_KEY_FALLBACKS still read. Decrypting raises InvalidToken when the key is gone.
    """
    return MultiFernet([_fernet(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(key: str, purpose: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.blake2b(key.encode(), digest_size=32, person=purpose).digest()))
