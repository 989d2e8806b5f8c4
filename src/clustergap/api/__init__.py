"""Questions to a dataset, with names and days as people write them, and their answers: for the command line and Python."""
