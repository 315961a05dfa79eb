"""`python -m listbot` and the `listbot` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from listbot.cli import app

    app()


if __name__ == "__main__":
    main()
