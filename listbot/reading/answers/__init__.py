"""Reading replies to an ask."""

from listbot.reading.answers.reply import read_answer

__all__ = ["read_answer"]
