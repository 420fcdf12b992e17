"""Tell DOIs of versions and of deposits from those of different publications.

Repositories register every version anew, and a preprint has another DOI than its publication, so
two DOIs are not always two works.
"""

import re

_VERSION = re.compile(r"[./_-]v[0-9]{1,3}$")
"""What ends the DOI of a version at most repositories: ``10.6084/m9.figshare.1.v2``."""

_NUMBERED = re.compile(r"(10\.(?:12688|12703|21956|3310|7554)/[a-z0-9]+\.[0-9]+)\.[0-9]{1,2}$")
"""The DOI of a version where its number stands alone: ``10.12688/f1000research.1.2``."""

_DEPOSIT = re.compile(
    r"10\.(?:48550|64898|2139|21203|26434|20944|31234|31219|31235|31223|35542|22541|36227|33774"
    r"|3386|5281|6084|17605)/.*"
    r"|10\.1101/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6,8}|10\.7287/peerj\.preprints.*"
    r"|10\.2196/preprints.*|10\.5194/[a-z]+-[0-9]{4}-[0-9]+|10\.5194/[a-z]+d-[0-9-]+"
)
"""The DOIs of repositories: of arXiv, bioRxiv and medRxiv, SSRN, Research Square, ChemRxiv,
Preprints.org, OSF and its archives, Authorea, TechRxiv, Cambridge, the NBER, Zenodo, figshare,
PeerJ, JMIR and Copernicus."""


def strip_version(doi: str) -> str:
    """Return what the DOIs of all versions of one deposit or article have in common."""
    return _NUMBERED.sub(r"\1", _VERSION.sub("", doi))


def is_deposit(doi: str) -> bool:
    """Return whether a repository registered a DOI, perhaps for a copy of a publication."""
    return bool(_DEPOSIT.fullmatch(doi))


def get_registrant(doi: str) -> str:
    """Return who registered a DOI: ``10.1145``."""
    return doi.partition("/")[0]
