"""What is wrong in data files: the rules, and what each of them means."""
