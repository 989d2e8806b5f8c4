"""The grammars that documents are written in: how each escapes, and what several formats of one share."""
