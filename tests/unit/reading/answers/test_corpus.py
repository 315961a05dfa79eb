"""The corpus of answers: how well the part is read that no rule was made by."""

from __future__ import annotations

from training.answers.corpus import HELD_BACK, SEEN, read
from training.answers.scoring import is_grave, score

FLOOR = {"right": 0.88, "not held": 0.8, "right of those not held": 0.94}


def test_answers_of_unseen_voices_are_read_above_the_floor() -> None:
    shown = score(answer for file in HELD_BACK for answer in read(file)).shown
    assert {name: shown[name] for name in FLOOR if (shown[name] or 0) < FLOOR[name]} == {}


def test_no_answer_does_grave_harm_unseen_by_a_moderator() -> None:
    figures = score(answer for file in (*SEEN, *HELD_BACK) for answer in read(file))
    assert [miss for miss in figures.misses if "GRAVE" in miss] == []


def test_the_corpus_holds_enough_answers_of_many_voices() -> None:
    answers = [answer for file in (*SEEN, *HELD_BACK) for answer in read(file)]
    assert len(answers) >= 450
    assert len({answer.voice for answer in answers}) >= 30


def test_the_parts_share_no_words() -> None:
    seen = {answer.post().text.strip() for file in SEEN for answer in read(file) if len(answer.raw) > 900}
    assert not seen & {answer.post().text.strip() for file in HELD_BACK for answer in read(file) if len(answer.raw) > 900}


def test_a_lost_yes_is_grave_unless_held() -> None:
    assert is_grave("yes", "no", held=False)
    assert not is_grave("yes", "no", held=True)


def test_an_ignored_stop_is_grave() -> None:
    assert is_grave("stop", "no", held=False)


def test_a_robot_taken_for_a_person_is_grave() -> None:
    assert is_grave("robot", "no", held=False)
    assert not is_grave("robot", "bounce", held=False)
