"""What the data files say, as types: frozen, strict, and without a line of behaviour that needs two of them."""
