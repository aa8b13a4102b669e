"""What a failure of Elasticsearch means: the one place that reads its status, type and words.

Loader and service decide by the `Kind` what to do (wait, halve, give up; which problem to answer);
`explain` says for people what a person can do.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from elastic_transport import ConnectionTimeout, SerializationError, TlsError
from elasticsearch import ApiError, TransportError, UnsupportedProductError

SUPPORTED_MAJOR = 9  # the client's own major: an 8 server answers 400 to every call of a 9 client
ElasticsearchFailure = (
    ApiError,
    TransportError,
)  # the client's two error families have no ancestor in common


class Kind(Enum):
    """The kinds of failure that somebody treats differently."""

    AWAY = auto()  # nothing answers, or a proxy says so
    SLOW = auto()  # no answer in time
    CERTIFICATE = auto()  # its certificate cannot be verified, or it speaks no TLS
    BUSY = auto()  # a full queue, or no memory for one request more
    PARTIAL = auto()  # a node or shard that is not there (yet)
    BROKEN = auto()  # an error inside Elasticsearch
    READ_ONLY = auto()  # the index takes no writes: a full disk, or somebody's wish
    KEY_REFUSED = auto()
    NOT_ALLOWED = auto()  # the key is known, and may not do this
    OTHER_VERSION = auto()  # of another major, which refuses every call of this client
    NOT_ELASTICSEARCH = auto()
    UNREADABLE = auto()  # an answer that is cut off, or is no JSON
    UNSENDABLE = auto()  # what we wanted to send is no JSON: a mistake of ours
    NO_INDEX = auto()
    CONFLICT = auto()  # somebody else changed the document
    TOO_LARGE = auto()
    REFUSED = auto()  # the request itself


_BY_STATUS = {
    401: Kind.KEY_REFUSED,
    403: Kind.NOT_ALLOWED,
    409: Kind.CONFLICT,
    413: Kind.TOO_LARGE,
    429: Kind.BUSY,
}
_NOT_THERE = (502, 503, 504)


def classify(error: ApiError | TransportError) -> Kind:
    """What an exception of the client means."""
    match error:
        case UnsupportedProductError():
            return Kind.NOT_ELASTICSEARCH
        case ApiError():
            return classify_answer(error.status_code, error_type(error.body), str(error.body))
        case TlsError():
            return Kind.CERTIFICATE
        case ConnectionTimeout():
            return Kind.SLOW
        case SerializationError():
            return Kind.UNREADABLE if "deserialize" in error.message else Kind.UNSENDABLE
        case _:
            return Kind.AWAY


def classify_answer(status: int, kind: str | None, reason: str) -> Kind:
    """What a refusal means by its HTTP status, Elasticsearch's name for it and its words; `kind` is
    None where Elasticsearch did not write it, but a proxy or another program.
    """
    if kind == "media_type_header_exception" or "compatible-with" in reason:
        return Kind.OTHER_VERSION
    if kind == "cluster_block_exception" and status not in _NOT_THERE:
        return Kind.READ_ONLY
    if status in _NOT_THERE:
        return Kind.AWAY if kind is None else Kind.PARTIAL
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if kind is None:
        return Kind.NOT_ELASTICSEARCH
    if status == 404:
        return Kind.NO_INDEX
    return Kind.BROKEN if status >= 500 else Kind.REFUSED


def error_type(body: Any) -> str | None:
    """Elasticsearch's own name of an error, such as `index_not_found_exception`, from the body of
    its answer; None when the answer has none.
    """
    reason = body.get("error") if isinstance(body, dict) else None
    if isinstance(reason, dict):
        return str(reason.get("type"))
    return reason if isinstance(reason, str) else None


def explain(error: ApiError | TransportError, address: str) -> str:
    """What a failed call means and what to do about it: one sentence, without secrets or stack."""
    kind = classify(error)
    if kind in _SENTENCES:
        return _SENTENCES[kind].format(address=address)
    if kind is Kind.OTHER_VERSION:
        return other_version("of another major version", address)
    if kind is Kind.READ_ONLY:
        return read_only(str(error))
    if isinstance(error, ApiError):
        named = error_type(error.body) or "no reason given"
        return f"Elasticsearch at {address} answered {error.status_code} ({named})."
    return _NOBODY.format(address=address)


_NOBODY = (
    "No Elasticsearch answers at {address}: start it, correct NABA_ELASTICSEARCH_URL, or unset "
    "that to use Naba's own node."
)
_SENTENCES = {
    Kind.KEY_REFUSED: (
        "Elasticsearch at {address} does not accept the key: set a valid "
        "NABA_ELASTICSEARCH_API_KEY."
    ),
    Kind.NOT_ALLOWED: (
        "The key may not do this at {address}: give it the rights that docs/operations.md lists."
    ),
    Kind.NOT_ELASTICSEARCH: (
        "{address} answers, but it is not Elasticsearch: correct NABA_ELASTICSEARCH_URL."
    ),
    Kind.CERTIFICATE: (
        "The certificate of {address} could not be verified: name the file of its CA in "
        "NABA_ELASTICSEARCH_CA, and use https only where Elasticsearch does."
    ),
    Kind.SLOW: (
        "Elasticsearch at {address} did not answer in time: is it overloaded, or is a firewall "
        "between?"
    ),
}


def other_version(version: str, address: str) -> str:
    """The sentence for an Elasticsearch that this client cannot speak to."""
    return (
        f"{address} is Elasticsearch {version}, but Naba speaks to Elasticsearch "
        f"{SUPPORTED_MAJOR}.x only."
    )


def read_only(reason: str) -> str:
    """The sentence for an index that takes no writes; `reason` is Elasticsearch's text."""
    full = (
        "disk" in reason or "/12/" in reason
    )  # 12 is the number of the block that a flooded disk brings
    cause = (
        "its disk is nearly full: free some space"
        if full
        else "the index is set read-only: allow writing"
    )
    return f"Elasticsearch refuses to write, {cause}."
