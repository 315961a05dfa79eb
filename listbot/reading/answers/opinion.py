"""A second opinion on what a person says: a small encoder's shares for each reading. Without its files the rules stand alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from listbot.domain.states import AnswerKind

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "answers"


class Opinion:
    """An ONNX encoder over the words; run one answer at a time, as its weights of eight bits judge alike only then."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        told = json.loads((folder / "model.json").read_text())
        self._kinds = tuple(AnswerKind(kind) for kind in told["kinds"])
        self._sharpness = float(told["sharpness"])
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(told["tokens"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def shares(self, words: str) -> Mapping[AnswerKind, float]:
        """How likely each reading is; they add up to 1."""
        import numpy as np

        ids = np.array([self._tokenizer.encode(words).ids], dtype=np.int64)
        logits = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0][0]
        powers = np.exp(self._sharpness * (logits - logits.max()))
        return dict(zip(self._kinds, (powers / powers.sum()).tolist(), strict=True))


@cache
def shipped_opinion() -> Opinion | None:
    """The opinion that came with the program, loaded once; None where its files are missing."""
    return Opinion(SHIPPED) if (SHIPPED / "model.onnx").is_file() else None
