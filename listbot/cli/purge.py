"""`listbot purge`: retention: the words of what is long over are emptied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from listbot.cli.common import ConfigOption, JsonOption, note, print_json, run, settings_from


def purge(
    older_than: Annotated[int, typer.Option("--older-than", min=30, help="Days after which words are emptied.")] = 365,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be emptied.")] = False,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Empty the words of posts, answers and letters that are over and old; figures stay. What is under way is never touched."""
    from listbot.bootstrap import opened

    settings = settings_from(config)
    now = datetime.now(UTC)

    async def work() -> dict[str, int]:
        async with opened(settings) as context:
            return await context.retention.purge(now - timedelta(days=older_than), now, dry_run=dry_run)

    counts = run(work())
    if json:
        print_json({"dry_run": dry_run, **counts})
    else:
        said = ", ".join(f"{number} {what}" for what, number in counts.items())
        note(f"{'would be emptied' if dry_run else 'emptied'}: {said}")
