"""What the moderators' rules decide about reading, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from listbot.domain.errors import ConfigError
from listbot.domain.reading import Kind
from listbot.domain.rules import Thresholds
from listbot.reading.gazetteer import read_yaml
from listbot.reading.kind import KindWeights
from listbot.reading.relief_types import ReliefType, load_relief_types


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """Relief types, the folder of curated places, and when a moderator looks first."""

    relief: tuple[ReliefType, ...]
    places: Path | None = None  #: folder with facilities.yaml, courts.yaml, regions.yaml, stoplist.yaml
    holds: Thresholds = field(default_factory=Thresholds)
    kind: KindWeights | None = None  #: learned from moderators' corrections; the shipped ones without


def load_settings(rules: Path) -> ReadingSettings:
    """The settings of a rules folder (`relief.yaml`, `reading.yaml`, `places/`, `kind.yaml`). Raises ConfigError naming file and key."""
    return ReadingSettings(
        load_relief_types(rules / "relief.yaml"),
        rules / "places",
        _thresholds(rules / "reading.yaml"),
        _kind(rules / "kind.yaml"),
    )


def _kind(path: Path) -> KindWeights | None:
    """Learned weights of the kind of a post, or None where there is no such file."""
    raw = read_yaml(path)
    if raw is None:
        return None
    kinds = {k.value for k in Kind}
    if not isinstance(raw, Mapping) or set(raw) != kinds:
        raise ConfigError(f"{path}: it holds weights for each of {', '.join(sorted(kinds))}; `listbot reading learn` writes it")
    for kind, row in raw.items():
        if not isinstance(row, Mapping) or not all(isinstance(w, (int, float)) for w in row.values()):
            raise ConfigError(f"{path}: {kind}: weights are numbers by name; `listbot reading learn` writes them")
    return raw


def _thresholds(path: Path) -> Thresholds:
    raw, known = read_yaml(path) or {}, {x.name for x in fields(Thresholds)}
    if not isinstance(raw, Mapping) or not known >= set(raw) or not all(isinstance(v, (int, float)) for v in raw.values()):
        raise ConfigError(f"{path}: it holds shares of 1 by name; known: {', '.join(sorted(known))}")
    return Thresholds(**raw)
