"""Repair words, numbers and marks in running text.

Handles words broken at the end of a line, numbers with spaces in them, Markdown, and the quotes,
ties and dashes of LaTeX. Callers shield formulas and web addresses.
"""

import re

from index.text.characters import ESCAPED_BREAK

# Each pattern begins with a literal character and looks back from there: searching for it is ten
# times as fast as with a pattern that begins with a look-behind.

_BLANK_LINES = re.compile(r"\n\s*\n")
_BREAK = re.compile(r"- (?<=[A-Za-z0-9]- )(?=[a-z])")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_RIGHT = re.compile(r"([a-z]+)(-?)")
_REACH = 40
"""Characters inspected on each side of a broken word."""
_SUSPENDED = frozenset(
    "and or to nor but versus vs und oder et ou y e as than plus through into is are was we "
    "that which this these with without for from where when while it its our can has have a an "
    "in on at by of the there if not also i such including".split()
)
"""Words before which the space stays: ``pre- and post-``, or a dash typed as a hyphen."""
_ONE_WORD = frozenset(
    "within without into upon therein wherein whereas thereby whereby hereby basis thesis "
    "analysis synthesis hypothesis emphasis often".split()
)
"""Words whose second half is in `_SUSPENDED` but which are one word."""
_LINKS = frozenset("of the to in by and on a n".split())
"""Words inside compounds, where the hyphen stays: ``state-of- the-art``."""
_HYPHENATED_LEFT = frozenset(
    "multi non self high low real one two three zero few long short well cross end large small "
    "single full half first second third fourth higher lower fine coarse semi quasi pseudo "
    "state time task data human object sample instance cost model memory context domain event "
    "decision information machine computer robot vision image video user speaker fault collision "
    "force fixed free closed open maximum top bottom off spatio ego winner worst best whole "
    "discrete continuous scale risk noise near least visual neural linear matrix tree phase "
    "encoder student position pose safety anti ultra".split()
)
_HYPHENATED_RIGHT = frozenset(
    "based dimensional world level driven free specific aware efficient scale order shot "
    "guided supervised oriented dependent independent invariant temporal grained rank "
    "theoretic effector effective tolerant tolerance wing loop source valued resolution "
    "likelihood entropy person case tuning tuned tune making quality conditioned assisted "
    "augmented preserving agnostic sensitive critic critical optimal inspired structured "
    "engineered space squares selective surround product looking controlled class horizon".split()
)
_PREFIXES = frozenset(
    "sub hyper super over under out inter mis dis work back fore counter pair piece infra".split()
)
"""Prefixes that join even with `_HYPHENATED_RIGHT`, as do all of at most two letters."""
_ENDING = re.compile(
    r"(?:[ai]?ble|ples?|(?:al)?ly|ers?|est|ed|ings?|ness|ment(?:s|al)?|[a-z]?tion(?:s|al)?"
    r"|[a-z]?sions?|i?ty|ities|i[sz](?:e|es|ed|ing|ation)|istic|els?|ages?|[ae]nce|oids?"
    r"|pli\w+|tud\w+|ters?|tors?|u?al(?:ly)?|ful|less|ward|e?s|ical(?:ly)?|[ae]nt)\Z"
)
"""The rest of a word that is no compound although it begins with ``multi`` or ``real``."""

_SPACED_POINT = re.compile(
    r"(?<![\w.])(?:(0)\. (?=\d)|(\d{1,3})\. (?=\d+(?:-\d+(?:\.\d+)?)?\s?(?:%|±|×|°|[xX]\b"
    r"|(?:[KMGT]?B|[mck]?m|[mµμn]?s|k?g|gr|Nm?|rads?|[kMG]?[Hh]z|m?[VW]|d[Bb]|BL"
    r"|points?|times|body-lengths?)\b))|(?<=from )(\d{1,3})\. (?=\d+ to \d))"
)
_ABBREVIATION = re.compile(
    r"\b(?:[Ee]\. ?g|[Ii]\. ?e|i\. ?i\. ?d|w\. ?r\. ?t|a\. ?k\. ?a)\.(?: (?=,))?"
)

_CLOSES = r"(?<=[\w.\"'”’)?!,;:%\U000f0000-\U000ffffd])"
_BOLD = re.compile(r"\*\*(?<![\\\d]\*\*)(?=[^\s*])([^*\n]{1,300})(?<=\S)\*\*")
_ITALIC = re.compile(
    r"\*(?<![\w*\\)\]}^/]\*)(?=[\w\"'“‘(\ufdd0])([^*\n]{1,200})" + _CLOSES + r"\*(?![\w*])"
)
_UNDERSCORED = re.compile(
    r"_(?<![\w\\^_)\]}\U000f0000-\U000ffffd]_)(?=[^\W_])([^_\n]{1,200})" + _CLOSES + r"_(?!\w)"
)
_CODE = re.compile(r"`(?<![`\w]`)(?=[^\s`'])([^`'\n]{1,120})(?<=\S)`(?![`\w])")

_TIE = re.compile(r"~(?<=[\w.,;:)\]}$”’–—\U000f0000-\U000ffffd]~)(?=[\w(\[\\$“‘`–—\ufdd0])")
_RANGE = re.compile(r"(?:[\d%]|\b\w)~\Z")
_PAIRED = re.compile(r"``([^`'\"\n]{1,300})(?:''|\"|``(?!\w))")
_TWICE = re.compile(r"\"\"(?:(?<![\"\\]\"\")(?=\w)|(?<=[\w.,!?;:%)]\"\")(?!\"))")
_SINGLE = re.compile(r"`(?<![\w`]`)([^\s`'\n](?:[^`'\n]{0,80}[^\s`'\n])?)'(?![\w'])")
_OPENING = re.compile(r"''(?:(?<=[\s(\[]'')|(?<=^''))(?=\w)")
_CLOSING = re.compile(r"''(?<=[^\s\d']'')(?!')")
_DASH = re.compile(r"-(?<![-<!]-)--?(?![->])")
_SPACED_MARK = re.compile(
    r" (?:(?<=[\w)\]”’\"%$\U000f0000-\U000ffffd] ) *([,;.](?=\s|\Z)(?! \.)|\))"
    r"|(?<=[^\W\d_]{2} )([:?!](?=\s|\Z)))"
)
_SPACED = re.compile(r" [,;.:?!)]").search
_OPENED = re.compile(r"\((?= )").search
_SPACED_PARENTHESIS = re.compile(r"\( (?=\w)")


def is_loose(text: str) -> bool:
    """Return whether a text may have hard wraps or superfluous spaces."""
    broken = "\n" in text or "  " in text or text is not text.strip()
    return broken or ("\\" in text and "\\n" in text)


def join_lines(text: str) -> str:
    """Replace every run of white space by one space."""
    flat = text.strip().replace("\n", " ")
    if "  " not in flat and flat.isprintable():  # half the time, for most texts
        return flat
    return " ".join(flat.split())


def unwrap_paragraphs(text: str) -> str:
    """Remove hard wraps, but keep blank lines."""
    if "\\" in text:
        text = ESCAPED_BREAK.sub("\n", text)
    if not _BLANK_LINES.search(text):
        return join_lines(text)
    flows = (join_lines(part) for part in _BLANK_LINES.split(text))
    return "\n\n".join(flow for flow in flows if flow)


def join_words(text: str) -> str:
    """Join words broken at the end of a line: ``learn- ing``, ``multi- task``."""
    return _BREAK.sub(_choose_joint, text)


def _choose_joint(found: re.Match[str]) -> str:
    """Choose between nothing, a hyphen and the original between two parts of a word."""
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - _REACH) : start]
    rest = before.rstrip(_LETTERS)
    written = before[len(rest) :]
    after = _RIGHT.match(text[end : end + _REACH])
    if not written or not after:
        return found[0]
    left, right = written.lower(), after[1]
    linking = rest.endswith("-") and left in _LINKS
    if left + right in _ONE_WORD:
        return ""
    if right in _SUSPENDED:
        return "-" if linking or (after[2] and right in _LINKS) else "- "
    return "-" if linking or _is_compound(written, left, right) else ""


def _is_compound(written: str, left: str, right: str) -> bool:
    acronym = not (written.islower() or written.istitle())  # CNN- based, 3D- printed
    if acronym or not written.isalpha() or len(left) == 1:
        return True
    if right in _HYPHENATED_RIGHT and len(left) > len("un") and left not in _PREFIXES:
        return True
    return left in _HYPHENATED_LEFT and not _ENDING.match(right)


def join_numbers(text: str) -> str:
    """Join split decimals such as ``86. 4%``, but no number that ends a sentence."""
    return _SPACED_POINT.sub(lambda found: f"{found[1] or found[2] or found[3]}.", text)


def close_abbreviations(text: str) -> str:
    """Remove the spaces inside abbreviations: ``(e. g. , this)``."""
    return _ABBREVIATION.sub(lambda found: found[0].replace(" ", ""), text)


def strip_markdown(text: str) -> str:
    """Remove the marks of bold, emphasis and code; keep ``snake_case`` and ``A*``."""
    if "*" in text:
        text = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text))
    if "_" in text:
        text = _UNDERSCORED.sub(r"\1", text)
    return _CODE.sub(r"\1", text) if "`" in text else text


def replace_ties(text: str) -> str:
    """Replace the ties of LaTeX, ``Fig.~3``, by spaces; keep ``~90%`` and ``5~10``."""

    def space(found: re.Match[str]) -> str:
        around = found.string[max(0, found.start() - 2) : found.end()]
        after = found.string[found.end() : found.end() + 1]
        return "~" if _RANGE.search(around) and (after.isdigit() or after == "(") else " "

    return _TIE.sub(space, text)


def convert_quotes(text: str) -> str:
    """Convert quotes typed for LaTeX or doubled by a CSV writer to plain ones."""
    text = _PAIRED.sub(r"“\1”", _TWICE.sub('"', text)).replace("``", "“")
    text = _OPENING.sub("“", text)
    if "“" in text:  # else they are two primes, f''
        text = _CLOSING.sub("”", text)
    return _SINGLE.sub(r"‘\1’", text)


def convert_dashes(text: str) -> str:
    """Convert ``--`` and ``---`` to dashes; keep longer runs and arrows."""
    return _DASH.sub(lambda found: "—" if len(found[0]) == len("---") else "–", text)


def has_loose_spaces(text: str) -> bool:
    """Return whether `remove_loose_spaces` may change a text."""
    return bool(_OPENED(text) or _SPACED(text))


def remove_loose_spaces(text: str) -> str:
    """Remove the space before a comma or full stop and inside parentheses."""
    return _SPACED_PARENTHESIS.sub("(", _SPACED_MARK.sub(r"\1\2", text))
