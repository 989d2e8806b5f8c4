"""What a new project begins with: a small dataset that teaches, and what checks it."""
