"""The kinds of relief as the moderators' rules describe them: `rules/relief.yaml`, read once into plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listbot.domain.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefType:
    """One kind of relief: its id of the label guide, how posts name it, who decides it and what licence it takes."""

    id: str
    label: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()  #: case counts
    forms: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()  #: form numbers that also stand without their letter
    forum: tuple[str, ...] = ()
    licence: str = ""
    fallback: bool = False  #: counts only where no other relief is asked for


def load_relief_types(path: Path) -> tuple[ReliefType, ...]:
    """The relief types of a rules file. Raises ConfigError naming file and key."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigError(f"{path} cannot be read ({error}); mend it or restore the shipped file") from error
    if not isinstance(raw, dict):
        raise ConfigError(f"{path} holds no relief types; it maps an id to its description")
    return tuple(_relief_type(path, str(key), value) for key, value in raw.items())


def _relief_type(path: Path, key: str, raw: Any) -> ReliefType:
    known = set(ReliefType.__slots__) - {"id"}
    if not isinstance(raw, dict) or set(raw) - known:
        odd = ", ".join(sorted(set(raw) - known)) if isinstance(raw, dict) else "no mapping"
        raise ConfigError(f"{path} {key}: {odd}; a relief type has {', '.join(sorted(known))}")
    lists = {name: tuple(str(v) for v in raw.get(name) or ()) for name in ("phrases", "abbreviations", "forms", "bare", "forum")}
    return ReliefType(
        id=key,
        label=str(raw.get("label", key)),
        description=str(raw.get("description", "")),
        licence=str(raw.get("licence", "")),
        fallback=bool(raw.get("fallback", False)),
        **lists,
    )
