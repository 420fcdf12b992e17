r"""Drop the braces of BibTeX that only protect text from a style: ``{In}{$_{x}$}{Ga}{As}``.

In other formats braces in running text may denote a set, and `index.text.latex` keeps them. A value
of BibTeX has none but those that protect, those of commands and accents, and those of formulas.
"""

import re
from dataclasses import dataclass

from index.text.latex_commands import SWITCHES, TWO_ARGUMENTS, takes_argument

_TOKEN = re.compile(r"\\([A-Za-z]+)\*?|\\.|[{}$]", re.DOTALL)
_DOLLAR = re.compile(r"(?<!\\)\$")
_BRACE = re.compile(r"[{}]")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_COMMAND_ALONE = re.compile(r"\\[A-Za-z]+\s*")
_ESCAPED_TAG = re.compile(
    r"(?:\$<\$|\{\\textless\})(/?(?:i|b|u|sub|sup|sc|em|strong|p|span)/?)(?:\$>\$|\{\\textgreater\})"
)
_LOST_BACKSLASH = re.compile(r"\{underline (\w+)\}")
_COMMAND_AT_END = re.compile(r"\\[A-Za-z]+\Z")
_ACCENT = r"(\\[\"'`^~=.])"
_ACCENTED = re.compile(
    rf"\{{{_ACCENT}\{{([A-Za-z])\}}\}}|\{{{_ACCENT}([A-Za-z])\}}|{_ACCENT}\{{([A-Za-z])\}}"
)
_WITH_ARGUMENT = re.compile(r"\\(?:[A-Za-z\[({}]|[\"'`^~=.]\s*\{)|[\^_]\{")
_ACCENTS = "\"'`^~=."
_FORMULAS = {r"\(": r"\)", r"\[": r"\]"}


def drop_braces(text: str) -> str:
    """Return a value of BibTeX without the braces that only protect or group its text."""
    if "$<$" in text or "\\textless" in text:  # Zotero and Mendeley escape tags of HTML
        text = _ESCAPED_TAG.sub(r"<\1>", text)
    if "{" not in text and "}" not in text:
        return text
    if "{underline " in text:  # of a title in HTML, whose backslash was lost
        text = _LOST_BACKSLASH.sub(r"\1", text)
    return _drop_all_braces(text) or _Dropper(text).drop()


def _drop_all_braces(text: str) -> str:
    """Drop all braces outside formulas, in a tenth of the time.

    Returns:
        The text; empty if a brace may belong to a command, or a dollar sign to no formula.
    """
    pieces = text.split("$")
    if not len(pieces) % 2 or "\\$" in text:
        return ""
    prose = "$".join(pieces[::2])
    if "\\" in prose:
        prose = _ACCENTED.sub(_drop_around_accent, prose)
    if _WITH_ARGUMENT.search(prose):
        return ""
    pieces[::2] = prose.replace("{", "").replace("}", "").split("$")
    return "$".join(pieces)


def _drop_around_accent(found: re.Match[str]) -> str:
    return (found[1] or found[3] or found[5]) + (found[2] or found[4] or found[6])


def unwrap(text: str) -> str:
    """Return what is inside braces around a whole text, or an empty text if there are none."""
    if not text.startswith("{") or not text.endswith("}"):
        return ""
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return text[1:-1].strip() if brace.end() == len(text) else ""
    return ""


@dataclass(slots=True)
class _Group:
    """An open brace.

    Attributes:
        out: Its place in the output.
        kept: Whether it belongs to a command or a formula.
        more: Number of arguments that may follow it.
        formula: Whether it holds a formula.
    """

    out: int
    kept: bool
    more: int
    formula: bool


class _Dropper:
    """Drops the braces of one value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.groups: list[_Group] = []
        self.end = 0  # the text before it is done
        self.command = ""  # the command before the present token
        self.arguments = 0  # the number of groups that may follow as its arguments
        self.formula = ""  # what closes the present formula
        self.balanced = len(_DOLLAR.findall(text)) % 2 == 0  # else a dollar sign is a currency

    def drop(self) -> str:
        for token in _TOKEN.finditer(self.text):
            if between := self.text[self.end : token.start()]:
                self.out.append(between)
                if between[-1] in "^_" or not between.isspace():
                    self.command = ""
                    self.arguments = int(between[-1] in "^_")
            self.end = token.end()
            if token[0] == "{":
                self._open(adjacent=not between)
            elif token[0] == "}":
                self._close()
            else:
                self._pass(token[0], token[1] or "")
        return "".join([*self.out, self.text[self.end :]])

    def _pass(self, sign: str, name: str) -> None:
        """Pass over a command or dollar sign."""
        self.out.append(sign)
        self.command = name
        accent = sign[0] == "\\" and sign[1] in _ACCENTS
        self.arguments = 2 if name in TWO_ARGUMENTS else int(accent or takes_argument(name))
        if self.formula:
            self.formula = "" if sign == self.formula else self.formula
        elif sign == "$":
            self.formula = "$" if self.balanced else ""
        else:
            self.formula = _FORMULAS.get(sign, "")

    def _open(self, *, adjacent: bool) -> None:
        inside = self.command == "ensuremath" or any(group.formula for group in self.groups[-1:])
        kept = bool(self.arguments or self.formula or inside)
        self.groups.append(_Group(len(self.out), kept, max(0, self.arguments - 1), inside))
        # The letter in \textendash{V} may not become part of the command.
        self.out.append("{" if kept else "{}" if self.command and adjacent else "")
        self.command, self.arguments = "", 0

    def _close(self) -> None:
        self.command, self.arguments = "", 0
        if not self.groups:
            return
        group = self.groups.pop()
        self.arguments = group.more
        if group.kept:
            self.out.append("}")
            return
        content = "".join(self.out[group.out + 1 :])
        self.out[group.out + 1 :] = [content]
        switch = _COMMAND.match(content)
        if _COMMAND_ALONE.fullmatch(content) or (switch and switch[1] in SWITCHES):
            self.out[group.out] += "{"
            self.out.append("}")
        elif _COMMAND_AT_END.search(content):
            self.out.append("{}")
