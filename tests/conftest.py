"""Fixtures for the whole suite.

`elasticsearch_url` is a real node: the one NABA_ELASTICSEARCH_URL names, else a throw-away node with a small
heap that the suite starts once. Every test that indexes takes its own names under `index_prefix`.
"""
