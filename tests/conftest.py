"""What all tests share: the servers' fixtures, the order of the run, how hard Hypothesis looks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers.fixtures", "tests.postgres"]

ORDER = ("unit", "contract", "integration", "acceptance")

# The first run of a module imports much, which must not fail a property for being slow: no deadline.
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("dev"), max_examples=100, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Unit tests first, so that a plain mistake shows before a server has started; random order within each folder."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folder = Path(__file__).parent
    name = item.path.relative_to(folder).parts[0] if item.path.is_relative_to(folder) else ""
    return ORDER.index(name) if name in ORDER else len(ORDER)
