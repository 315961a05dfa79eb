"""`python -m listbot` and the `listbot` command."""

from __future__ import annotations

from listbot.cli import main

if __name__ == "__main__":
    main()
