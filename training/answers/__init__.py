"""A corpus of answers to asks, written for this project, and the measure of how they are read."""
