r"""Convert LaTeX in running text to plain Unicode.

Symbols and accents are looked up in pylatexenc. Its parser is not used on whole texts, since it is
recursive and takes milliseconds for an abstract; commands and braces are matched here in one pass.
Formulas are not converted: callers shield them.
"""

import re
from dataclasses import dataclass

from index.text.formulas import MASK
from index.text.latex_commands import (
    ACCENTS,
    ESCAPED,
    LETTERS,
    SWITCHES,
    TWO_ARGUMENTS,
    UNPRINTED,
    accent_letter,
    find_symbol,
    format_script,
)

MAX_DEPTH = 100
"""Levels of braces; deeper braces are kept as text, so that the time stays linear."""

_ACCENT = re.compile(
    r"\\(?:([\"'`^~=.])\s?|([Hcuvkrbd])(?:\s(?=[A-Za-z\\])|(?=\s?\{)))"
    r"(?:\{\s?(?:\\([ij])|([A-Za-z]))\s?\}|\\([ij])(?![A-Za-z])|([A-Za-z]))"
)
_MARKED = re.compile(r"\\[\\\"'`^~=.Hcuvkrbd]")
"""Matches where `_ACCENT` or one of the three patterns below may match."""
_QUOTED = re.compile(r"\\(?<![\w{\\]\\)\"(\w[^\\\"{}\n]{0,80})\\\"(?![\w{])")
_APOSTROPHE = re.compile(r"\\(?<=\w\\)'(?=(?:s|t|re|ve|ll)\b)")
_DOUBLED = re.compile(r"\\(?<!\\\\)\\++(?=[%&_#])")
_LOST_SLASH = re.compile(
    r"(?:(?<![\\A-Za-z])(?:(t?ext(?:bf|it|tt|sc|rm|sf)|e?mph)|(cite[pt]?)|(url)|(mbox|tilde|mathcal|sqrt))|(?<!f)ootnote)\Z"
)
_LONGEST = len("mathcal")
_LOST_SWITCH = re.compile(r"\{(?:em|bf|it|sl) (?=\w)")
_AFTER_A_NAME = re.compile(r"\{(?<=[cefhlmptx]\{)")
"""A brace after the last letter of a command that may have lost its backslash."""
_TOKEN = re.compile(r"[\\{}](?:(?<=\\)(?:([A-Za-z]+)\*?|([\W_]))|(?<=[{}]))")
_WORD = re.compile(r"(?=.*[^\W\d_]{2})\(?[\w.-]+\)?|[“”‘’–—×]")
_FORMULA = re.compile(MASK + "[\U000f0000-\U000ffffd]")
_LETTERED = re.compile(r"[A-Za-z]{2}")
_ONE_COMMAND = re.compile(r"\{\\[A-Za-z]+\s?\{[^{}]*\}\}")
_ENDING = re.compile(
    r"(?:\$|\\\()\s?(\d{0,4})\s?(?:\{\}\s?)?\^\s?(?:\{?\\(?:text|textrm|mathrm|mbox|rm)\s?)?"
    r"\{?\s?(st|nd|rd|th|er|re|e|ème|o|a)\s?\}{0,2}\s?(?:\$|\\\))"
)
"""The ending of an ordinal as a formula."""

_SIGN_IN_DOLLARS = re.compile(r"\$\s?\\([A-Za-z]+)\s?\$")
_STRIPPED = re.compile(  # "\emphdense": some dumps lost the braces
    r"emph|text(?:bf|it|tt|sc|sf|sl|rm)?|math(?:cal|bb|rm|bf|sf|it|scr|frak)|boldsymbol"
    r"|(?:wide)?tilde|(?:wide)?hat|sqrt|log(?=[A-Z])"
)

_FUNCTIONS = ("sqrt", "SQRT", "log", "exp", "frac", "min", "max")


def convert_latex(text: str) -> str:
    r"""Convert accents, symbols, font commands and protecting braces to plain Unicode.

    Args:
        text: Running text with its formulas shielded.

    Returns:
        The text; the argument of a command is kept, and so is the name of an unknown command
        without argument. Unmatched braces are kept.
    """
    if "{" in text:
        text = _restore_backslashes(text)
        text = _LOST_SWITCH.sub(r"{\\em ", text)
    if "\\" in text and _MARKED.search(text):
        text = _DOUBLED.sub(r"\\", text)
        text = _QUOTED.sub(r'"\1"', _APOSTROPHE.sub("'", text))
        text = _ACCENT.sub(_replace_accent, text)
    return _Converter(text).convert()


def convert_name(text: str) -> str:
    r"""Convert LaTeX in a name or venue, in which dollar signs hold a sign: ``5$^{th}$``."""
    if "$" in text or "\\(" in text:
        text = _ENDING.sub(r"\1\2", text)
        text = _SIGN_IN_DOLLARS.sub(lambda found: find_symbol(found[1]) or found[0], text)
    return convert_latex(text)


def _restore_backslashes(text: str) -> str:
    r"""Restore the backslash of commands from which a reader took ``\t``, ``\e`` or ``\f``."""
    parts: list[str] = []
    end = 0
    for brace in _AFTER_A_NAME.finditer(text):
        start = brace.start()
        if found := _LOST_SLASH.search(text, max(0, start - _LONGEST), start):
            parts += text[end : found.start()], _restore(found)
            end = start
    return "".join([*parts, text[end:]]) if parts else text


def _restore(found: re.Match[str]) -> str:
    names = {1: "emph", 2: "cite", 3: "url", 4: found[4], None: "footnote"}
    return "\\" + names[found.lastindex]


def _replace_accent(found: re.Match[str]) -> str:
    letter = found[3] or found[4] or found[5] or found[6]
    return accent_letter(found[1] or found[2], letter) or found[0]


@dataclass(slots=True)
class _Group:
    """An open brace: its position in output and text, and the command that it belongs to."""

    out: int
    start: int
    command: str
    first: str
    switched: bool = False


class _Converter:
    """Converts the commands and braces of a text in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0  # the text before it is converted
        self.out: list[str] = []
        self.groups: list[_Group] = []
        self.too_deep = 0
        self.command = ""  # the command of which the next brace is an argument
        self.first = ""  # ... and its first argument

    def convert(self) -> str:
        for token in _TOKEN.finditer(self.text):
            if token.start() < self.end:  # the "}" of an empty argument
                continue
            self.out.append(self.text[self.end : token.start()])
            self.end = token.end()
            if token[0] == "{":
                self._open(token.start())
            elif token[0] == "}":
                self._close()
            elif token[1]:
                self._convert_command(token[1], token.start())
            else:
                self.out.append(ESCAPED.get(token[2], token[0]))
        return "".join([*self.out, self.text[self.end :]])

    def _open(self, start: int) -> None:
        argument = f"{{{self.first}}}" if self.first else ""
        if len(self.groups) < MAX_DEPTH:
            self.groups.append(_Group(len(self.out), start, self.command, self.first))
        else:
            self.too_deep += 1
        # Remains in the output if the brace is never closed.
        self.out.append(f"\\{self.command}{argument}{{" if self.command else "{")
        self.command = self.first = ""

    def _close(self) -> None:
        if self.too_deep or not self.groups:
            self.too_deep = max(0, self.too_deep - 1)
            self.out.append("}")
            return
        group = self.groups.pop()
        content = "".join(self.out[group.out + 1 :])
        del self.out[group.out :]
        if not group.command:
            self.out.append(self._drop_braces(group, content))
        elif group.command in TWO_ARGUMENTS and not group.first and self._follows("{"):
            self.command, self.first = group.command, content
        else:
            self.out.append(_apply_command(group.command, group.first, content))

    def _follows(self, text: str) -> bool:
        return self.text.startswith(text, self.end)

    def _drop_braces(self, group: _Group, content: str) -> str:
        """Drop braces that group or protect, as in ``{G}aussian``; keep sets and exponents."""
        before = self.text[max(0, group.start - 1) : group.start]
        after = self.text[self.end : self.end + 1]
        if group.switched:
            return content
        if before in {"^", "_"}:
            return content if len(content) == 1 else f"{{{content}}}"
        if not content:
            return ""
        begins = self.text[group.start + 1]
        # {\ss}, {\textit{E. coli}}; but {\alpha, 1} and {\pm 1}^n
        clear = "," not in content or _ONE_COMMAND.fullmatch(self.text, group.start, self.end)
        if begins == "\\" and clear and after not in {"^", "_"}:
            return content
        words = _FORMULA.sub("xx", content)
        if _protects_letter(content, before, after) or _WORD.fullmatch(words):
            argument = before.isalnum() and content.isascii() and not after.isalnum()
            function = self.text.endswith(_FUNCTIONS, 0, group.start)  # plain "sqrt{n}"
            return f"{{{content}}}" if argument or function else content
        whole = group.start == 0 and not self.text[self.end :].strip()
        return _drop_outer_braces(content, whole=whole)

    def _convert_command(self, name: str, start: int) -> None:
        if name in SWITCHES and not (name in {"begin", "end"} and self._follows("{")):
            if self.groups:
                self.groups[-1].switched = True
            self.end += self._follows(" ")
            return
        symbol = find_symbol(name)
        if self._follows("{") and not symbol:
            self.command = name
            return
        if symbol and self._follows("{}"):
            self.end += 2
        elif name in LETTERS:
            self.end += self._follows(" ")
        word = symbol or _split_fused(name)
        apart = word.isalpha() and len(word) > 1 and self.text[max(0, start - 1) : start].isalnum()
        self.out.append(f" {word}" if apart else word)


def _drop_outer_braces(content: str, *, whole: bool) -> str:
    """Drop doubled braces around words, and braces around the whole text; keep others."""
    inner = content[1:-1]
    doubled = f"{{{inner}}}" == content and "{" not in inner and "}" not in inner
    if doubled and _LETTERED.search(inner):
        return inner
    return content if whole and _LETTERED.search(content) else f"{{{content}}}"


def _protects_letter(content: str, before: str, after: str) -> bool:
    """Return whether braces around one letter protect it: inside a word, or of an accent."""
    if len(content) != 1 or not content.isalpha():
        return False
    return "\xc0" <= content <= "\u024f" or (before + after).strip().isalnum()


def _split_fused(name: str) -> str:
    """Return the name of an unknown command, without a known command fused with it."""
    found = _STRIPPED.match(name)
    if not found:
        return name
    mark = {"sqrt": "√", "log": "log "}.get(found[0], "")
    return mark + name[found.end() :]


def _apply_command(command: str, first: str, content: str) -> str:
    """Return the plain text of a command with its arguments."""
    if command in {"begin", "end"} or command in UNPRINTED:
        return ""
    if command.lower().startswith(("cite", "ccite")):
        return f"[{content}]"
    if command in ACCENTS:
        letter = len(content) == 1 and content.isascii() and content.isalpha()
        return (letter and accent_letter(ACCENTS[command], content)) or content
    if command in {"textsuperscript", "textsubscript"}:
        return format_script(content, raised=command == "textsuperscript")
    forms = {
        "footnote": f" ({content})",
        "href": f"{content} ({first})",
        "sqrt": f"√{content}" if len(content) == 1 else f"√({content})",
        "enquote": f"“{content}”",
    }
    if command.endswith("frac"):
        return f"{first}/{content}"
    return forms.get(command) or content or _split_fused(command)
