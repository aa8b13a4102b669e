"""How a text is read, field by field: what `naba index show --analysis TEXT` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch


def readings(es: Elasticsearch, index: str, text: str) -> Iterator[tuple[str, str]]:
    """Each text field of a generation with the tokens it makes of `text`, first as stored, then as
    searched for.

    Tokens at one place are joined by `|`, places by spaces. Raises the client's errors.
    """
    fields = es.indices.get_mapping(index=index)[index]["mappings"]["properties"]
    for name, stored, searched in _text_fields(fields):
        yield name, _tokens(es, index, stored, text)
        if searched != stored:
            yield f"{name} (searched)", _tokens(es, index, searched, text)


def _text_fields(properties: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, analyser of the document and analyser of the query of every analysed field and
    sub-field.
    """
    for name, definition in properties.items():
        analyzer = definition.get("analyzer", "standard")
        if definition["type"] in ("text", "completion"):
            yield f"{prefix}{name}", analyzer, definition.get("search_analyzer", analyzer)
        yield from _text_fields(definition.get("fields", {}), f"{prefix}{name}.")


def _tokens(es: Elasticsearch, index: str, analyzer: str, text: str) -> str:
    places: dict[int, list[str]] = {}
    for token in es.indices.analyze(index=index, analyzer=analyzer, text=text)["tokens"]:
        places.setdefault(token["position"], []).append(token["token"])
    return " ".join("|".join(dict.fromkeys(tokens)) for tokens in places.values())
