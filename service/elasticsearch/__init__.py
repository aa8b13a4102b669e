"""The one place of the service that speaks with Elasticsearch."""
