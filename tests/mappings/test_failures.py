"""What each failure of Elasticsearch is taken for."""

from __future__ import annotations

import pytest
from elastic_transport import (
    ApiResponseMeta,
    ConnectionError,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    SerializationError,
    TlsError,
    TransportError,
)
from elasticsearch import ApiError, UnsupportedProductError

from mappings.failures import Kind, classify, classify_answer, error_type, explain

META = ApiResponseMeta(400, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "localhost", 9200))


@pytest.mark.parametrize(
    ("status", "name", "reason", "kind"),
    [
        (400, "parsing_exception", "", Kind.REFUSED),
        (400, None, "<html>", Kind.NOT_ELASTICSEARCH),
        (400, "media_type_header_exception", "", Kind.OTHER_VERSION),
        (400, "illegal_argument", "Invalid media-type compatible-with=9", Kind.OTHER_VERSION),
        (401, "security_exception", "", Kind.KEY_REFUSED),
        (401, None, "", Kind.KEY_REFUSED),
        (403, "security_exception", "", Kind.NOT_ALLOWED),
        (403, "cluster_block_exception", "disk usage exceeded flood-stage", Kind.READ_ONLY),
        (429, "cluster_block_exception", "TOO_MANY_REQUESTS/12/disk usage", Kind.READ_ONLY),
        (503, "cluster_block_exception", "state not recovered", Kind.PARTIAL),
        (404, "index_not_found_exception", "", Kind.NO_INDEX),
        (404, None, "<html>", Kind.NOT_ELASTICSEARCH),
        (409, "version_conflict_engine_exception", "", Kind.CONFLICT),
        (413, None, "", Kind.TOO_LARGE),
        (429, "es_rejected_execution_exception", "", Kind.BUSY),
        (429, None, "", Kind.BUSY),
        (500, "null_pointer_exception", "", Kind.BROKEN),
        (502, None, "<html>", Kind.AWAY),
        (503, "unavailable_shards_exception", "", Kind.PARTIAL),
        (504, None, "", Kind.AWAY),
    ],
)
def test_an_answer_that_is_no_success(
    status: int, name: str | None, reason: str, kind: Kind
) -> None:
    assert classify_answer(status, name, reason) is kind


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ConnectionError("refused"), Kind.AWAY, "start it"),
        (ConnectionTimeout("slow"), Kind.SLOW, "in time"),
        (TlsError("bad certificate"), Kind.CERTIFICATE, "NABA_ELASTICSEARCH_CA"),
        (SerializationError("Unable to deserialize as JSON"), Kind.UNREADABLE, ""),
        (SerializationError("Unable to serialize to JSON"), Kind.UNSENDABLE, ""),
        (UnsupportedProductError("?", META, {}), Kind.NOT_ELASTICSEARCH, "not Elasticsearch"),
        (ApiError("no", META, {"error": {"type": "x"}}), Kind.REFUSED, "answered 400 (x)"),
        (ApiError("no", META, "<html>"), Kind.NOT_ELASTICSEARCH, "not Elasticsearch"),
    ],
)
def test_an_exception_of_the_client(
    error: ApiError | TransportError, kind: Kind, words: str
) -> None:
    assert classify(error) is kind
    assert words in explain(error, "http://localhost:9200")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"error": {"type": "x", "reason": "y"}}, "x"),
        ({"error": "alias [naba] missing"}, "alias [naba] missing"),
        ({"acknowledged": True}, None),
        ("<html>", None),
        (None, None),
    ],
)
def test_the_name_of_an_error(body: object, name: str | None) -> None:
    assert error_type(body) == name
