"""An OpenID Connect provider on this machine, which signs everybody in as one person."""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from web.accounts.settings import ProviderSettings

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

CLIENT, PASSWORD = "APP-TEST", "a password of the site"


@dataclass
class OidcProvider:
    """The provider; a test names the person, and a fault that it is to have.

    Attributes:
        subject: Whom it signs in.
        names: What it says about their name.
        fault: What is wrong with its answers; empty for nothing.
        grants: What it remembers of each code that it has given.
        requests: The paths that were asked for.
    """

    subject: str
    names: dict[str, str] = field(default_factory=lambda: {"given_name": "Ada", "family_name": "L"})
    fault: str = ""
    grants: dict[str, dict[str, str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Listen on a free port."""
        self.change_key()
        self._server = make_server("127.0.0.1", 0, self, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def change_key(self) -> None:
        """Sign with another key from now on, as providers do from time to time."""
        self._key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})

    @property
    def settings(self) -> ProviderSettings:
        """What a site needs to know of the provider."""
        return ProviderSettings(self.address, CLIENT, PASSWORD)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Any:  # noqa: ANN401 - of WSGI
        """Answer a request."""
        request = Request(environ)
        self.requests.append(request.path)
        answer = {
            "/.well-known/openid-configuration": self._describe,
            "/jwks": lambda _: self._key_set(),
            "/authorize": self._authorize,
            "/token": self._grant,
        }[request.path](request)
        if isinstance(answer, dict):
            answer = Response(json.dumps(answer), mimetype="application/json")
        return answer(environ, start)

    def _describe(self, _: Request) -> dict[str, Any] | Response:
        if self.fault == "down":
            return Response("", 503)
        if self.fault == "endless":
            return Response((b" " * 65_536 for _ in range(1_000)), mimetype="application/json")
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
        }

    def _key_set(self) -> dict[str, Any]:
        return {"keys": [self._key.as_dict(private=False)]}

    def _authorize(self, request: Request) -> Response:
        """Send the browser back with a code, as if the person had typed the password."""
        asked = request.args.to_dict()
        back = {"state": "another" if self.fault == "state" else asked["state"]}
        if self.fault == "denied":
            back |= {"error": "access_denied", "error_description": "<script>evil</script>"}
        else:
            back["code"] = secrets.token_hex(8)
            self.grants[back["code"]] = asked
        location = f"{asked['redirect_uri']}?{urlencode(back)}"
        return Response("", 302, {"Location": location})

    def _grant(self, request: Request) -> dict[str, Any] | Response:
        """Exchange a code for an ID token, once, and only for the site that has the verifier."""
        asked = self.grants.pop(request.form["code"], {})
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        challenge = _shorten(digest)
        password = request.authorization and request.authorization.password
        allowed = (
            asked.get("code_challenge") == challenge
            and asked.get("code_challenge_method") == "S256"
            and asked.get("redirect_uri") == request.form["redirect_uri"]
            and password == PASSWORD
        )
        if self.fault == "redirect":
            return Response("", 307, {"Location": f"{self.address}/elsewhere"})
        if self.fault == "packed":
            head = {"Content-Encoding": "gzip"}
            return Response(gzip.compress(b" " * 10_000_000), 200, head)
        if not allowed or self.fault == "refused":
            return Response('{"error": "invalid_grant"}', 400, mimetype="application/json")
        answer = {"access_token": "x", "token_type": "bearer", "id_token": self._sign(asked)}
        if self.fault == "no token":
            del answer["id_token"]
        return answer

    def _sign(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": "https://evil.example" if self.fault == "issuer" else self.address,
            "aud": "another site" if self.fault == "audience" else CLIENT,
            "sub": self.subject,
            "nonce": "another" if self.fault == "nonce" else asked["nonce"],
            "iat": now - 7_200 if self.fault == "expired" else now,
            "exp": now - 3_600 if self.fault == "expired" else now + 600,
            **self.names,
        }
        if self.fault == "other party":
            claims |= {"aud": [CLIENT, "another site"], "azp": "another site"}
        if self.fault in {"no expiry", "no nonce"}:
            del claims[{"no expiry": "exp", "no nonce": "nonce"}[self.fault]]
        if self.fault == "own key":  # a key that the token itself brings
            own = RSAKey.generate_key(2048)
            header = {"alg": "RS256", "jwk": own.as_dict(private=False)}
            return jwt.encode(header, claims, own)
        if self.fault == "unsigned":
            return f"{_encode({'alg': 'none'})}.{_encode(claims)}."
        if self.fault == "symmetric":  # the key that everybody knows as a password
            text = f"{_encode({'alg': 'HS256', 'kid': self._key.kid})}.{_encode(claims)}"
            public = self._key.as_pem(private=False)
            return f"{text}.{_shorten(hmac.digest(public, text.encode(), 'sha256'))}"
        key = RSAKey.generate_key(2048) if self.fault == "signature" else self._key
        return jwt.encode({"alg": "RS256", "kid": str(self._key.kid)}, claims, key)


def _encode(part: dict[str, Any]) -> str:
    return _shorten(json.dumps(part).encode())


def _shorten(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
