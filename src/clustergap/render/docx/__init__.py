"""Notes for Word: the sections of a note written with the styles that Word navigates by."""
