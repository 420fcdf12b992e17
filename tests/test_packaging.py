"""Check that what is built and installed holds everything needed, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from index import __version__
from tests.support.paths import ROOT
from tests.test_architecture import ROOMS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PACKAGES = ("index", "search", "web")
TOP = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"}
TOP |= {"constraints.txt", "pyproject.toml"}
VENDORED = {
    "index/meaning/vocab.txt": "Apache-2.0",
    "web/exports/styles/apa.csl": "CC-BY-SA-3.0",
    "web/exports/styles/ieee.csl": "CC-BY-SA-3.0",
    "web/static/inter-extended.woff2": "OFL-1.1",
    "web/static/inter.woff2": "OFL-1.1",
    "web/static/js/combobox-nav.js": "MIT",
    "web/static/js/d3-dispatch.js": "ISC",
    "web/static/js/d3-force.js": "ISC",
    "web/static/js/d3-quadtree.js": "ISC",
    "web/static/js/d3-timer.js": "ISC",
}
"""The files that others wrote, and the licence of each by its SPDX name."""

pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path) -> str:
    """Run a command away from the source tree and return what it printed."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PAPERS_INDEX"}}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a source distribution and of the wheel built from it."""
    for needed in ("build", "hatchling", "pip"):
        pytest.importorskip(needed, reason=f"{needed} is not installed; packages cannot be built")
    folder = tmp_path_factory.mktemp("dist")
    # Without --sdist or --wheel the wheel is made from the source distribution.
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


def _sources() -> set[str]:
    """Name what the packages should hold: every file but those that Python itself leaves there."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}


def _wheel_files(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        assert wheel.testzip() is None
        return {name for name in wheel.namelist() if ".dist-info/" not in name}


def test_wheel_holds_the_packages(built: Path) -> None:
    """The wheel has every room and file of the three packages, and nothing else."""
    files = _wheel_files(built)
    assert files == _sources()
    rooms = {Path(name).parent.as_posix() for name in files if name.endswith("/__init__.py")}
    assert rooms >= {room.replace(".", "/") for room in ROOMS if "." in room} - {
        "web/app",
        "web/cli",
    }
    assert {"index/sample/papers.jsonl", "web/templates/base.html"} <= files
    assert "web/static/css/base.css" in files
    vocabulary = {f"index/meaning/vocab.{end}" for end in ("txt", "LICENSE", "NOTICE")}
    assert vocabulary <= files
    assert len(files) > 50


def test_wheel_is_for_every_machine(built: Path) -> None:
    """The wheel is pure Python, of the version of the code."""
    names = [path.name for path in built.glob("*.whl")]
    assert names == [f"papersearch-{__version__}-py3-none-any.whl"]


def test_source_distribution_is_complete(built: Path) -> None:
    """The source distribution has everything needed to build, test and read about the project."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    assert TOP | _sources() <= names
    tests = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.py")}
    assert tests <= names
    tops = {name.partition("/")[0] for name in names}
    assert tops <= {*TOP, *PACKAGES, "tests", "PKG-INFO", ".gitignore"}
    assert not [name for name in names if name.endswith((".pyc", ".zst", ".db"))]


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a fresh environment that holds the wheel and the packages it needs."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    wheel = next(built.glob("*.whl"))
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    # Only now, or pip would replace an installation of this project found there.
    places = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    own = _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    Path(own.strip(), "needed.pth").write_text("\n".join(sorted(places)) + "\n", encoding="utf-8")
    return folder


def test_installed_command_works_anywhere(installed: Path, tmp_path: Path) -> None:
    """From another folder the installed command builds the installed sample and finds a paper."""
    papers = installed / "bin" / "papers"
    assert _run(papers, "--version", cwd=tmp_path) == f"papers, version {__version__}\n"
    assert "Usage: papers" in _run(papers, "--help", cwd=tmp_path)
    ask = "import index, pathlib; print(pathlib.Path(index.__file__).parent)"
    package = Path(_run(installed / "bin" / "python", "-c", ask, cwd=tmp_path).strip())
    assert package.is_relative_to(installed)
    sample = package / "sample" / "papers.jsonl"
    report = _run(papers, "build", "--index", tmp_path / "ix", sample, cwd=tmp_path)
    assert report.startswith("417 papers in ")
    found = _run(papers, "search", "--json", "--index", tmp_path / "ix", "attention", cwd=tmp_path)
    assert json.loads(found)["total"] > 0


ASK_PAGES = """
import sys
from pathlib import Path
from web.app import create_app
client = create_app(Path(sys.argv[1])).test_client()
for address in sys.argv[2:]:
    with client.get(address) as response:
        print(response.status_code, len(response.data) > 300)
"""


def test_installed_pages_work(installed: Path, sample_index: Path, tmp_path: Path) -> None:
    """Templates and static files are found where they are installed."""
    addresses = ["/", "/search?q=attention", "/paper/kingma-2015-adam", "/nowhere",
                 "/static/style.css", "/static/icon.svg"]  # fmt: skip
    python = installed / "bin" / "python"
    answers = _run(python, "-c", ASK_PAGES, sample_index, *addresses, cwd=tmp_path).splitlines()
    assert answers == ["200 True", "200 True", "200 True", "404 True", "200 True", "200 True"]


OFFLINE = """
import socket, sys
def refuse(*_): raise OSError("the network is away")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from web.cli import main
main(sys.argv[1:])
"""


def test_installed_meaning_step_works_offline(installed: Path, tmp_path: Path) -> None:
    """With the extra, papers get vectors while every connection is refused."""
    sample, index = ROOT / "index" / "sample" / "papers.jsonl", tmp_path / "ix"
    python, papers = installed / "bin" / "python", installed / "bin" / "papers"
    _run(papers, "build", "--index", index, "--limit", "9", sample, cwd=tmp_path)
    printed = _run(python, "-c", OFFLINE, "embed", "--json", "--index", index, cwd=tmp_path)
    assert json.loads(printed)["papers"] == 9
    status = _run(python, "-c", OFFLINE, "status", "--index", index, cwd=tmp_path)
    assert "\n  vectors: of 9 papers, by the installed model\n" in status


def test_metadata(installed: Path) -> None:
    """The installed metadata has the version, licence, Python and requirements."""
    found = next(installed.rglob("papersearch-*.dist-info"))
    metadata = PathDistribution(found).metadata
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == PROJECT["license"]
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    assert (metadata["Description"] or metadata.get_payload()).lstrip().startswith("# Papersearch")  # type: ignore[attr-defined]  # a message
    required = [line for line in metadata.get_all("Requires-Dist") or [] if "extra ==" not in line]
    assert len(required) == len(PROJECT["dependencies"])


def test_licences_of_others_are_packed(built: Path) -> None:
    """The wheel holds the terms of everything in it that others wrote, and names their licences."""
    assert set(PROJECT["license"].split(" AND ")) == {"MIT", *VENDORED.values()}
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        packed = {
            name.partition("/licenses/")[2]: wheel.read(name).decode()
            for name in wheel.namelist()
            if ".dist-info/licenses/" in name
        }
    assert set(packed) == set(PROJECT["license-files"])
    assert "Apache License" in packed["index/meaning/vocab.LICENSE"]
    assert "SIL Open Font License, Version 1.1" in packed["web/static/inter-licence.txt"]
    assert "/by-sa/3.0/" in packed["web/exports/styles/README.md"]
    assert "Permission is hereby granted" in packed["web/static/js/combobox-nav.js"]
    assert "Permission to use, copy, modify" in packed["web/static/js/d3-force.js"]


def test_vendored_files_are_known() -> None:
    """No font, citation style or packed script is in the packages without its licence."""
    names = {name for name in _sources() if name.endswith((".woff2", ".csl", "/vocab.txt"))}
    scripts = (name for name in _sources() if name.endswith(".js"))
    named = {name for name in scripts if "Copyright" in (ROOT / name).read_text("utf-8")}
    assert names | named == set(VENDORED)


def test_every_requirement_is_pinned() -> None:
    """Each requirement, also of tests and benchmarks, has its version in constraints.txt."""
    extras = PROJECT["optional-dependencies"].values()
    asked = [line for lines in (PROJECT["dependencies"], *extras) for line in lines]
    names = {_normalise_name(re.split(r"[<>=!~\[; ]", line)[0]) for line in asked}
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)
    assert names - {_normalise_name(line.partition("==")[0]) for line in lines} == set()


def _normalise_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
