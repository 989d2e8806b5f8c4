"""Changes values of a YAML file where they stand; knows nothing of clustergap."""
