"""How many clients a post speaks of."""

from __future__ import annotations

import pytest

from listbot.reading.clients import find_clients


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("My client, 17, from Honduras, needs SIJS help in Charlotte. Hearing 3/4.", 1),
        ("A mother and her two kids from Haiti need asylum help; one case.", 1),
        ("1. Man from Cameroon at Winn, BIA appeal.\n2. Woman, Guatemala, bond on 3/4.\n", 2),
        ("A) Rosa, 34, bond at Eloy\nB) Kofi, 22, habeas at Winn\nC) Lin, 41, asylum\n", 3),
        ("- 19 yo from Guinea, asylum due 3/4\n- 44 yo LPR, 42A hearing 5/6\n", 2),
        ("who | where | need\nM., 17 | Akron | SIJS\nT., 30 | Lima | bond 3/4\nK., 12 | Canton | asylum\n", 3),
        (
            "Two brothers, separate cases. The older, 31, in Nashua needs asylum help. The younger, 23, in Manchester wants adjustment.",
            2,
        ),
        ("- Client: M.\n- Country: Honduras\n- Relief: asylum\n- Hearing: 3/4\n", 1),
        ("Geauga -- Marvin, 41, bond Mon\nSeneca -- Alma, 29, bond Tue\n", 2),
    ],
)
def test_clients_are_counted(text: str, count: int) -> None:
    assert len(find_clients(f"subject\n{text}", 8).own) == count


def test_a_client_already_placed_is_no_client() -> None:
    text = "s\n1. Man, 30, bond at Eloy\n2. PLACED - woman, 22, asylum\n3. Kid, 12, SIJS in Mesa\n"
    assert len(find_clients(text, 2).own) == 2


def test_another_number_said_than_found_is_doubted() -> None:
    assert find_clients("s\nThree clients need help with asylum in Akron, call me.", 2).doubt
