"""JSON Schemas (2020-12) of the data files, for editors, and of the JSON outputs, for programs."""
