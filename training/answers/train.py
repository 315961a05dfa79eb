"""Fine-tune a small encoder to give answers their kind, and export it: `python -m training.answers.train BASE --out FOLDER`.

Needs the `train` dependencies and the base model's folder (all-MiniLM-L6-v2, Apache-2.0). Train once, ship the weights:
other machines give other bits. Robots and bounces are told by headers and rules and take no part.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from listbot.reading.answers.words import new_words, statement
from training.answers.corpus import HELD_BACK, SEEN, LabelledAnswer, read, sayings

KINDS = ("capacity", "later", "maybe", "no", "other", "placed", "question", "refer", "stop", "yes")
TOKENS = 128
EPOCHS = 5
SEEDS = (7, 8, 9)
"""One net each; what is shipped is the mean of their weights, which reads unseen wording better than any of them."""

SHARPNESS = 2.2
"""By which logits are multiplied, as a mean of nets is less sure than it is right: fitted on what was held back."""

POLITE = (
    "Thanks for thinking of me.", "Thank you for your note.", "Hope you're well.", "Good to hear from you.", "Thanks for doing this.",
    "Sorry for the slow reply.", "Thanks!", "Thank you for all you do.", "What a story.", "Poor kid.", "Gracias por escribir.", "Saludos.",
)  # fmt: skip
"""What people put beside anything they say."""


class Net(nn.Module):
    """The mean and the first of the last hidden states, then one linear layer."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        for part in self.encoder.modules():
            if isinstance(part, nn.Dropout):
                part.p = 0.0  # dear on a CPU
        self.dropout = nn.Dropout(0.1)
        self.kind = nn.Linear(2 * self.encoder.config.hidden_size, len(KINDS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits of the kinds."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return self.kind(self.dropout(torch.cat([hidden[:, 0], mean], -1)))


def words(answer: LabelledAnswer) -> str:
    """What the model sees: the new words without the greeting."""
    return statement(new_words(answer.post()))


def examples(files: Sequence[Path]) -> list[tuple[str, int]]:
    """Words and kind of all that people wrote."""
    found = [(words(a), a.reading) for file in files for a in read(file)]
    return [(text, KINDS.index(kind)) for text, kind in found if text and kind in KINDS]


def batch(tokenizer: Any, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Ids and mask, padded to the longest."""
    coded = [tokenizer.encode(text).ids for text in texts]
    width = max(len(c) for c in coded)
    ids = torch.tensor([c + [0] * (width - len(c)) for c in coded])
    return ids, (torch.arange(width)[None, :] < torch.tensor([[len(c)] for c in coded])).long()


def train(net: Net, tokenizer: Any, data: list[tuple[str, int]], epochs: int) -> None:
    """AdamW with a short warm-up."""
    groups = [{"params": net.encoder.parameters(), "lr": 1e-4}, {"params": net.kind.parameters(), "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(data) // 16 + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / (0.1 * steps), (steps - s) / (0.9 * steps)))
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    for epoch in range(epochs):
        net.train()
        total = 0.0
        for part in _batches(data):
            logits = net(*batch(tokenizer, [_varied(text) for text, _ in part]))
            loss = loss_of(logits, torch.tensor([kind for _, kind in part]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(part)
        print(f"epoch {epoch + 1}: loss {total / len(data):.3f}", flush=True)


def trained(base: Path, tokenizer: Any, data: list[tuple[str, int]], epochs: int, seed: int) -> Net:
    """One net, from its seed."""
    random.seed(seed)
    torch.manual_seed(seed)
    net = Net(base)
    train(net, tokenizer, data[:], epochs)
    return net


def mean(nets: Sequence[Net]) -> Net:
    """The net whose weights are the mean of those of some, which began from one base."""
    parts = [net.state_dict() for net in nets]
    nets[0].load_state_dict({name: torch.stack([part[name].float() for part in parts]).mean(0) for name in parts[0]})
    return nets[0]


def _batches(data: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Sixteen of like length each, in random order."""
    random.shuffle(data)
    ordered = [x for i in range(0, len(data), 256) for x in sorted(data[i : i + 256], key=lambda x: len(x[0]))]
    batches = [ordered[i : i + 16] for i in range(0, len(ordered), 16)]
    random.shuffle(batches)
    return batches


def _varied(text: str) -> str:
    """The text as others might type it: now and then beside a politeness, or without marks or capitals."""
    if random.random() < 0.2:
        polite = random.choice(POLITE)
        text = f"{polite} {text}" if random.random() < 0.7 else f"{text} {polite}"
    if random.random() < 0.15:
        text = text.lower()
    if random.random() < 0.25:
        text = text.replace("'", "")
    if random.random() < 0.25:
        text = text.rstrip(".!")
    return text


def accuracy(net: Net, tokenizer: Any, data: list[tuple[str, int]]) -> float:
    """Share of right first choices."""
    net.eval()
    with torch.no_grad():
        return float(np.mean([int(net(*batch(tokenizer, [text])).argmax()) == kind for text, kind in data]))


def export(net: Net, tokenizer: Any, folder: Path) -> None:
    """ONNX with int8 weights, the tokenizer and the names of the kinds."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    ids, mask = batch(tokenizer, ["yes", "no thank you"])
    axes = {"ids": {0: "n", 1: "t"}, "mask": {0: "n", 1: "t"}, "kind": {0: "n"}}
    torch.onnx.export(
        net,
        (ids, mask),
        str(full),
        input_names=["ids", "mask"],
        output_names=["kind"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.json").write_text(json.dumps({"kinds": KINDS, "tokens": TOKENS, "sharpness": SHARPNESS}))


def main() -> None:
    """Train on the seen part, print the share right on files held out, export."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("base", type=Path, help="folder of all-MiniLM-L6-v2")
    options.add_argument("--out", type=Path)
    options.add_argument("--without", nargs="*", default=[], help="names of corpus files left out, to be measured")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    a = options.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(a.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    left_out = [f for f in SEEN if f.stem in a.without]
    data = examples([f for f in SEEN if f not in left_out]) + [(text, KINDS.index(kind)) for kind, text in sayings()]
    net = mean([trained(a.base, tokenizer, data, a.epochs, seed) for seed in SEEDS])
    for name, files in (("left out", left_out), ("held back", HELD_BACK)):
        if files:
            print(f"{name}: {accuracy(net, tokenizer, examples(files)):.3f}")
    if a.out:
        export(net, tokenizer, a.out)


if __name__ == "__main__":
    main()
