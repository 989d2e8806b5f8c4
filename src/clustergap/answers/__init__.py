"""What every question answers: its words, its document, its rows and its record, one file a question."""
