"""A judge that knows the marks: how good would the reading be if every role were right? (`evaluate --oracle`)"""

from __future__ import annotations

from listbot.domain.reading import Kind
from listbot.reading.judgement import Judgement, View
from training.corpus import LabelledPost, Mark
from training.stages import over, role_of


class Oracle:
    """Gives the kind and roles that the writer of a post marked."""

    def __init__(self, post: LabelledPost) -> None:
        self.post = post

    def judge(self, view: View) -> Judgement:
        """The marks as an opinion; candidates without a mark are none."""
        m = view.mentions
        return Judgement(
            kind={Kind(self.post.labels["kind"]): 1.0},
            places=tuple({self._role("P", p.mention.span): 1.0} for p in m.places),
            dates=tuple({self._role("D", d.mention.span): 1.0} for d in m.dates),
            relief=tuple({self._role("R", r.mention.span): 1.0} for r in m.relief),
        )

    def _role(self, kind: str, span: tuple[int, int]) -> str:
        marks: list[Mark] = [x for x in self.post.marks if x.type == kind]
        found = next((x for x in marks if over([span], x) is not None), None)
        return role_of(found) if found else "none"
