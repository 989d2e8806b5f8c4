"""Which sheets a workbook has and what they say: the answers, and lists that people fill in and import."""
