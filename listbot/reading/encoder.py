"""The encoder: a fine-tuned MiniLM that judges kind and roles in context, run by onnxruntime on one thread.

One post at a time and unpadded: so the answer never depends on what else is read (int8 scales are per tensor).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from listbot.domain.reading import Kind, Span
from listbot.reading.features import CLASSES, KINDS, OFFSET, RELIEF_IDS, SCOPES, Candidate, Encoded, encode
from listbot.reading.judgement import Judge, Judgement, Shares, View
from listbot.reading.logistic import share_of

SHIPPED = Path(__file__).parent / "data" / "model"
NAME_ABOVE = 0.5
"""Share above which a token counts as part of a client's name."""


def load_encoder(folder: Path | None) -> Judge | None:
    """The encoder of a folder (model.onnx, tokenizer.json, model.json), or None where it is missing."""
    if folder is None or not (folder / "model.onnx").exists():
        return None
    return Encoder(folder)


class Encoder:
    """Judges a view; see `Judge`."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._temperature: dict[str, float] = json.loads((folder / "model.json").read_text(encoding="utf-8"))["temperature"]

    def judge(self, view: View) -> Judgement:
        """Shares of 1 for kind, roles and facts. Candidates that the encoder does not see keep the roles of the rules."""
        encoded = encode(view, self._tokenizer)
        kind, roles, doc, names = self._run(encoded)
        judged = {(c.type, c.index): self._role(c, row) for c, row in zip(encoded.candidates, roles, strict=False)}
        m = view.mentions
        relief_end = len(RELIEF_IDS)
        return Judgement(
            kind={Kind(k): s for k, s in zip(KINDS, _softmax(kind, self._temperature["kind"]), strict=True)},
            places=tuple(judged.get(("P", i), {p.role: 0.5}) for i, p in enumerate(m.places)),
            dates=tuple(judged.get(("D", i), {d.role.value: 0.5}) for i, d in enumerate(m.dates)),
            relief=tuple(judged.get(("R", i), {r.status: 0.5}) for i, r in enumerate(m.relief)),
            asked=dict(zip(RELIEF_IDS, map(share_of, doc[:relief_end]), strict=True)),
            detained=share_of(doc[relief_end]),
            minor=share_of(doc[relief_end + 1]),
            several=share_of(doc[relief_end + 2]),
            scope=dict(zip(SCOPES, _softmax(doc[relief_end + 3 : relief_end + 6], 1.0), strict=True)),
            names=_name_spans(encoded.spans, names),
        )

    def _run(self, e: Encoded) -> tuple[list[float], list[list[float]], list[float], list[float]]:
        import numpy as np

        candidates = e.candidates or [Candidate("P", 0, 0, 1, 0, 0)]  # the graph needs one

        def row(values: Sequence[int]) -> Any:
            return np.array([values], dtype=np.int64)

        kind, roles, doc, names = self._session.run(
            None,
            {
                "ids": row(e.ids),
                "segments": row(e.segments),
                "mask": row([1] * len(e.ids)),
                "first": row([c.first for c in candidates]),
                "last": row([c.last for c in candidates]),
                "role": row([c.role for c in candidates]),
                "sort": row([c.sort for c in candidates]),
            },
        )
        return kind[0].tolist(), roles[0].tolist() if e.candidates else [], doc[0].tolist(), names[0].tolist()

    def _role(self, c: Candidate, logits: list[float]) -> Shares:
        names = CLASSES[c.type]
        start = OFFSET[c.type]
        return dict(zip(names, _softmax(logits[start : start + len(names)], self._temperature[c.type]), strict=True))


def _softmax(logits: Sequence[float], temperature: float) -> list[float]:
    top = max(logits)
    weights = [math.exp((x - top) / temperature) for x in logits]
    total = sum(weights)
    return [w / total for w in weights]


def _name_spans(spans: Sequence[Span], logits: Sequence[float]) -> tuple[Span, ...]:
    """Runs of tokens that look like a client's name, as characters."""
    found: list[Span] = []
    for span, logit in zip(spans, logits, strict=False):
        if span[1] > span[0] and share_of(logit) > NAME_ABOVE:
            if found and span[0] - found[-1][1] <= 1:
                found[-1] = (found[-1][0], span[1])
            else:
                found.append(span)
    return tuple(s for s in found if s[1] - s[0] > 2)
