"""YAML nodes to declared types, with the line of every fault.

Values are read as the declared type wants them, never as YAML guesses: `no` is a word where a word is declared, 20:00 a time.
"""

from __future__ import annotations

import difflib
import enum
import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, time
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml

from listbot.domain.errors import Fault

TRUE, FALSE = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: seven times as fast."""

NOTHING = frozenset({"", "~", "null"})


class Wrong(Exception):
    """A value could not be read; the fault is noted already."""


@dataclass
class FileReader:
    """Reads one file's nodes and notes its faults. `vocabularies` hold the words a field may be declared to come from."""

    file: str
    vocabularies: Mapping[str, Collection[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def root(self, text: str) -> yaml.Node | None:
        """The document's node; None where there is none, or where it is not YAML (noted)."""
        try:
            return yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            what = f"this is not YAML at column {column}: {error.problem or error.context}"
            self.faults.append(Fault(self.file, line, what, "look at the indentation and quotes of this line and the one before"))
        except (yaml.YAMLError, RecursionError) as error:
            self.faults.append(Fault(self.file, 1, f"this is not YAML: {error}", "save the file as UTF-8 text"))
        return None

    def fault(self, node: yaml.Node, key: str, what: str, mend: str = "") -> None:
        """Note a fault where the node stands."""
        self.faults.append(Fault(self.file, node.start_mark.line + 1, what, mend, key))

    def pairs(self, node: yaml.Node, key: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """A mapping's keys with their nodes; a key twice is a fault."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, key, f"{_shape(node)} stands here", "write names and values, `name: value`")
            raise Wrong
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for name_node, value in node.value:
            name = str(name_node.value)
            if name in found:
                self.fault(
                    name_node,
                    name,
                    "this stands here twice",
                    f"keep one; the other is in line {found[name][0].start_mark.line + 1}",
                )
            found[name] = (name_node, value)
        return found

    def build(self, cls: type[Any], node: yaml.Node, key: str, aside: frozenset[str] = frozenset()) -> Any:
        """An instance of a dataclass from a mapping; names `aside` are the caller's. Raises Wrong."""
        pairs, values, wrong = self.pairs(node, key), dict[str, Any](), False
        declared, hints = {f.name: f for f in fields(cls)}, get_type_hints(cls)
        for name, (name_node, _) in pairs.items():
            if name not in declared and name not in aside:
                self.fault(name_node, name, f"{cls.__name__} has no such field", near(name, declared))
                wrong = True
        for name, declaration in declared.items():
            try:
                if name in pairs:
                    values[name] = self.value(hints[name], pairs[name][1], name, declaration)
                elif declaration.default is MISSING and declaration.default_factory is MISSING:
                    self.fault(node, name, "this is missing", str(declaration.metadata.get("help", "")))
                    wrong = True
            except Wrong:
                wrong = True
        if wrong:
            raise Wrong
        return cls(**values)

    def value(self, tp: Any, node: yaml.Node, key: str, declared: Field[Any] | None = None) -> Any:
        """A node as a declared type. Raises Wrong."""
        origin, args = get_origin(tp), get_args(tp)
        if origin in (Union, types.UnionType):
            if isinstance(node, yaml.ScalarNode) and not node.style and node.value in NOTHING:
                return None
            return self.value(next(a for a in args if a is not types.NoneType), node, key, declared)
        if is_dataclass(tp) and isinstance(tp, type):
            return self.build(tp, node, key)
        if origin in (tuple, frozenset):
            return origin(self.items(args[0], node, key, declared))
        if origin is Mapping:
            return self.mapping(args, node, key, declared)
        return self.scalar(tp, node, key, declared)

    def items(self, tp: Any, node: yaml.Node, key: str, declared: Field[Any] | None) -> list[Any]:
        """A list's items; every wrong one is noted."""
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, key, f"{_shape(node)} stands here", "write a list, [a, b]")
            raise Wrong
        found, wrong = [], False
        for item in node.value:
            try:
                found.append(self.value(tp, item, key, declared))
            except Wrong:
                wrong = True
        if wrong:
            raise Wrong
        return found

    def mapping(self, args: tuple[Any, ...], node: yaml.Node, key: str, declared: Field[Any] | None) -> dict[Any, Any]:
        """A mapping from declared keys to declared values. The vocabulary of the field is that of its keys and words."""
        found, wrong = {}, False
        for name_node, value in self.pairs(node, key).values():
            try:
                found[self.scalar(args[0], name_node, key, declared)] = self.value(args[1], value, key, declared)
            except Wrong:
                wrong = True
        if wrong:
            raise Wrong
        return found

    def scalar(self, tp: Any, node: yaml.Node, key: str, declared: Field[Any] | None) -> Any:
        """One word, number, day or time."""
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, key, f"{_shape(node)} stands here", "write one value")
            raise Wrong
        text = str(node.value).strip()
        try:
            if isinstance(tp, type) and issubclass(tp, enum.Enum):
                return self._word(text, [str(member.value) for member in tp], tp)
            value = _READERS[tp](text)
        except ValueError as error:
            self.fault(
                node,
                key,
                f"{text!r} is {error if str(error).startswith('not') else f'not {_NAMED.get(tp, tp)}'}",
                _mend(tp, text),
            )
            raise Wrong from None
        self._within(value, node, key, declared)
        return value

    def _word(self, text: str, words: list[str], make: Callable[[str], Any]) -> Any:
        if text not in words:
            raise ValueError(f"not one of {', '.join(words)}")
        return make(text)

    def _within(self, value: Any, node: yaml.Node, key: str, declared: Field[Any] | None) -> None:
        """Bounds and vocabulary of the field."""
        about = declared.metadata if declared else {}
        least, most, vocabulary = about.get("least"), about.get("most"), about.get("of")
        if isinstance(value, int | float) and not isinstance(value, bool):
            low, high = least is not None and value < least, most is not None and value > most
            if low or high:
                bounds = f"from {least:g} to {most:g}" if least is not None and most is not None else f"at least {least:g}"
                self.fault(node, key, f"{value:g} makes no sense here", f"write a number {bounds}")
                raise Wrong
        if vocabulary and isinstance(value, str):
            known = self.vocabularies.get(vocabulary)
            if known and value not in known:
                self.fault(node, key, f"there is no {vocabulary} {value!r}", near(value, known))
                raise Wrong


def _number(text: str) -> float:
    if text.casefold() in {"nan", "inf", "-inf", "infinity"}:
        raise ValueError("not a number")
    return float(text)


def _yes_or_no(text: str) -> bool:
    if text.casefold() in TRUE | FALSE:
        return text.casefold() in TRUE
    raise ValueError("not yes or no")


def _text(text: str) -> str:
    return text


_READERS: dict[Any, Callable[[str], Any]] = {
    str: _text,
    int: int,
    float: _number,
    bool: _yes_or_no,
    date: date.fromisoformat,
    time: time.fromisoformat,
}
_NAMED = {int: "a whole number", float: "a number", date: "a day", time: "a time"}


def _mend(tp: Any, text: str) -> str:
    if isinstance(tp, type) and issubclass(tp, enum.Enum):
        return near(text, [str(member.value) for member in tp])
    return {bool: "write yes or no", date: "write 2026-11-27", time: "write 20:00"}.get(tp, "")


def near(word: str, known: Collection[str]) -> str:
    """A mend for a word that is not known: the one it looks like, or all of them."""
    close = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(known)[:40])}"


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a single value"
