"""How to reach Elasticsearch: clients with the options that loader and service need.

The client's own retries are off. It repeats 429, 502, 503 and 504 at once and without any delay,
which is a retry storm against a node that has just said it is full; whoever wants a retry waits
between two attempts (loader/index/retries.py).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from elastic_transport import ObjectApiResponse
from elasticsearch import AsyncElasticsearch, Elasticsearch, OrjsonSerializer

from mappings.errors import NabaError
from mappings.failures import SUPPORTED_MAJOR, ElasticsearchFailure, explain, other_version
from mappings.settings import IndexSettings

SEARCH_TIMEOUT = 10.0  # seconds in all, the wait for a pooled connection included


def authorization(settings: IndexSettings, *, writing: bool = False) -> dict[str, str]:
    """The header by which Elasticsearch knows us; empty without a key.

    `writing`: by the key that may write, where there is one of its own.
    """
    key = settings.elasticsearch_api_key
    if writing and settings.elasticsearch_write_api_key is not None:
        key = settings.elasticsearch_write_api_key
    return {} if key is None else {"authorization": f"ApiKey {key.get_secret_value()}"}


class IndexUnreachable(NabaError):
    """Elasticsearch is absent, of another major version, not Elasticsearch at all, or refuses
    us.
    """


def connect(settings: IndexSettings, url: str | None = None) -> Elasticsearch:
    """A client for the loader and the command. It does not connect yet.

    `url` is the private node's address; `settings.elasticsearch_url` goes before it.
    Raises IndexUnreachable when the settings cannot make a client.
    """
    return Elasticsearch(**client_options(settings, url, writing=True), connections_per_node=4)


def client_options(
    settings: IndexSettings, url: str | None = None, *, writing: bool = False
) -> dict[str, Any]:
    """What every client is made with; `writing` as for `authorization`. Raises IndexUnreachable
    when the settings cannot make one.
    """
    address = settings.elasticsearch_url or url
    if address is None:
        raise IndexUnreachable(
            "No Elasticsearch is named: set NABA_ELASTICSEARCH_URL or start the private node."
        )
    options: dict[str, Any] = {
        "hosts": [_with_port(address)],
        "serializer": OrjsonSerializer(),
        "request_timeout": SEARCH_TIMEOUT,
        "max_retries": 0,
        "retry_on_timeout": False,
    }
    if headers := authorization(settings, writing=writing):
        options["headers"] = headers
    if settings.elasticsearch_ca is not None:
        if not settings.elasticsearch_ca.is_file():
            raise IndexUnreachable(
                f"There is no certificate file {settings.elasticsearch_ca}: correct "
                f"NABA_ELASTICSEARCH_CA."
            )
        if urlsplit(address).scheme != "https":
            raise IndexUnreachable(
                "NABA_ELASTICSEARCH_CA is set but NABA_ELASTICSEARCH_URL is not an https address."
            )
        options["ca_certs"] = str(settings.elasticsearch_ca)
    return options


def _with_port(address: str) -> str:
    """The address with its port written out, which the client insists on. Raises
    IndexUnreachable.
    """
    wrong = IndexUnreachable(
        "NABA_ELASTICSEARCH_URL is not an address such as http://127.0.0.1:9200 or "
        "https://search.example.org."
    )
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        raise wrong from None
    if port is None or not parts.hostname or parts.query or parts.fragment:
        raise wrong
    if parts.username is not None or parts.password is not None:
        raise IndexUnreachable(
            "NABA_ELASTICSEARCH_URL holds a user name or password: addresses end up in logs, so "
            "make an API key and "
            "set NABA_ELASTICSEARCH_API_KEY."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"


def address_of(es: Elasticsearch | AsyncElasticsearch) -> str:
    """The address a client was made with, for sentences."""
    return next(iter(es.transport.node_pool.all())).base_url


def ensure_supported(es: Elasticsearch, *, timeout: float = SEARCH_TIMEOUT) -> str:
    """The version of the Elasticsearch that answers. Raises IndexUnreachable with the one sentence
    that helps.
    """
    try:
        return _checked_version(es.options(request_timeout=timeout).info(), address_of(es))
    except ElasticsearchFailure as error:
        raise IndexUnreachable(explain(error, address_of(es))) from error


def _checked_version(answer: ObjectApiResponse[Any], address: str) -> str:
    version = str(answer.get("version", {}).get("number", "unknown"))
    if version.split(".")[0] != str(SUPPORTED_MAJOR):
        raise IndexUnreachable(other_version(version, address))
    return version
