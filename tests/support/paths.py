"""Name the folders that tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""

SAMPLE = ROOT / "index" / "sample" / "papers.jsonl"
"""The shipped sample of papers."""
