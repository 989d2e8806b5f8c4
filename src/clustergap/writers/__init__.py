"""Writers: each turns a document, rows, a record or another part of an answer into one format."""
