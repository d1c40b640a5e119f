"""Identity providers on this machine: OpenID Connect over HTTP, and the answers of a SAML one."""

import base64
import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from onelogin.saml2.utils import OneLogin_Saml2_Utils


class OpenIdProvider:
    """Answers discovery, token and userinfo; `person` is who logs in there."""

    def __init__(self) -> None:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(provider.get(urlsplit(self.path).path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._answer(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

            def _answer(self, data: dict) -> None:
                sent = json.dumps(data).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        self.person: dict = {}
        self.client_id, self.nonce = "theorama", ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()

    def get(self, path: str) -> dict:
        """Discovery or userinfo."""
        if path == "/userinfo":
            return self.person
        places = {name: f"{self.url}/{path}" for name, path in (("token_endpoint", "token"), ("jwks_uri", "keys"))}
        return places | {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, asked: dict) -> dict:
        """Exchange a code."""
        assert asked["code"] == "a-code"
        now = int(datetime.datetime.now(datetime.UTC).timestamp())
        claims = {"iss": self.url, "aud": self.client_id, "iat": now, "exp": now + 60} | self.person
        return {
            "access_token": "token",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": jwt.encode(claims, "a secret of thirty-two bytes or more", algorithm="HS256"),
        }


class SamlProvider:
    """Signs answers with a key of its own."""

    entity_id = "https://idp.lincoln.example/metadata"
    sso_url = "https://idp.lincoln.example/sso"

    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.lincoln.example")])
        now = datetime.datetime.now(datetime.UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        self.certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        self.key = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    def answer(self, *, request_id: str, acs: str, audience: str, attributes: dict, signed: bool = True) -> str:
        """The form field that the browser carries back."""
        now = datetime.datetime.now(datetime.UTC)
        stamp, later = (f"{when:%Y-%m-%dT%H:%M:%SZ}" for when in (now, now + datetime.timedelta(minutes=5)))
        told = "".join(
            f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'
            for name, value in attributes.items()
        )
        assertion = (
            f'<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{uuid4().hex}" Version="2.0" '
            f'IssueInstant="{stamp}"><saml:Issuer>{self.entity_id}</saml:Issuer><saml:Subject><saml:NameID>'
            f"{attributes.get('uid', '1')}</saml:NameID><saml:SubjectConfirmation "
            f'Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="{request_id}" '
            f'NotOnOrAfter="{later}" Recipient="{acs}"/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotOnOrAfter="{later}"><saml:AudienceRestriction><saml:Audience>{audience}'
            f"</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{stamp}"><saml:AuthnContext><saml:AuthnContextClassRef>'
            f"urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>"
            f"</saml:AuthnStatement><saml:AttributeStatement>{told}</saml:AttributeStatement></saml:Assertion>"
        )
        if signed:
            assertion = OneLogin_Saml2_Utils.add_sign(assertion, self.key, self.certificate).decode()
            assertion = assertion.partition("?>\n")[2] or assertion
        response = (
            f'<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_{uuid4().hex}" Version="2.0" '
            f'IssueInstant="{stamp}" Destination="{acs}" InResponseTo="{request_id}"><saml:Issuer '
            f'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{self.entity_id}</saml:Issuer><samlp:Status>'
            f'<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}'
            f"</samlp:Response>"
        )
        return base64.b64encode(response.encode()).decode()
