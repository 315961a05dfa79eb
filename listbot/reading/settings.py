"""What the moderators' rules decide about reading, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from listbot.reading.relief_types import ReliefType, load_relief_types


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """Relief types, the folder of curated places, and the shares of 1 below which a moderator looks first."""

    relief: tuple[ReliefType, ...]
    places: Path | None = None  #: folder with facilities.yaml, courts.yaml, regions.yaml, stoplist.yaml
    hold_kind_below: float = 0.7  #: confidence in the kind
    hold_plea_above: float = 0.12  #: a post read as no plea, though this likely to be one
    hold_talk_below: float = 0.5  #: confidence in a kind that is no plea
    hold_need_below: float = 0.5  #: confidence in a need


def load_settings(rules: Path, **thresholds: float) -> ReadingSettings:
    """The settings of a rules folder (`relief.yaml`, `places/`). Raises ConfigError naming file and key."""
    return ReadingSettings(load_relief_types(rules / "relief.yaml"), rules / "places", **thresholds)
