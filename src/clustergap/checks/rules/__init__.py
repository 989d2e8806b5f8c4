"""Every rule of ``check`` with its page: why it matters, how to mend it, a bad and a good example."""
