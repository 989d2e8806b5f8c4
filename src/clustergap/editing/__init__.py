"""Changes data files where their values stand, and keeps all else; nothing here writes to disk."""
