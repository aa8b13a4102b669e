"""What the index side and the query side must agree on: document, analysis, registry,
connection.
"""
