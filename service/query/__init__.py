"""User text and parameters -> one Elasticsearch body. Pure functions: neither FastAPI nor the
client here.
"""
