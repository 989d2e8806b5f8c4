"""Spreadsheets to sheets of texts as a person sees them: xlsx, ods and csv. It knows nothing of clustergap."""
