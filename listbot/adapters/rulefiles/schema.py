"""JSON Schema of the rule files, from the declared fields, for editors that complete and check."""

from __future__ import annotations

import enum
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from typing import Any, Union, get_args, get_origin, get_type_hints

from listbot.adapters.rulefiles.load import FORUMS
from listbot.domain.geography import STATES
from listbot.domain.rules import LIMITS, PREFERENCES, Affiliation, Outreach, Resource, RuleSet, Thresholds

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN: dict[Any, dict[str, object]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    time: {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
}


def schemas(rules: RuleSet) -> dict[str, dict[str, object]]:
    """A schema for each rule file, by its name; `rules` give the relief ids that may be named."""
    words = {"state": sorted(STATES), "forum": list(FORUMS), "relief": sorted(rules.reliefs)}
    one_of: dict[str, Mapping[str, type[Any]]] = {"limits": LIMITS, "preferences": PREFERENCES}
    found: dict[str, dict[str, object]] = {
        name: {"type": "array", "items": {"oneOf": [_object(cls, words, kind) for kind, cls in kinds.items()]}}
        for name, kinds in one_of.items()
    }
    found["resources"] = {"type": "array", "items": _object(Resource, words)}
    for name, cls in {"outreach": Outreach, "reading": Thresholds, "affiliation": Affiliation}.items():
        found[name] = _object(cls, words)
    return {f"{name}.yaml": {"$schema": DRAFT, "title": name, **schema} for name, schema in found.items()}


def _object(cls: type[Any], words: Mapping[str, list[str]], kind: str = "") -> dict[str, object]:
    hints = get_type_hints(cls)
    properties: dict[str, object] = {f.name: _field(f, hints[f.name], words) for f in fields(cls)}
    required = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    if kind:
        properties = {"kind": {"const": kind}, **properties}
        required = ["kind", *required]
    about = {"description": cls.__doc__} if cls.__doc__ else {}
    return {"type": "object", **about, "properties": properties, "required": required, "additionalProperties": False}


def _field(declared: Field[Any], tp: Any, words: Mapping[str, list[str]]) -> dict[str, object]:
    about = declared.metadata
    schema = _type(tp, words, words.get(str(about.get("of") or ""), []))
    bounds = {"minimum": about.get("least"), "maximum": about.get("most")}
    if schema.get("type") in ("integer", "number"):
        schema |= {name: bound for name, bound in bounds.items() if bound is not None}
    return {**schema, "description": str(about.get("help", ""))}


def _type(tp: Any, words: Mapping[str, list[str]], vocabulary: list[str]) -> dict[str, object]:
    origin, args = get_origin(tp), get_args(tp)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_type(arg, words, vocabulary) for arg in args if arg is not types.NoneType] + [{"type": "null"}]}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _type(args[0], words, vocabulary)}
    if origin is Mapping:
        names: dict[str, object] = {"enum": vocabulary} if vocabulary else {}
        if isinstance(args[0], type) and issubclass(args[0], enum.Enum):
            names = {"enum": [member.value for member in args[0]]}
        return {"type": "object", "propertyNames": names, "additionalProperties": _type(args[1], words, vocabulary)}
    if isinstance(tp, type) and issubclass(tp, enum.Enum):
        return {"enum": [member.value for member in tp]}
    if is_dataclass(tp) and isinstance(tp, type):
        return _object(tp, words)
    return {"enum": vocabulary} if vocabulary and tp is str else dict(_PLAIN[tp])
