"""Sign people in by ORCID, over OpenID Connect.

Authlib makes the state, the nonce and the PKCE challenge, and verifies the signature of the ID
token and its claims. What ORCID answers is bounded in time and size, and few requests wait for it
at a time.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, Response, session
from joserfc.errors import JoseError

from index.normalise.check_digits import canonicalise_orcid
from web.accounts.settings import ProviderSettings
from web.errors import ProviderUnavailable, SignInFailed

NAME = "ORCID"
_CLIENT = "orcid"

SECONDS_TO_CONNECT, SECONDS_TO_READ = 3, 5
SECONDS_IN_ALL = 10
"""Time for one answer; chosen. ORCID takes about one second."""

LONGEST_ANSWER = 262_144
"""Bytes of one answer; chosen. Those of ORCID have less than 4 kB."""

MOST_AT_A_TIME = 4
"""Requests that may wait for ORCID at a time; chosen, a quarter of the threads."""

ALGORITHMS = ["RS256", "ES256"]
"""How an ID token may be signed, whatever else the provider offers."""

_CHUNK = 16_384
_STATE = f"_state_{_CLIENT}"
_ORCID_LENGTH = 19


@dataclass(frozen=True, slots=True)
class Identification:
    """Whom ORCID signed in."""

    orcid: str
    name: str


class BoundedSession(OAuth2Session):  # type: ignore[misc] # the library has no types
    """An HTTP session whose answers are bounded, and that follows no redirects."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - as in the library
        """Send a request and read its answer, within the limits."""
        started = time.monotonic()
        kwargs |= {
            "timeout": (SECONDS_TO_CONNECT, SECONDS_TO_READ),
            "allow_redirects": False,
            "stream": True,
        }
        response: requests.Response = super().request(method, url, *args, **kwargs)
        with response:
            response._content = _read(response, started + SECONDS_IN_ALL)  # noqa: SLF001 - what reading it in one piece sets
        return response


def _read(response: requests.Response, deadline: float) -> bytes:
    """Read an answer piece by piece, so that one that never ends is given up."""
    content = b""
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        content += chunk
        if len(content) > LONGEST_ANSWER or time.monotonic() > deadline:
            raise requests.Timeout
    return content


class _Client(FlaskOAuth2App):  # type: ignore[misc]
    client_cls = BoundedSession


class Provider:
    """The service that signs people in."""

    def __init__(self, app: Flask, settings: ProviderSettings) -> None:
        """Register the service; nothing is asked yet."""
        self._issuer = settings.issuer
        self._waiting = BoundedSemaphore(MOST_AT_A_TIME)
        self._client: Any = OAuth(app).register(
            _CLIENT,
            client_cls=_Client,
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid", "code_challenge_method": "S256"},
        )

    def start(self, address: str) -> Response:
        """Return a redirect to the page where people sign in.

        Args:
            address: The absolute address to which they are sent back.

        Raises:
            ProviderUnavailable: The service does not answer.
        """
        for key in [one for one in session if one.startswith(_STATE)]:
            del session[key]  # a cookie holds only so many, and one is used
        with self._wait():
            response: Response = self._client.authorize_redirect(address)
        return response

    def finish(self) -> Identification:
        """Return whom the service has signed in, from the request that comes back from it.

        Raises:
            ProviderUnavailable: The service does not answer.
            SignInFailed: The answer is not one to the question of this browser, or not valid.
        """
        with self._wait():
            metadata = self._client.load_server_metadata()
            metadata["id_token_signing_alg_values_supported"] = ALGORITHMS
            token = self._client.authorize_access_token(
                claims_options={"iss": {"essential": True, "values": [self._issuer]}}
            )
        claims = token.get("userinfo") or {}
        parts = (str(claims.get(key) or "") for key in ("given_name", "family_name"))
        name = " ".join(parts).strip()
        return Identification(
            read_subject(claims.get("sub")), name or str(claims.get("name") or "")
        )

    @contextmanager
    def _wait(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise ProviderUnavailable(NAME)
        try:
            yield
        except requests.RequestException as error:
            raise ProviderUnavailable(NAME) from error
        except AuthlibBaseError as error:
            raise SignInFailed(_describe(error)) from error
        except (JoseError, ValueError, TypeError, KeyError, RuntimeError) as error:
            raise SignInFailed(f"the answer of {NAME} is not valid") from error
        finally:
            self._waiting.release()


def _describe(error: AuthlibBaseError) -> str:
    """Describe a refusal in our own words: what came with the address may be from anybody."""
    if error.error == "access_denied":
        return f"you did not allow {NAME} to tell this site who you are"
    if error.error == "mismatching_state":
        return "the sign-in took too long, or was begun in another browser"
    return f"the answer of {NAME} is not valid"


def read_subject(subject: object) -> str:
    """Return the ORCID iD that an ID token names.

    Raises:
        SignInFailed: It is none.
    """
    text = subject if isinstance(subject, str) else ""
    digits = text.replace("-", "")
    if len(text) == _ORCID_LENGTH and digits[:-1].isdecimal() and digits.isascii():
        orcid = canonicalise_orcid(text)
        if orcid:
            return orcid
    raise SignInFailed(f"{NAME} named no ORCID iD")
