"""What the moderators' rules decide about reading, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from listbot.domain.errors import ConfigError
from listbot.domain.rules import Thresholds
from listbot.reading.gazetteer import read_yaml
from listbot.reading.relief_types import ReliefType, load_relief_types


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """Relief types, the folder of curated places, and when a moderator looks first."""

    relief: tuple[ReliefType, ...]
    places: Path | None = None  #: folder with facilities.yaml, courts.yaml, regions.yaml, stoplist.yaml
    holds: Thresholds = field(default_factory=Thresholds)


def load_settings(rules: Path) -> ReadingSettings:
    """The settings of a rules folder (`relief.yaml`, `reading.yaml`, `places/`). Raises ConfigError naming file and key."""
    return ReadingSettings(load_relief_types(rules / "relief.yaml"), rules / "places", _thresholds(rules / "reading.yaml"))


def _thresholds(path: Path) -> Thresholds:
    raw, known = read_yaml(path) or {}, {x.name for x in fields(Thresholds)}
    if not isinstance(raw, Mapping) or not known >= set(raw) or not all(isinstance(v, (int, float)) for v in raw.values()):
        raise ConfigError(f"{path}: it holds shares of 1 by name; known: {', '.join(sorted(known))}")
    return Thresholds(**raw)
