"""Show claims to the maintainer, as text and as JSON."""

from collections.abc import Iterable
from datetime import UTC, datetime

from web.accounts.claims import Claim, Proof, State
from web.api.addresses import author_path
from web.api.claims import ClaimDocument, ClaimsDocument
from web.terminal.layout import wrap_paragraphs
from web.terminal.printing import escape_controls

_PROOFS = {
    Proof.ORCID: "proven: the sources name this ORCID iD for the identity",
    Proof.OTHER: "doubtful: the sources name another ORCID iD for the identity",
    Proof.NONE: "not proven: the sources name no ORCID iD for the identity",
}
_STATES = {State.PENDING: "waits", State.ACCEPTED: "accepted", State.REJECTED: "rejected"}


def describe_claims(claims: Iterable[Claim]) -> ClaimsDocument:
    """Return claims as JSON."""
    return ClaimsDocument([_describe(claim) for claim in claims])


def format_claims(claims: Iterable[Claim]) -> str:
    """Format claims for a terminal: each with who makes it, what proves it, and the note."""
    return "\n".join(line for claim in claims for line in _list_lines(claim))


def describe_claim(claim: Claim) -> str:
    """Return a claim in a few words."""
    draft = claim.draft
    return escape_controls(f"{claim.name} is {draft.identity}, among the papers of {draft.author}")


def _list_lines(claim: Claim) -> list[str]:
    day = f"{datetime.fromtimestamp(claim.created, UTC):%Y-%m-%d}"
    head = f"{claim.number}  {_STATES[claim.state]}  {day}  {describe_claim(claim)}"
    known = f"ORCID iD {claim.orcid}; " if claim.orcid else "no ORCID iD; "
    more = [known + _PROOFS[claim.draft.proof]]
    more += [f"note: {escape_controls(' '.join(claim.draft.note.split()))}"] * bool(
        claim.draft.note
    )
    more += [f"rejected: {escape_controls(claim.reason)}"] * bool(claim.reason)
    more.append(author_path(claim.draft.author, claim.draft.identity))
    return [head, *wrap_paragraphs(more, "   ")]


def _describe(claim: Claim) -> ClaimDocument:
    draft = claim.draft
    return ClaimDocument(
        number=claim.number,
        state=claim.state,
        name=claim.name,
        orcid=claim.orcid,
        author=draft.author,
        identity=draft.identity,
        page=author_path(draft.author, draft.identity),
        proof=draft.proof,
        note=draft.note,
        created=_write_time(claim.created),
        decided=_write_time(claim.decided),
        reason=claim.reason,
    )


def _write_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else ""
