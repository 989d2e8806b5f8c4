"""A note as plain data, which every format of it writes down: so that all say the same."""
