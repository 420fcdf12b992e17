"""Remove the decoration around the name of a venue, and mend what the removal leaves.

Proceedings, years, ordinals, sponsors, volumes, pages, editions and numbers of a series are no part
of a name. IEEE's catalogue turns names (``Proofs, 2009. IEEE International Symposium on``), and
they are turned back.
"""

import re

SPONSOR = (
    "ieee|acm|rsj|cvf|siam|usenix|aaai|iapr|ifip|inns|isca|eurasip|eacsl|iacr|informs|"
    "computer society|sig(?:act|arch|bed|cas|chi|comm|cse|da|ecom|evo|graph|ir|kdd|log|metrics|"
    "mm|mobile|mod|ops|plan|sac|saf|soft|spatial|web)"
)
MEETING = "conference|conf|symposium|symp|meeting|colloquium|congress|joint|european|workshop"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_ORDINAL_WORD = (
    rf"(?:{_TENS})y[ -](?:{_UNITS})|{_UNITS}|tenth|eleventh|twelfth|\w{{3,6}}teenth|(?:{_TENS})ieth"
)

_SERIAL = r"\b(?:(?:print|online|e|p)[ -]?)?(?:ISSN|ISBN)\b"

YEAR = re.compile(
    r"(?<!\d)(?<!\d[–-])(?<!\d--)(?:18|19|20)\d\d(?!\d|[–-]{1,2}\d\d)|['’]\d\d\b"  # not 1933-1956
)
_DATED = re.compile(r", ([A-Z][\w&*/-]+)[ '-]+(?:19|20)\d\d\b")
_ACRONYM = re.compile(
    r"\(([^()]{2,30})\)(?:(?=\W*$)|(?<=\w{3}\))(?=, [A-Z])|(?<=\w{3} \))(?=, [A-Z]))"
)
_HEADED = re.compile(
    r"([A-Z0-9][\w&*/+-]*?)[ '’-]*(?:(?:19|20)?\d\d)?: "
    r"(?:Adjunct |Companion |Extended )?Proceedings of "
)
_SPACED = re.compile(r"(?<=[a-z])\.(?=[A-Z])|(?<=[A-Z])\.(?=[A-Z][a-z])")

DECORATION = tuple(
    re.compile("(?i)" + pattern)
    for pattern in (
        r"^(?:submitted to|accepted (?:by|at|to)|to appear in|published (?:in|at))\s+",
        r"^(?:in:? )?(?:the )?(?:proceedings|proc\b\.?)[,:]?(?: (?:of|-))?(?: the)? ",
        r"[.,]?\s+(?:conference )?proceedings\W*$",
        r"\.(?:cc|org)/.*$",
        rf"\s*[(\[,]?\s*{_SERIAL}.*$",
        rf"[,(]\s*(?:\d[\d –-]*\s*)?(?:{_MONTH})\b\.?(?:[ ,–-].*)?$",
        r"\s*[,(]\s*(?:18|19|20)\d\d[–/-]{1,2}(?:\d\d){1,2}\)?$",
        YEAR.pattern,
        rf"\b(?:\d+(?:st|nd|rd|th)|{_ORDINAL_WORD}) ed(?:ition\b|\b\.?)",
        r"\b\d+(?:st|nd|rd|th)\b(?![ -](?:and \d+\w\w )?centur|(?<=\d{3}\w\w) congress(?! o))",
        rf"\b(?:{_ORDINAL_WORD})\b(?=.*\b(?:{MEETING})\b)",
        r"[,(:]?\s*\b(?:vols?|volumes?|no|number|issue|part|pp|pages)\b\.?\s*(?:\d|[IVX]+\b).*$",
        r"[,(:]?\s+v\.\s?\d{1,3}\)?$",
        r"\([\s,;:\d-]*\)",
        r"(?<=\w)\s+\d{1,4}$|(?-i:(?<=[a-z])\s+[IVX]{2,}$)",
        rf"^(?:(?:the|annual|{SPONSOR})[\s/&,–-]+)+(?=(?:international|annual|{MEETING})\b)",
    )
)
"""Patterns of the decoration that is removed from a venue's name, in this order."""

EXCEPT_SPONSORS = DECORATION[:-1]
"""The same without the last, for names with a sponsor: ``AAAI Conference on ...``."""

EXCEPT_ENDS = DECORATION[3:-1]
"""The same without the first three too, for names that contain ``Proceedings``."""

_SERIAL_NUMBER = re.compile(rf"(?i)\s*[(\[,]?\s*{_SERIAL}.*$")
_PROCEEDINGS = re.compile(r"(?i)^(?:proceedings|proc\b\.?)(?: (?:of|in))?(?: the)? ")
_WORD = re.compile(r"[^\W\d_]{3}|[A-Z]\.[A-Z]\.")
_NO_SERIES = re.compile(rf"(?i)\b(?:{MEETING}|\d+(?:st|nd|rd|th)|{_ORDINAL_WORD})\b")
_BODY = re.compile(
    r"(?i)\b(?:societ(?:y|ies)|soc|acad(?:em(?:y|ies|ia))?|inst(?:itut(?:e|ion|es|ions))?|assoc(?:iation)?"
    r"|union|college|club|sciences?|sci|r|royal|roy|spie|museum|engineers)\b"
)
"""Words for what publishes a series of proceedings, which is a journal."""

_SERIES = re.compile(r"(?i)(?:acm|ieee) on |spie\b")
_TURNED = re.compile(
    r"(?i)(?P<rest>.+?)[,.;]\s+"
    rf"(?P<head>[^,.;]*\b(?:(?:{MEETING}|transactions|journal|letters|magazine|forum|proceedings)"
    rf" (?:on|of|for|in)(?: the(?: (?:{SPONSOR}))?)?|(?P<bare>international|ieee|acm|iet|annual)))"
    r"\W*(?:\([^()]*\))?\s*"
)
_MEETS = re.compile(rf"(?i)\b(?:{MEETING})\b")
_ARTICLE = re.compile(r"(?i)^(?:the|an?)\s+")
_CAPITAL_END = re.compile(r"\b(?:On|Of|For|In)$")
_END_OF_TOPIC = re.compile(r",\s*(?:the |an? )?(?=(?:18|19|20)\d\d\b)|\.\s|,\s*$")
_MAY_BE_TURNED = re.compile(
    r"(?i)\b(?:on|of|for|in|the|international|annual|ieee|acm|iet)\b[\s.)]*(?:\([^()]*\))?$"
)

_MARKED = re.compile(r"[()\[\]…]|[,;:][,;:.]|\.\.")
"""Signs that may be scraps in a name from which nothing was removed."""

_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_LABELLED = re.compile(
    r"(?i)^(?:print|online|electronic|cd-?rom|abbreviation|abbr\b|ref\b|.*\bedition\b)"
)
_EDGE = re.compile(r"^\s*[,;:]|[,;:]\s*$")
"""A sign that a year or an edition was taken out of brackets, so that they say place and time."""

_AFTER_MEETING = re.compile(rf"(?i)(\b(?:{MEETING})\b(?: [^.]*?)?)[\s,;]*(?:,\s*|\s)\.(?:\s.*)?$")
_BEFORE_MEETING = re.compile(rf"(?i)^[\w&/-]{{2,15}}\s;\s(?=.*\b(?:{MEETING})\b)")
_LOOSE_SIGN = re.compile(r"\s+(?=[,;:.](?!\w))")
_SIGNS = re.compile(
    r"([,;:])(?:\s*[,;:])+|[,;:\s]+(\.)(?=\s|$)|\s[–-]+\s*(?=[,;:.]|$)|(?<!\.)(\.)\.(?!\.)"
)


def straighten_name(text: str) -> str:
    """Return a name without ISSN or ISBN, and a turned one in its usual order.

    Args:
        text: ``Short Proofs, 2009. ISSP '09. 3rd International Symposium on (ISSN: 0000-0000)``.

    Returns:
        ``3rd International Symposium on Short Proofs``.
    """
    if "SN" in text or "BN" in text:
        bare = _SERIAL_NUMBER.sub("", text).strip()
        text = bare if any(map(str.isalnum, bare)) else text
    if not _MAY_BE_TURNED.search(text) or not (found := _TURNED.fullmatch(text)):
        return text
    topic = _END_OF_TOPIC.split(found["rest"], maxsplit=1)[0].strip()
    nameless = found["bare"] and not _MEETS.search(found["head"])
    if len(topic) < 3 or (nameless and not _MEETS.search(topic)):  # noqa: PLR2004 - no word
        return text
    head = _CAPITAL_END.sub(lambda end: end[0].lower(), _ARTICLE.sub("", found["head"]))
    return f"{head} {topic}"


def keeps_proceedings(text: str, kind: str) -> bool:
    """Return whether ``Proceedings of`` is part of a name, as in those of a learned society.

    The proceedings of a society are a journal, whatever the dump calls them. Others keep the words
    if several words without acronym follow that name no meeting.
    """
    lead = _PROCEEDINGS.match(text)
    name = text[lead.end() :] if lead else ""
    if not lead or not _WORD.search(name) or _NO_SERIES.search(name):
        return False
    if _SERIES.match(name):
        return True
    if _BODY.search(name) and not is_acronym(name.split()[0]) and not find_acronym(name):
        return True
    if kind == "conference" or " " not in name or "of" not in text[: lead.end()].lower().split():
        return False
    return not any(map(is_acronym, re.split(r"[^\w&*/+]+", name)))


def clean_venue(text: str, decoration: tuple[re.Pattern[str], ...] = DECORATION) -> str:
    """Return a name without its decoration, and without what its removal leaves over."""
    spaced = _LOOSE_SIGN.search(text)  # as French does: Preuves : le cas
    given = text
    for pattern in decoration:
        text = " ".join(pattern.sub(" ", text).split()).strip(" ,;:–-/")
        text = text.removesuffix("(").rstrip().replace(" ,", ",")
    if text != given or _MARKED.search(text):
        text = _mend(text)
        if not spaced:
            text = _LOOSE_SIGN.sub("", text)
    return _SPACED.sub(". ", text) if any(map(str.isalnum, text)) else ""


def _mend(text: str) -> str:
    """Remove the brackets, signs and spaces that surrounded removed decoration."""
    if "(" in text or "[" in text or ")" in text or "]" in text:
        text = _cut_open_bracket(_BRACKETED.sub(_mend_bracket, text))
    if " ;" in text:
        text = _BEFORE_MEETING.sub("", text)
    if " ." in text or ", ." in text:
        text = _AFTER_MEETING.sub(r"\1", text)
    text = _SIGNS.sub(_keep_sign, text)
    return text.strip(" ,;:–-/…")


def _keep_sign(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3] or ""


def _mend_bracket(found: re.Match[str]) -> str:
    inside = _SIGNS.sub(_keep_sign, found[1]).strip(" ,;:–-/'’")
    dated = _EDGE.search(found[1]) and not is_acronym(inside)  # (Prague, )
    if dated or not any(map(str.isalnum, inside)) or _LABELLED.match(inside):
        return ""
    return found[0].replace(found[1], inside)


def _cut_open_bracket(text: str) -> str:
    """Cut a name at a bracket that is never closed, and drop one that was never opened."""
    for opening, closing in ("()", "[]"):
        while text.count(opening) > text.count(closing):
            text = text[: text.rindex(opening)].rstrip()
        while text.count(closing) > text.count(opening):
            at = text.rindex(closing)
            text = text[:at] + text[at + 1 :]
    return " ".join(text.split())


def find_acronym(text: str) -> str:
    """Return the acronym in brackets or before a year at the end of a text, or an empty text.

    A place may follow the brackets: ``Conference on Short Proofs (CSP 2009), Paris``. ACM puts the
    acronym first: ``CSP '09: Proceedings of the 3rd Conference on Short Proofs``.
    """
    found = _HEADED.match(text) or _ACRONYM.search(YEAR.sub("", text)) or _DATED.search(text)
    acronym = re.sub(r"[ -]+[IVX\d]*$", "", found[1].strip(" '’-")) if found else ""
    return acronym if is_acronym(acronym) and acronym not in ("USA", "UK", "UAE") else ""


def drop_acronym(text: str) -> str:
    """Return a text without its year and the acronym that `find_acronym` finds."""
    return _ACRONYM.sub("", YEAR.sub("", text))


def is_acronym(word: str) -> bool:
    """Return whether a word has two capitals and no sign but those inside acronyms."""
    return sum(map(str.isupper, word)) > 1 and re.fullmatch(r"\w[\w&*/+-]*", word) is not None
