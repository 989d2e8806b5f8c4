"""The command line: a face of api, and the one that prints, writes, exits, and reads the environment and the arguments."""
