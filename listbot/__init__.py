"""listbot: turns a plea on an advocates' e-mail list into a few individual asks to the people likely to take it."""

__version__ = "0.1.0"
