"""From bytes to a dataset: reading files, strict YAML, shapes, positions."""
