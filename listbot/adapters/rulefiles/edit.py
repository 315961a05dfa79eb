"""Rules as forms: the declared fields of each rule with the words that stand in the file, and single words replaced in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

import yaml

from listbot.domain.desk import RuleField, RuleForm
from listbot.domain.rules import LIMITS, PREFERENCES, Affiliation, Outreach, Thresholds

KINDS: Mapping[str, Mapping[str, type[Any]]] = {"limits.yaml": LIMITS, "preferences.yaml": PREFERENCES}
WHOLE: Mapping[str, type[Any]] = {"outreach.yaml": Outreach, "reading.yaml": Thresholds, "affiliation.yaml": Affiliation}
APART = frozenset({"name", "description", "reason", "source", "group"})
"""Fields that are shown as the rule's sentence."""


@lru_cache(maxsize=64)
def forms(file: str, text: str) -> tuple[RuleForm, ...]:
    """The rules of a file; none where it is not YAML or nothing is declared of it."""
    return tuple(_form(file, text, node) for node in _rules(file, text))


def replaced(file: str, text: str, rule: str, values: Mapping[str, str]) -> str:
    """The file with these values of one rule in the place of the old ones; comments and all else stay as they are."""
    for name, value in values.items():
        node = next((n for n in _rules(file, text) if _name(n) == rule), None)
        if node is None:
            return text
        text = _with(text, node, name, " ".join(value.split()))
    return text


def _rules(file: str, text: str) -> list[yaml.MappingNode]:
    if file not in KINDS and file not in WHOLE:
        return []
    root = _root(text)
    if file in KINDS and isinstance(root, yaml.SequenceNode):
        return [node for node in root.value if isinstance(node, yaml.MappingNode)]
    return [root] if isinstance(root, yaml.MappingNode) else []


def _root(text: str) -> yaml.Node | None:
    try:
        # Not libyaml: its marks count bytes.
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    return root


def _form(file: str, text: str, node: yaml.MappingNode) -> RuleForm:
    pairs = {str(key.value): value for key, value in node.value}
    kind = str(pairs["kind"].value) if "kind" in pairs else ""
    cls = WHOLE.get(file) or KINDS[file].get(kind)
    words = {name: str(pairs[name].value) for name in APART if name in pairs}
    inputs = [_field(text, pairs.get(f.name), f.name, f.metadata) for f in fields(cls) if f.name not in APART] if cls else []
    return RuleForm(
        name=words.get("name", ""),
        kind=kind,
        line=node.start_mark.line + 1,
        group=words.get("group", ""),
        description=words.get("description", (cls.__doc__ or "").splitlines()[0] if cls and not kind else ""),
        reason=words.get("reason", ""),
        source=words.get("source", ""),
        fields=tuple(inputs),
    )


def _field(text: str, node: yaml.Node | None, name: str, about: Mapping[str, Any]) -> RuleField:
    long = node is not None and node.start_mark.line != node.end_mark.line
    value = "" if node is None or long else text[node.start_mark.index : node.end_mark.index]
    return RuleField(
        name=name, help=str(about.get("help", "")), value=value, long=long, least=about.get("least"), most=about.get("most")
    )


def _name(node: yaml.MappingNode) -> str:
    return next((str(value.value) for key, value in node.value if key.value == "name"), "")


def _with(text: str, node: yaml.MappingNode, name: str, value: str) -> str:
    for key, old in node.value:
        if key.value == name:
            if value or old.start_mark.index == old.end_mark.index:
                return text[: old.start_mark.index] + value + text[old.end_mark.index :]
            line = text.rfind("\n", 0, key.start_mark.index) + 1
            end = text.find("\n", old.end_mark.index)
            return text[:line] + text[end + 1 :] if end >= 0 else text[:line]
    if not value:
        return text
    last = node.value[-1][1]
    end = last.end_mark.index if last.start_mark.line == last.end_mark.line else last.start_mark.index
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    return f"{text[:stop]}\n{' ' * node.value[0][0].start_mark.column}{name}: {value}{text[stop:]}"
