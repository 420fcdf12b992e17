"""Let somebody say that the papers of an identity are theirs."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, current_app, render_template, request

from search.authors.identities import Identity, identify
from search.authors.name_cluster import find_cluster
from search.errors import IdentityMissing, ParameterInvalid
from web.accounts.blueprint import accounts, go_to
from web.accounts.claims import (
    LONGEST_NOTE,
    ClaimDraft,
    Proof,
    add_claim,
    find_holder,
    list_claims_of,
)
from web.accounts.client_limits import limit_client
from web.accounts.cookies import read_token, set_token
from web.accounts.people import LONGEST_NAME, Person, clean_name, create_with_key
from web.accounts.return_path import sign_in_path
from web.accounts.sessions import replace_session
from web.accounts.tokens import make_token
from web.accounts.visitor import current_person, get_database, read_clock
from web.errors import FieldInvalid, SignInNeeded
from web.pages.blueprint import get_searcher

CLAIMS = "10/day"
"""How often a client may claim; chosen: twice what a person may."""

LONGEST_VALUE = 500
"""Characters of a name and of the key of an identity; chosen."""

MOST_PAPERS = 5
"""Papers of the identity that the page lists; chosen, enough to recognise them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The identity that is claimed.

    Attributes:
        author: The name of the cluster that it is part of.
        identity: The identity.
    """

    author: str
    identity: Identity

    @property
    def path(self) -> str:
        """The address of the page that claims it."""
        return f"/claim?{urlencode({'author': self.author, 'identity': self.identity.key})}"


def compare_orcid(identity: Identity, orcid: str) -> Proof:
    """Return what the sources say about an identity and an ORCID iD."""
    known = {placed.mention.author.ids.get("orcid", "") for placed in identity.mentions} - {""}
    scheme, _, value = identity.key.partition(":")
    known |= {value} if scheme == "orcid" else set()
    if not known:
        return Proof.NONE
    return Proof.ORCID if orcid in known else Proof.OTHER


@accounts.get("/claim")
def claim() -> str:
    """Show what a claim would publish and what proves it, and the form."""
    subject = _find_subject(request.args.get("author", ""), request.args.get("identity", ""))
    person = current_person()
    with get_database().read() as connection:
        holder = find_holder(connection, subject.identity.key, subject.author)
        own = list_claims_of(connection, person.number) if person else []
    return render_template(
        "claim.html",
        subject=subject,
        person=person,
        proof=compare_orcid(subject.identity, person.orcid) if person else Proof.NONE,
        is_taken=holder is not None and (person is None or holder != person.number),
        earlier=next((one for one in own if one.draft.identity == subject.identity.key), None),
        sign_in=sign_in_path(subject.path) if current_app.extensions["provider"] else "",
        papers=[one.mention.paper for one in subject.identity.mentions[:MOST_PAPERS]],
        longest_note=LONGEST_NOTE,
        longest_name=LONGEST_NAME,
    )


@accounts.post("/claim")
def make_claim() -> Response:
    """Put a claim into the queue of the maintainer."""
    limit_client("claim", CLAIMS)
    person, note = current_person(), request.form.get("note", "").strip()
    if person is None and current_app.extensions["provider"]:
        raise SignInNeeded
    name = clean_name(request.form.get("name", ""))
    if person is None and not name:
        raise FieldInvalid("name", "the name under which you publish")
    if len(note) > LONGEST_NOTE:
        raise FieldInvalid("note", f"at most {LONGEST_NOTE:,} characters")
    subject = _find_subject(request.form.get("author", ""), request.form.get("identity", ""))
    if person is None:
        return _claim_with_key(subject, name, note)
    with get_database().write() as connection:
        add_claim(connection, person, _draft(subject, person, note), read_clock())
    return go_to("/account")


def _claim_with_key(subject: Subject, name: str, note: str) -> Response:
    """Make an account with a private key, which is shown this once."""
    key, now = make_token(), read_clock()
    with get_database().write() as connection:
        person = create_with_key(connection, key, name, now)
        add_claim(connection, person, _draft(subject, person, note), now)
        token = replace_session(connection, read_token(), person.number, now)
    response = Response(render_template("claim_key.html", key=key, subject=subject))
    set_token(response, token)
    return response


def _draft(subject: Subject, person: Person, note: str) -> ClaimDraft:
    proof = compare_orcid(subject.identity, person.orcid)
    return ClaimDraft(subject.author, subject.identity.key, proof, note)


def _find_subject(author: str, key: str) -> Subject:
    """Find the identity that an address or a form names.

    Raises:
        ParameterInvalid: The name or the key is missing or too long.
        AuthorMissing: No paper names the author.
        IdentityMissing: The name has no such identity.
    """
    for name, value in (("author", author), ("identity", key)):
        if not value.strip() or len(value) > LONGEST_VALUE:
            expected = f"the link on the page of an author, of at most {LONGEST_VALUE} characters"
            raise ParameterInvalid(name, value, expected)
    searcher = get_searcher()
    cluster = find_cluster(searcher, author)
    identity = identify(searcher, cluster).find(key)
    if identity is None:
        raise IdentityMissing(key, author)
    return Subject(cluster.name, identity)
