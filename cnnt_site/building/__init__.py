"""Building: what is to be made, made only where it doesn't stand as it should, and remembered for the next time."""
