"""The order of work: asks the ports, hands to the pure parts what they decide on, writes what they decided."""
