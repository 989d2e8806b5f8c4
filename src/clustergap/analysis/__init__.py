"""From a dataset and a query to an answer. Pure: no files, no clock, no environment."""
