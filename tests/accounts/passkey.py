"""A passkey in software: what a browser and its authenticator would answer."""

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


class Passkey:
    """One key pair for one site."""

    def __init__(self, site: str = "testserver", origin: str = "https://testserver") -> None:
        self.site = site
        self.origin = origin
        self.credential_id = secrets.token_bytes(16)
        self.user_handle = b""
        self.private_key = ec.generate_private_key(ec.SECP256R1())

    def register(self, options: Any) -> str:
        """Answer `navigator.credentials.create`."""
        public = options["publicKey"]
        self.user_handle = _bytes(public["user"]["id"])
        public_key = ES256.from_cryptography_key(self.private_key.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public_key)
        authenticator = self._authenticator_data(FLAG.AT, bytes(data))
        client = self._client_data("webauthn.create", public["challenge"])
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", authenticator, {})),
        }
        return self._credential(response, {"credProps": {"rk": True}})

    def sign(self, options: Any) -> str:
        """Answer `navigator.credentials.get`."""
        authenticator = self._authenticator_data(FLAG(0))
        client = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        signature = self.private_key.sign(authenticator + sha256(client), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(authenticator),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(self.user_handle),
        }
        return self._credential(response, {})

    def _authenticator_data(self, flags: AuthenticatorData.FLAG, credential: bytes = b"") -> AuthenticatorData:
        return AuthenticatorData.create(sha256(self.site.encode()), FLAG.UP | FLAG.UV | flags, 0, credential)

    def _client_data(self, kind: str, challenge: Any) -> CollectedClientData:
        return CollectedClientData.create(kind, _bytes(challenge), self.origin)

    def _credential(self, response: dict[str, str], extensions: dict[str, Any]) -> str:
        identity = websafe_encode(self.credential_id)
        parts = {"type": "public-key", "id": identity, "rawId": identity, "response": response}
        return json.dumps(parts | {"clientExtensionResults": extensions})


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes) else websafe_decode(value)
