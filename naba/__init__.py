"""The `naba` command, and a private Elasticsearch for those who have none."""
