"""Letters laid out with Jinja2: the port's adapter, and a check of template folders."""

from listbot.adapters.letters.check import check
from listbot.adapters.letters.composer import JinjaComposer, Rendered
from listbot.adapters.letters.engine import own_letters

__all__ = ["JinjaComposer", "Rendered", "check", "own_letters"]
