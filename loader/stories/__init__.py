"""Copies of one story: fingerprints of texts, and which story an article belongs to."""
