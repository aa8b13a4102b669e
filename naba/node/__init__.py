"""A private Elasticsearch for those who have none: found, fetched, started, stopped (Linux
only).
"""
