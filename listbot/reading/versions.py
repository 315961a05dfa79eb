"""Which trained models are in use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def model_versions() -> Mapping[str, str]:
    """The encoders of posts and of answers by the first digits of their SHA-256; "rules alone" where one is missing."""
    folders = {"posts": DATA / "model", "answers": DATA / "answers"}
    return {name: _version(folder / "model.onnx") for name, folder in folders.items()}


def _version(model: Path) -> str:
    return sha256(model.read_bytes()).hexdigest()[:12] if model.is_file() else "rules alone"
