"""Changes values of a YAML file in place; independent of clustergap."""
