"""Rule files: what is shipped is sound, and every fault of a folder is named at once, with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.adapters import rulefiles
from listbot.domain.rules import LIMITS, PREFERENCES, Limit, Preference
from listbot.domain.rules.limits.age_out import AgeOut

SHIPPED = rulefiles.read_folder(rulefiles.shipped_folder())


def faults(**files: str) -> list[str]:
    """What is wrong with the shipped rules when these files are in their place."""
    changed = {f"{name}.yaml": text for name, text in files.items()}
    return [str(fault) for fault in rulefiles.check(SHIPPED | changed)]


def test_the_shipped_rules_have_no_fault() -> None:
    assert faults() == []


def test_every_kind_of_rule_is_shipped_with_its_words() -> None:
    rules = rulefiles.parse(SHIPPED)
    assert {type(rule) for rule in rules.limits} == set(LIMITS.values())
    assert {type(rule) for rule in rules.preferences} == set(PREFERENCES.values())
    for rule in (*rules.limits, *rules.preferences):
        assert rule.description.endswith(".")
        assert rule.group


@pytest.mark.parametrize("kind", [*LIMITS.values(), *PREFERENCES.values()])
def test_every_field_of_a_kind_says_what_it_means(kind: type[Limit] | type[Preference]) -> None:
    assert kind.__doc__
    assert all(field.metadata.get("help") for field in fields(kind))


def test_the_law_names_its_source() -> None:
    for rule in rulefiles.parse(SHIPPED).limits:
        assert rule.group != "Licences" or "CFR" in rule.source


def test_all_faults_of_a_folder_are_named_at_once_with_line_and_mend() -> None:
    limits = """\
- name: one
  kind: pausd
  description: x
- name: two
  kind: cool_down
  description: x
  dayz: 3
- name: two
  kind: state_bar
  description: x
  relief: [guardianshp]
  kinds: [attorny]
- kind: paused
  description: nameless
"""
    outreach = "certainty: 2\nurgency:\n  - {name: any, waves: one, pause_hours: 1}\nquiet_from: late\nzone: America/New_Yrok\n"
    assert faults(limits=limits, outreach=outreach) == [
        "limits.yaml:2 kind: there is no kind 'pausd' (did you mean 'paused'?)",
        "limits.yaml:7 dayz: CoolDown has no such field (did you mean 'days'?)",
        "limits.yaml:11 relief: there is no relief 'guardianshp' (did you mean 'guardianship'?)",
        "limits.yaml:12 kinds: 'attorny' is not one of attorney, accredited_partial, accredited_full, law_student, clinic, "
        "organization (did you mean 'attorney'?)",
        "limits.yaml:13 name: this is missing (unique name, shown wherever the rule decided something)",
        "outreach.yaml:1 certainty: 2 makes no sense here (write a number from 0.05 to 0.999)",
        "outreach.yaml:3 waves: 'one' is not a whole number",
        "outreach.yaml:4 quiet_from: 'late' is not a time (write 20:00)",
        "outreach.yaml:5 zone: there is no zone 'America/New_Yrok' (did you mean 'America/New_York'?)",
    ]


def test_a_key_twice_and_two_rules_of_one_name_are_faults() -> None:
    twice = "- {name: a, kind: paused, description: x}\n- {name: a, kind: poster, description: x, description: y}\n"
    assert faults(limits=twice) == [
        "limits.yaml:2 description: this stands here twice (keep one; the other is in line 2)",
        "limits.yaml:2 name: there are two rules 'a' (give each its own name)",
    ]


def test_what_is_not_yaml_is_named_with_its_line() -> None:
    (fault,) = faults(preferences="- name: a\n   kind: [\n")
    assert fault.startswith("preferences.yaml:")
    assert "this is not YAML" in fault


def test_a_missing_file_is_a_fault() -> None:
    files = {name: text for name, text in SHIPPED.items() if name != "limits.yaml"}
    assert [fault.file for fault in rulefiles.check(files)] == ["limits.yaml"]


def test_faults_raise_together() -> None:
    with pytest.raises(rulefiles.RuleFaults) as raised:
        rulefiles.parse({**SHIPPED, "reading.yaml": "hold_kind_below: 7\nhold_need_below: x\n"})
    assert len(raised.value.faults) == 2
    assert str(raised.value).count("\n") == 1


def test_words_are_read_as_declared_not_as_yaml_guesses() -> None:
    outreach = "urgency: [{name: no, waves: 1, pause_hours: 1}]\nquiet_from: 20:30\nclosed: [2026-11-27]\n"
    rules = rulefiles.parse({**SHIPPED, "outreach.yaml": outreach})
    assert rules.outreach.urgency[0].name == "no"
    assert rules.outreach.quiet_from == time(20, 30)
    assert rules.outreach.closed == {date(2026, 11, 27)}


@given(
    st.dictionaries(
        st.sampled_from(["limits.yaml", "preferences.yaml", "outreach.yaml", "relief.yaml", "x.yaml"]), st.text(max_size=200)
    )
)
@settings(max_examples=25)  # each checks the whole shipped folder: 0.3 s
def test_no_text_breaks_the_check(files: Mapping[str, str]) -> None:
    for fault in rulefiles.check({**SHIPPED, **files}):
        assert fault.line >= 1


def test_every_age_of_a_state_and_every_resource_names_its_source() -> None:
    rules = rulefiles.parse(SHIPPED)
    (table,) = [limit for limit in rules.limits if limit.name == "age_out"]
    assert isinstance(table, AgeOut)
    assert set(table.by_state) == set(table.sources)
    assert all(resource.source for resource in rules.resources)


def test_the_fallbacks_that_lawyers_look_for_are_there() -> None:
    names = " ".join(resource.name for resource in rulefiles.parse(SHIPPED).resources)
    for wanted in (
        "National Immigration Legal Services Directory", "DOJ-recognised", "AILA pro bono", "Law-school", "consulate", "We The Action",
        "Immi", "Reclamo", "three ways",
    ):  # fmt: skip
        assert wanted in names
