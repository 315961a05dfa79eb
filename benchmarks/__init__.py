"""Figures, each measured beside its rival in one run: `./run bench`, `./run bench NAME`."""
