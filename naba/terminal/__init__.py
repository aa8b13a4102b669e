"""What the command prints: tables, progress, and the summary of a load."""
