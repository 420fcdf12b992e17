"""Reduce web addresses to one form, so that a pasted address finds the paper that holds it.

The index keeps a short key of each address of a paper. Two addresses have the same key if they
differ only in ``http`` or ``https``, ``www.``, the port, the case of the host, percent-encoding, a
final slash, the order of their parameters, or parameters that count visitors. A pasted address may
have more parameters and a fragment, so several keys are tried for it.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations, product
from typing import NamedTuple

from index.normalise.dois import decode

KEY_BYTES = 5
"""Bytes of a key. Of a million addresses, on average one pair shares a key; a pasted address that
no paper has finds one by chance in one of a million cases."""

_LETTER_PAIRS = tuple(map("".join, product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)))
"""What ten bits are in base 32; two letters at once take a fifth of the time of `base64`."""

MOST_PARAMETERS = 5
"""Parameters of a pasted address up to which each choice of them is tried, 32 at most."""

_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,9}:/{0,3}+)?(?:[^/?#@\s]{0,80}@)?(?P<host>[^/?#:\s]++)(?::\d{0,5})?"
    r"(?P<path>[^?#]*+)(?:\?(?P<query>[^#]*+))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN = re.compile(
    r"https?://(?:www\.)?([a-z0-9-]+\.[a-z0-9.-]*[a-z](?:/[\w~-]+(?:\.[\w~-]+)*+)++)", re.ASCII
)
"""An address in which nothing needs a change, as most dumps write them; a third of the time."""

_WWW = re.compile(r"^(?:(?:www\d?|m)\.)+(?=[^.]+\.)")
_SESSION = re.compile(r";[a-z]*session[a-z]*=[^/]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index\.(?:html?|php))?$", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_TRACKING = re.compile(r"utm_|[a-z]*session|(?:fbclid|gclid|mc_[ce]id|ref_src)=", re.IGNORECASE)
_IDENTIFYING = re.compile(
    r"(?:[a-z_]*id|id[a-z_]*|article|arnumber|doi|file|handle|isbn|key|name|number|paper|p|pii"
    r"|path|title|u|url|v)=",
    re.IGNORECASE,
)
"""A parameter that may name the paper. Addresses that differ in it are different pages."""

_POSITION = re.compile(r"(?:page|p|view|zoom|search|toolbar|navpanes)=|:~:|$", re.IGNORECASE)
"""A fragment that only says which part of a document is shown: ``#page=3``."""

_ENDING = re.compile(r"(?<=[^/.]{2})(?:\.(?:html?|pdf))?$", re.IGNORECASE)
"""The end of a path that is added, dropped or exchanged if no paper has the address as it is."""

_INSIDE = re.compile(r"(?<=.)https?://", re.IGNORECASE)
"""The start of an address inside another one, as in links of search engines and proxies."""


class Address(NamedTuple):
    """The parts of an address that say what it names.

    Attributes:
        place: The host and the path.
        parameters: The parameters, sorted; those that count visitors are left out.
        fragment: The part after ``#``; empty if it only says what part of a document is shown.
    """

    place: str
    parameters: tuple[str, ...] = ()
    fragment: str = ""


def parse_address(text: str) -> Address | None:
    """Parse an address, with or without a scheme; return None if it has no host."""
    if text[:9].lower().startswith(("http%3a", "https%3a")):
        text = decode(text)
    if (plain := _PLAIN.fullmatch(text)) and not _WWW.match(plain[1]):
        place = plain[1]
        return Address(_INDEX.sub("", place) if "/index." in place.lower() else place)
    found = _ADDRESS.fullmatch(text.strip().replace("&amp;", "&"))
    if found is None:
        return None
    host = _WWW.sub("", found["host"].lower()).strip(".")
    path = _SLASHES.sub("/", _SESSION.sub("", decode(found["path"])))
    pairs = map(decode, re.split(r"[&;]", found["query"] or ""))
    kept = sorted({pair.rstrip("/") for pair in pairs if pair and not _TRACKING.match(pair)})
    fragment = decode(found["fragment"] or "")
    place = host + _INDEX.sub("", path.rstrip("/.,;:!"))
    return Address(place, tuple(kept), "" if _POSITION.match(fragment) else fragment)


def make_address_key(text: str) -> str:
    """Return the key under which the index keeps an address of a paper; empty without a host."""
    address = parse_address(text)
    return _digest(address.place, address.parameters, address.fragment) if address else ""


def list_address_keys(text: str) -> list[str]:
    """List the keys under which the index may keep a pasted address, the most specific first.

    Args:
        text: The address, with anything around it: more parameters, a fragment, a redirect or the
            proxy of a library.

    Returns:
        The keys: first that of the whole address, then without parameters or the fragment.
        Parameters that may name the paper are in every key.
    """
    keys: dict[str, None] = {}
    for written in _list_readings(text):
        for parameters in _choose_parameters(written.parameters):
            for fragment in dict.fromkeys((written.fragment, "")):
                keys[_digest(written.place, parameters, fragment)] = None
    return list(keys)


def _list_readings(text: str) -> Iterator[Address]:
    """Yield the ways to read an address, the most literal first.

    Another address may be inside it; the first label of its host may be another host, as library
    proxies write it (``www-jstor-org.proxy.example.edu``); the end of its path may differ.
    """
    plain = decode(text)
    inside = [found.start() for found in _INSIDE.finditer(plain)]
    written = (text, plain[inside[-1] :].partition("&")[0]) if inside else (text,)
    literal = [address for one in written if (address := parse_address(one))]
    yield from literal
    for address in literal:
        host, slash, path = address.place.partition("/")
        label = host.partition(".")[0]
        if "-" in label:
            original = _WWW.sub("", label.replace("-", "."))
            yield address._replace(place=f"{original}{slash}{path}")
        if path and (end := _ENDING.search(address.place)):
            for other in ("", ".html", ".pdf"):
                yield address._replace(place=address.place[: end.start()] + other)


def _choose_parameters(parameters: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the parameters that may be kept, most first; identifying ones are in each choice."""
    needed = {pair for pair in parameters if _IDENTIFYING.match(pair)}
    others = [pair for pair in parameters if pair not in needed]
    sizes = range(len(others), -1, -1) if len(others) <= MOST_PARAMETERS else (len(others), 0)
    for size in sizes:
        for chosen in combinations(others, size):
            yield tuple(pair for pair in parameters if pair in needed or pair in chosen)


def _digest(place: str, parameters: tuple[str, ...], fragment: str) -> str:
    """Return the key of an address: a slash, with which no identifier begins, and 8 letters."""
    written = "\n".join((place, *parameters, f"#{fragment}")) if parameters or fragment else place
    digest = blake2b(written.encode("utf-8", "replace"), digest_size=KEY_BYTES).digest()
    number = int.from_bytes(digest)
    pairs = [_LETTER_PAIRS[number >> shift & 1023] for shift in (30, 20, 10, 0)]
    return f"/{''.join(pairs)}"
