"""The command line: joins loading, analysis and render, and alone prints, writes, exits and reads the clock."""
