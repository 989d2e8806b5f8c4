"""From bytes to a dataset: finding and reading files, strict YAML, validation, positions."""
