"""Outreach against simulated takers: what a policy would achieve, before it writes to anybody real.

Nothing here is measured on people. The assumptions are in `behaviour.Assumptions`, each with where it comes from; what matters is
how policies compare under the same ones, and whether that holds when they are wrong.
"""

from __future__ import annotations

from listbot.domain.simulation.behaviour import Assumptions
from listbot.domain.simulation.figures import Figures, summary
from listbot.domain.simulation.policies import POLICIES
from listbot.domain.simulation.run import Outcome, simulate

__all__ = ["POLICIES", "Assumptions", "Figures", "Outcome", "simulate", "summary"]
