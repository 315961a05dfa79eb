"""Real mail servers on loopback for tests, each with its state in a temporary folder."""
