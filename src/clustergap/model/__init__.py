"""The records of the data files as types: frozen, strict, and without behaviour that involves several of them."""
