"""From a result to a document: one function a format, in ``<result>_<format>.py``."""
