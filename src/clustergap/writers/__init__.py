"""What turns a document, rows or a record into one format."""
