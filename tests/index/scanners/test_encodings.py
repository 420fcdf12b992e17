"""Check that UTF-16 is detected and recoded, and that other files are left alone."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.scanners import encodings
from index.scanners.encodings import detect_utf16, recode_beginning, recode_chunks

BEGINNINGS = [
    (codecs.BOM_UTF16_LE + "Title".encode("utf-16-le"), "utf-16-le"),
    (codecs.BOM_UTF16_BE + "Title".encode("utf-16-be"), "utf-16-be"),
    ("<?xml version".encode("utf-16-le"), "utf-16-le"),
    ("<?xml version".encode("utf-16-be"), "utf-16-be"),
    ("@article{k".encode("utf-16-le"), "utf-16-le"),
    ("% by hand".encode("utf-16-be"), "utf-16-be"),
    ("Title".encode("utf-16-le"), ""),
    (codecs.BOM_UTF8 + b"Title", ""),
    (b"<?xml version", ""),
    (b"", ""),
]


@pytest.mark.parametrize(("beginning", "codec"), BEGINNINGS)
def test_detection(beginning: bytes, codec: str) -> None:
    """UTF-16 has a byte-order mark or begins as XML or BibTeX does; all else is not UTF-16."""
    assert detect_utf16(beginning) == codec


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_the_beginning_of_a_file(codec: str) -> None:
    """The first bytes are recoded without byte-order mark, even if a character is cut."""
    beginning = "\ufeffTitel: Größe".encode(codec.replace("16", "16-le"))
    assert recode_beginning(beginning) == "Titel: Größe".encode()
    assert recode_beginning(beginning[:15]).startswith(b"Titel")


@given(st.text(), st.integers(1, 9))
def test_recoding_does_not_depend_on_reads(text: str, size: int) -> None:
    """The chunks together are the text in UTF-8, whatever is read at a time."""
    content = text.encode("utf-16-le", "replace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "CHUNK", size)
        chunks = list(recode_chunks(io.BytesIO(content), "utf-16-le"))
    assert b"".join(chunks) == text.removeprefix("\ufeff").encode("utf-8", "replace")
    assert b"" not in chunks
