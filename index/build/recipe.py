"""Read a recipe file, which names dumps and the settings to build from them.

A recipe is a TOML file, usually ``papers.toml``. With it one word rebuilds an index from newer
files::

    index = "index"                   # optional; relative to the recipe
    authors = "authors.toml"          # optional; the file that says who is who

    [build]                           # optional; the options of `papers build` by their names
    max-rejects = 5

    [[dump]]                          # one or more, read in this order
    path = "dumps/arxiv-*.json.gz"    # relative to the recipe; * ? ** as in a shell
    newest = true                     # optional; only the last of the files that match

Matching files are read in natural order, ``file2`` before ``file10``.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from glob import glob
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from index.build.errors import RecipeMissing, RecipeUnusable
from index.dumps.natural_order import make_natural_key
from index.engines.engine import ENGINES
from index.errors import DumpMissing
from index.formats.table_columns import list_fields
from index.settings import BuildSettings, Input, expand_home

RECIPE = "papers.toml"
"""The default name of a recipe."""

MOST_BYTES = 1_000_000
"""Bytes of a recipe; a device may have no end. Chosen: room for ten thousand dumps."""

_WILD = re.compile(r"[*?]")
_AT_LEAST_ONE = Annotated[int, Meta(ge=1)]


class Recipe(Struct, frozen=True):
    """The content of a recipe.

    Attributes:
        index: The directory of the index, or None if the recipe does not name it.
        settings: How to build.
        inputs: The dumps that exist now, each with what is known of it; at least one.
        authors: The file that says who is who, or None if the recipe does not name it.
    """

    index: Path | None
    settings: BuildSettings
    inputs: tuple[Input, ...]
    authors: Path | None = None


class _Build(Struct, frozen=True, rename="kebab"):
    """The table ``[build]``; None means not given."""

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
    authors: Annotated[str, Meta(min_length=1)] | None = None
    build: _Build = _Build()
    dump: tuple[_Dump, ...] = ()


def read_recipe(path: Path) -> Recipe:
    """Read a recipe and find the files that its patterns match now.

    Args:
        path: The recipe; the paths in it are relative to its folder.

    Returns:
        What to build, where, and from which files. A file that matches twice, or has two names, is
        taken once, as the first table says; the recipe itself and files in its index are left out.

    Raises:
        RecipeMissing: There is no such file.
        RecipeUnusable: It is not TOML, has an invalid key or value, or a pattern matches nothing.
        DumpMissing: A file that it names without a pattern does not exist.
    """
    file = _parse_file(path)
    folder = path.absolute().parent
    index = folder / expand_home(file.index) if file.index else None
    authors = folder / expand_home(file.authors) if file.authors else None
    inputs: dict[Path, Input] = {}
    for dump in file.dump:
        for found in _find_files(path, folder, dump, index):
            inputs.setdefault(found.resolve(), _make_input(found, dump))
    return Recipe(index, _make_settings(file.build), tuple(inputs.values()), authors)


def _parse_file(path: Path) -> _File:
    content = _read_toml(path)
    reason = next(_find_wrong_keys(content), "")
    if not reason:
        try:
            file = msgspec.convert(content, _File)
        except msgspec.ValidationError as error:
            reason = _rename_location(str(error))
        else:
            reason = next(_find_wrong_values(file), "")
    if reason:
        raise RecipeUnusable(str(path), reason)
    return file


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            text = stream.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise RecipeUnusable(str(path), f"it has more than {MOST_BYTES:,} bytes")
        return tomllib.loads(text.decode())
    except FileNotFoundError as error:
        raise RecipeMissing(str(path)) from error
    except OSError as error:
        raise RecipeUnusable(str(path), error.strerror or str(error)) from error
    except ValueError as error:  # not TOML, or not UTF-8
        raise RecipeUnusable(str(path), str(error)) from error
    except RecursionError as error:
        raise RecipeUnusable(str(path), "its values are nested too deeply") from error


def _find_wrong_keys(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield a clause for each unknown key, with the nearest known key or all of them."""
    dumps, build = content.get("dump", []), content.get("build", {})
    if isinstance(dumps, dict):
        yield "a dump is written [[dump]], in double brackets"
        return
    tables: list[tuple[str, type[Struct], object]] = [
        ("", _File, content),
        (" in build", _Build, build),
    ]
    if isinstance(dumps, list):
        tables += [(f" in dump {at}", _Dump, dump) for at, dump in enumerate(dumps, start=1)]
    for table, kind, keys in tables:
        known = kind.__struct_encode_fields__
        for key in keys if isinstance(keys, dict) else ():
            if key not in known:
                yield f"unknown key '{key}'{table} ({_suggest_key(key, known)})"


def _suggest_key(key: str, known: Sequence[str]) -> str:
    near = get_close_matches(key, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"the keys are {', '.join(known)}"


def _find_wrong_values(file: _File) -> Iterator[str]:
    if not file.dump:
        yield "it has no dump; add [[dump]] with a path"
    if file.build.engine is not None and file.build.engine not in ENGINES:
        yield f"unknown engine '{file.build.engine}' (the engines are {', '.join(ENGINES)})"
    paths = (file.index or "", file.authors or "", *(dump.path for dump in file.dump))
    if any("\0" in path for path in paths):
        yield "a path contains a null character"
    for columns in (file.build.map or {}, *(dump.map for dump in file.dump)):
        for field in columns.values():
            if field not in list_fields():
                yield f"unknown field '{field}' in map (the fields are {', '.join(list_fields())})"


def _rename_location(message: str) -> str:
    """Count tables from 1 in a message: ``dump 1.path`` for ``$.dump[0].path``."""
    counted = re.sub(r"\[(\d+)\]", lambda at: f" {int(at[1]) + 1}", message)
    return counted.replace("`$.", "`")


def _make_settings(build: _Build) -> BuildSettings:
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


def _make_input(path: Path, dump: _Dump) -> Input:
    day = dump.date.isoformat() if dump.date else ""
    return Input(str(path), licence=dump.licence, date=day, columns=dump.map)


def _find_files(recipe: Path, folder: Path, dump: _Dump, index: Path | None) -> list[Path]:
    """Return the files that a dump's path names or matches, in natural order.

    A pattern with ``**`` matches files only: with the folders around them they would count twice.
    """
    named = expand_home(dump.path)
    if not _WILD.search(dump.path):
        if not (folder / named).exists():
            raise DumpMissing(str(folder / named))
        return [folder / named]
    pattern = str(named).replace("[", "[[]")
    # Unlike `Path.glob`, this accepts absolute patterns and leaves out hidden files.
    names = glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207 - see above
    found = [folder / name for name in names]
    found = [one for one in found if one.is_file() or (one.is_dir() and "**" not in pattern)]
    ours = {path.resolve() for path in (recipe, index) if path}
    found = [one for one in found if not ours & {one.resolve(), *one.resolve().parents}]
    if not found:
        raise RecipeUnusable(str(recipe), f"no file matches '{dump.path}'")
    found.sort(key=make_natural_key)
    return found[-1:] if dump.newest else found
