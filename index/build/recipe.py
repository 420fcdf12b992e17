"""Answers: which dumps, and which settings, does a recipe file name?

A recipe is a TOML file, by custom ``papers.toml``, so that building again from newer files is
one word::

    index = "index"                   # optional; relative to the recipe

    [build]                           # optional; the options of `papers build` by their names
    max-rejects = 5

    [[dump]]                          # one or more, read in this order
    path = "dumps/arxiv-*.json.gz"    # relative to the recipe; * ? ** as a shell has them
    newest = true                     # optional; of the files that match only the last

Files that match are in natural order, ``file2`` before ``file10``.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from glob import glob
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from index.engines.engine import ENGINES
from index.errors import DumpMissing, RecipeMissing, RecipeUnusable
from index.formats.table_columns import list_fields
from index.settings import BuildSettings, Input

RECIPE = "papers.toml"
"""The name of a recipe unless another is given."""

_WILD = re.compile(r"[*?]")
_AT_LEAST_ONE = Annotated[int, Meta(ge=1)]


class Recipe(Struct, frozen=True):
    """What a recipe asks for.

    Attributes:
        index: Where the index is, or None if the recipe leaves it open.
        settings: How to build.
        inputs: The dumps that are there now, each with what is known of it; at least one.
    """

    index: Path | None
    settings: BuildSettings
    inputs: tuple[Input, ...]


class _Build(Struct, frozen=True, rename="kebab"):
    """The table ``[build]``; what is None was not given."""

    engine: str | None = None
    max_rejects: Annotated[float, Meta(ge=0, le=100)] | None = None
    keep: _AT_LEAST_ONE | None = None
    licence: str | None = None
    date: dt.date | None = None
    since: dt.date | None = None
    limit: _AT_LEAST_ONE | None = None
    processes: Annotated[int, Meta(ge=0, le=64)] | None = None
    map: dict[str, str] | None = None


class _Dump(Struct, frozen=True):
    """One table ``[[dump]]``."""

    path: Annotated[str, Meta(min_length=1)]
    newest: bool = False
    licence: str = ""
    date: dt.date | None = None
    map: dict[str, str] = {}


class _File(Struct, frozen=True):
    """The whole file."""

    index: Annotated[str, Meta(min_length=1)] | None = None
    build: _Build = _Build()
    dump: tuple[_Dump, ...] = ()


def read_recipe(path: Path) -> Recipe:
    """Read a recipe and look which files its patterns match now.

    Args:
        path: The recipe; what it names is relative to its folder.

    Returns:
        What to build, where, and from which files. A file that two patterns match, or two
        names of one file, is taken once, as the first says; the recipe itself and what is
        below its index are no dumps.

    Raises:
        RecipeMissing: There is no such file.
        RecipeUnusable: It is no TOML, has a key or value that it may not have, or one of its
            patterns matches nothing.
        DumpMissing: A file that it names without a pattern is not there.
    """
    file = _parsed(path)
    folder = path.absolute().parent
    index = folder / Path(file.index).expanduser() if file.index else None
    inputs: dict[Path, Input] = {}
    for dump in file.dump:
        for found in _matching(path, folder, dump, index):
            inputs.setdefault(found.resolve(), _input(found, dump))
    return Recipe(index, _settings(file.build), tuple(inputs.values()))


def _parsed(path: Path) -> _File:
    try:
        with path.open("rb") as stream:
            content = tomllib.load(stream)
    except FileNotFoundError as error:
        raise RecipeMissing(str(path)) from error
    except OSError as error:
        raise RecipeUnusable(str(path), error.strerror or str(error)) from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise RecipeUnusable(str(path), str(error)) from error
    reason = next(_wrong_keys(content), "")
    if not reason:
        try:
            file = msgspec.convert(content, _File)
        except msgspec.ValidationError as error:
            reason = _placed(str(error))
        else:
            reason = next(_wrong_values(file), "")
    if reason:
        raise RecipeUnusable(str(path), reason)
    return file


def _wrong_keys(content: Mapping[str, Any]) -> Iterator[str]:
    """Say of every key that is not known what is known, the nearest if any looks like it."""
    dumps, build = content.get("dump", []), content.get("build", {})
    if isinstance(dumps, dict):
        yield "a dump is [[dump]], in two brackets"
        return
    tables: list[tuple[str, type[Struct], object]] = [
        ("", _File, content),
        ("build", _Build, build),
    ]
    if isinstance(dumps, list):
        tables += [(f"dump {at}", _Dump, dump) for at, dump in enumerate(dumps, start=1)]
    for table, kind, keys in tables:
        known = kind.__struct_encode_fields__
        for key in keys if isinstance(keys, dict) else ():
            if key not in known:
                near = get_close_matches(key, known, n=1)
                meant = f"the nearest is '{near[0]}'" if near else f"there are {', '.join(known)}"
                yield f"there is no key '{key}'{' in ' * bool(table)}{table}, {meant}"


def _wrong_values(file: _File) -> Iterator[str]:
    if not file.dump:
        yield "it names no dump: add [[dump]] with a path"
    if file.build.engine is not None and file.build.engine not in ENGINES:
        yield f"'{file.build.engine}' is no engine; there are {', '.join(ENGINES)}"
    for columns in (file.build.map or {}, *(dump.map for dump in file.dump)):
        for field in columns.values():
            if field not in list_fields():
                yield f"'{field}' in map is no field; there are {', '.join(list_fields())}"


def _placed(message: str) -> str:
    """Say a place as a reader counts: ``dump 1.path`` for ``$.dump[0].path``."""
    counted = re.sub(r"\[(\d+)\]", lambda at: f" {int(at[1]) + 1}", message)
    return counted.replace("`$.", "`")


def _settings(build: _Build) -> BuildSettings:
    given = {
        name: value for name, value in msgspec.structs.asdict(build).items() if value is not None
    }
    if "max_rejects" in given:
        given["max_rejects"] /= 100
    if "map" in given:
        given["columns"] = given.pop("map")
    for name in {"date", "since"} & set(given):
        given[name] = given[name].isoformat()
    return BuildSettings(**given)


def _input(path: Path, dump: _Dump) -> Input:
    day = dump.date.isoformat() if dump.date else ""
    return Input(str(path), licence=dump.licence, date=day, columns=dump.map)


def _matching(recipe: Path, folder: Path, dump: _Dump, index: Path | None) -> list[Path]:
    """Give the files that a dump's path names or matches, in natural order.

    A pattern with ``**`` takes files only: the folders around them would give them twice.
    """
    named = Path(dump.path).expanduser()
    if not _WILD.search(dump.path):
        if not (folder / named).exists():
            raise DumpMissing(str(folder / named))
        return [folder / named]
    pattern = str(named).replace("[", "[[]")
    # Unlike that of a path, this takes absolute patterns and leaves out hidden files.
    names = glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207 - see above
    found = [folder / name for name in names]
    found = [one for one in found if one.is_file() or (one.is_dir() and "**" not in pattern)]
    ours = {path.resolve() for path in (recipe, index) if path}
    found = [one for one in found if not ours & {one.resolve(), *one.resolve().parents}]
    if not found:
        raise RecipeUnusable(str(recipe), f"no file matches '{dump.path}'")
    found.sort(key=_natural)
    return found[-1:] if dump.newest else found


def _natural(path: Path) -> list[list[tuple[int, str]]]:
    """Order numbers in names by their size; of equal ones the shorter first."""
    return [
        [(int(piece) if piece.isdecimal() else -1, piece) for piece in re.split(r"(\d+)", part)]
        for part in path.parts
    ]
