"""Rule files: a folder of YAML to a rule set, all faults of the folder at once."""

from __future__ import annotations

from listbot.adapters.rulefiles.load import RuleFaults, check, load, parse, read_folder, shipped_folder

__all__ = ["RuleFaults", "check", "load", "parse", "read_folder", "shipped_folder"]
