"""What people ask of a dataset, in their own words, and what they are answered: on the command line and in Python."""
