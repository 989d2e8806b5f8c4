"""Files on disk: each written whole, several together or none, and those of a dataset by one process at a time."""
