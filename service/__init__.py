"""HTTP over the index: request -> SearchParams -> one Elasticsearch body -> results -> JSON, HTML,
feeds.
"""
