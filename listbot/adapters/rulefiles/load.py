"""From the files of a rules folder to a `RuleSet`."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

import listbot
from listbot.adapters.rulefiles.nodes import FileReader, Wrong, near
from listbot.domain.errors import ConfigError, Fault
from listbot.domain.geography import STATES
from listbot.domain.rules import (
    LIMITS,
    PREFERENCES,
    Affiliation,
    Outreach,
    ReliefType,
    Resource,
    Rule,
    RuleSet,
    Thresholds,
)

FORUMS = ("uscis", "immigration_court", "state_court", "federal_court", "bia", "ice", "consulate")
"""Where a kind of relief can be sought."""

REQUIRED = ("limits.yaml", "preferences.yaml", "outreach.yaml", "relief.yaml")


class RuleFaults(ConfigError):
    """A rules folder that does not count, with all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def shipped_folder() -> Path:
    """The rules that came with the program: inside the wheel, or beside the package in a working tree."""
    package = Path(listbot.__file__).parent
    inside = package / "share" / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of a folder's rules and letters, by path within the folder. Raises ConfigError where there are none."""
    found = {}
    letters = (path for path in (folder / "letters").rglob("*") if path.is_file())
    for path in sorted({*folder.rglob("*.y*ml"), *letters}):
        found[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8-sig", errors="replace")
    if not found:
        raise ConfigError(f"no rule files in {folder}; `listbot init` writes a folder of rules, or name another one")
    return found


def load(folder: Path | None = None, version: int = 0) -> RuleSet:
    """The rule set of a folder, or the one that came with the program. Raises RuleFaults."""
    return parse(read_folder(folder or shipped_folder()), version)


def check(files: Mapping[str, str]) -> list[Fault]:
    """All that is wrong with these files, in their order."""
    loading = _Loading(files)
    loading.others()
    return loading.run()[1]


def parse(files: Mapping[str, str], version: int = 0) -> RuleSet:
    """The rule set in these files. Raises RuleFaults with all that is wrong with them."""
    values, faults = _Loading(files).run()
    if faults:
        raise RuleFaults(faults)
    return RuleSet(version=version, files={name: text for name, text in files.items() if "/" not in name}, **values)


class _Loading:
    """One pass over the files; relief types first, as the others name them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.faults: list[Fault] = []
        self.vocabularies: dict[str, Any] = {"state": STATES, "forum": FORUMS, "zone": zoneinfo.available_timezones()}

    def run(self) -> tuple[dict[str, Any], list[Fault]]:
        for name in REQUIRED:
            if name not in self.files:
                self.faults.append(Fault(name, 1, "this file is missing", "copy it from the rules that came with the program"))
        values: dict[str, Any] = {"reliefs": self._reliefs()}
        self.vocabularies["relief"] = values["reliefs"]
        values["limits"] = self._rules("limits", LIMITS)
        values["preferences"] = self._rules("preferences", PREFERENCES)
        values["resources"] = self._list("resources", Resource)
        for key, cls in {"outreach": Outreach, "reading": Thresholds, "affiliation": Affiliation}.items():
            if (made := self._whole(key, cls)) is not None:
                values[key] = made
        return values, sorted(dict.fromkeys(self.faults), key=lambda fault: (fault.file, fault.line))

    def _open(self, key: str) -> tuple[FileReader, yaml.Node | None]:
        name = f"{key}.yaml"
        reader = FileReader(name, self.vocabularies, self.faults)
        return reader, reader.root(self.files[name]) if name in self.files else None

    def _reliefs(self) -> dict[str, ReliefType]:
        """Relief types; the fields that only reading uses (phrases, forms …) are checked where they are used."""
        reader, root = self._open("relief")
        found: dict[str, ReliefType] = {}
        if root is None:
            return found
        try:
            for id, (_, node) in reader.pairs(root, "relief").items():
                fields = {name: value for name, (_, value) in reader.pairs(node, id).items()}
                forums = reader.items(str, fields["forum"], "forum", None) if "forum" in fields else []
                for forum in forums:
                    if forum not in FORUMS:
                        reader.fault(fields["forum"], "forum", f"there is no forum {forum!r}", near(forum, FORUMS))
                texts = {k: str(fields[k].value) for k in ("label", "description") if k in fields}
                found[id] = ReliefType(id=id, forums=frozenset(forums), **texts)
        except Wrong:
            pass
        return found

    def _rules(self, key: str, kinds: Mapping[str, type[Any]]) -> tuple[Any, ...]:
        """A list of rules, each of a kind; names are unique."""
        reader, root = self._open(key)
        rules: dict[str, Rule] = {}
        for node in self._nodes(reader, root, key):
            try:
                pairs = reader.pairs(node, key)
                if "kind" not in pairs:
                    reader.fault(node, "kind", "this rule has no kind", f"known: {', '.join(kinds)}")
                    continue
                kind_node = pairs["kind"][1]
                kind = str(kind_node.value)
                if kind not in kinds:
                    reader.fault(kind_node, "kind", f"there is no kind {kind!r}", near(kind, kinds))
                    continue
                rule = reader.build(kinds[kind], node, key, aside=frozenset({"kind"}))
                if rule.name in rules:
                    reader.fault(node, "name", f"there are two rules {rule.name!r}", "give each its own name")
                rules[rule.name] = rule
            except Wrong:
                continue
        return tuple(rules.values())

    def _list(self, key: str, cls: type[Any]) -> tuple[Any, ...]:
        reader, root = self._open(key)
        found = []
        for node in self._nodes(reader, root, key):
            try:
                found.append(reader.build(cls, node, key))
            except Wrong:
                continue
        return tuple(found)

    def _whole(self, key: str, cls: type[Any]) -> Any | None:
        reader, root = self._open(key)
        if root is None:
            return None
        try:
            return reader.build(cls, root, key)
        except Wrong:
            return None

    def _nodes(self, reader: FileReader, root: yaml.Node | None, key: str) -> list[yaml.Node]:
        if root is None:
            return []
        if not isinstance(root, yaml.SequenceNode):
            reader.fault(root, key, "this file is a list", "begin each entry with `- name: …`")
            return []
        return list(root.value)

    def others(self) -> None:
        """Files that other parts of the program read: here only whether they are YAML at all."""
        own = {"limits", "preferences", "outreach", "relief", "resources", "reading", "affiliation"}
        for name, text in self.files.items():
            if name.endswith((".yaml", ".yml")) and name.removesuffix(".yaml") not in own:
                FileReader(name, faults=self.faults).root(text)
