"""Answers: which two-letter code is the language that a dump names?

Libraries write ISO 639-2 (``fre`` or ``fra``), repositories also ``en_US`` or ``English``.
"""

import re

_CODES = (
    "afr af alb sq amh am ara ar arm hy aze az baq eu bel be bos bs bul bg cat ca chi zh cze cs "
    "dan da dut nl eng en epo eo est et fin fi fre fr geo ka ger de gle ga glg gl gre el heb he "
    "hin hi hrv hr hun hu ice is ind id ita it jpn ja kaz kk kor ko lat la lav lv lit lt mac mk "
    "may ms nno nn nob nb nor no per fa pol pl por pt rum ro rus ru slo sk slv sl spa es srp sr "
    "swa sw swe sv tam ta tha th tur tr ukr uk urd ur uzb uz vie vi wel cy"
).split()
"""Pairs of ISO 639-2/B and ISO 639-1."""

_TERMS = (
    "sqi sq hye hy eus eu zho zh ces cs nld nl fra fr kat ka deu de ell el isl is mkd mk msa ms "
    "fas fa ron ro slk sk cym cy"
).split()
"""Pairs of ISO 639-2/T and ISO 639-1, where the two kinds of three letters differ."""

_NAMES = (
    "english en french fr german de spanish es italian it portuguese pt russian ru japanese ja "
    "chinese zh korean ko polish pl dutch nl français fr deutsch de español es italiano it "
    "português pt"
).split()

_KNOWN = {
    name: code
    for pairs in (_CODES, _TERMS, _NAMES)
    for name, code in zip(pairs[::2], pairs[1::2], strict=True)
}
_TAG = re.compile(r"([A-Za-z]{2,3})[-_][A-Za-z\d_-]{2,20}")


def language_code(text: str) -> str:
    """Give the two-letter code of a language.

    Args:
        text: As a dump names it: ``eng``, ``en-US``, ``English``.

    Returns:
        ISO 639-1; another text of two or three letters as it stands, for example of a language
        that has no shorter code; empty for what names no language (``und``, ``mul``).
    """
    text = text.strip()
    tag = _TAG.fullmatch(text)
    name = (tag[1] if tag else text).lower()
    if name in _KNOWN:
        return _KNOWN[name]
    return name if name.isalpha() and len(name) in (2, 3) and name not in ("und", "mul") else ""
