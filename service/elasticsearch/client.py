"""The client of the service: asynchronous, over the node class of our own."""

from __future__ import annotations

from elasticsearch import AsyncElasticsearch

from mappings.connection import client_options
from mappings.settings import IndexSettings
from service.elasticsearch.node import HttpNode

# The service's share of Elasticsearch's search threads and queue; with the default of 10 calls
# wait.
CONNECTIONS = 32


def connect_async(settings: IndexSettings, url: str | None = None) -> AsyncElasticsearch:
    """A client for the service: to be made inside the event loop that will use it. Else as
    `mappings.connection.connect`.
    """
    return AsyncElasticsearch(
        **client_options(settings, url), node_class=HttpNode, connections_per_node=CONNECTIONS
    )
