"""The words and decisions of the program: pure, no I/O, no clock, standard library only."""
