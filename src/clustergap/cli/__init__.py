"""The command line: joins loading, analysis, answers and writers, and alone prints, writes, exits and reads the clock."""
