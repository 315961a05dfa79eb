"""Everything that makes the shipped reading model: corpus, variation, training. Not part of the installed program."""
