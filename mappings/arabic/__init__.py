"""Arabic letters, the hygiene of text, and the lists of words that index and query share."""
