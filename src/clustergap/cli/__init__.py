"""The command line: a face of api, and the one that prints, writes, exits, and reads the environment, ``clustergap.toml`` and the arguments."""
