"""Words around a date that tell whether it has been or is to come."""

from __future__ import annotations

import re

_DID = (
    r"was|were|had|missed|rang|sought|caught|slept|rode|drove|stood|led|fed|fled|sat|paid|spent|spoke|bought|broke|stole|threw|felt|let|quit|hit|shot|drew|flew|grew|fue|era|tuvo|"
    r"went|got|did|took|gave|told|said|came|left|sent|found|lost|met|saw|made|brought|called|"
    r"heard|put|ran|wrote|won|fell|held|began|kept|knew|flew|drove|picked|ya|already|(?!needed|detained|scheduled|expedited|limited|licensed|accredited|calendared|continued|related|wanted|asked|unaccompanied|represented)[a-z]{2,}[^e\W]ed|dijo|llegó|vino|"
    r"(?:he|she|they|we|i|mom|dad) (?:asked|wanted|needed)"
)
WAS = re.compile(rf"\b(?:{_DID})\b", re.IGNORECASE)
THEN = re.compile(rf"\s*,?\s(?:(?!to\b|will\b|needs?\b|is\b|are\b|if\b|unless\b)[\w’'-]+\s){{0,5}}?(?:{_DID})\b", re.IGNORECASE)
WILL = re.compile(
    r"\b(?:will|needs?|is|are|has|have|must|next|upcoming|due|es|tiene|set|scheduled|by(?= ?\Z| the ?\Z| this ?\Z)|for|until|before|this|calendared|booked|"
    r"continued|reset|expires)\b",
    re.IGNORECASE,
)
