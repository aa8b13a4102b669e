"""The OpenSearch 1.1 description by which a browser or a tool adds Naba as a search engine, and its
suggestions.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from service.formats.atom import MEDIA_TYPE as ATOM_TYPE
from service.formats.atom import OPENSEARCH
from service.formats.xml import add, document
from service.locale.language import LanguageCode, load_language

MEDIA_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"
# OpenSearch limits of the elements: ShortName 16, LongName 48, Description 1024 characters.
SHORT_NAME_LENGTH = 16


def description(code: LanguageCode, *, public_url: str) -> bytes:
    """The description document in a language; `public_url` has no slash at the end."""
    language = load_language(code)
    root = Element("OpenSearchDescription", {"xmlns": OPENSEARCH})
    add(root, "ShortName", language.text("site.name")[:SHORT_NAME_LENGTH])
    add(root, "Description", language.text("site.tagline"))
    lang = "" if code == "ar" else f"&lang={code}"
    add(
        root,
        "Url",
        type="text/html",
        method="get",
        template=f"{public_url}/?q={{searchTerms}}&page={{startPage?}}{lang}",
    )
    add(root, "Url", type=ATOM_TYPE, template=f"{public_url}/feed.atom?q={{searchTerms}}{lang}")
    add(
        root,
        "Url",
        type=SUGGESTIONS_TYPE,
        template=f"{public_url}/opensearch/suggest?q={{searchTerms}}",
    )
    add(
        root, "Url", type=MEDIA_TYPE, rel="self",
        template=f"{public_url}/opensearch.xml" + (f"?lang={code}" if lang else ""),
    )  # fmt: skip
    add(root, "Image", f"{public_url}/favicon.ico", type="image/svg+xml", width="16", height="16")
    add(root, "Language", code)
    add(root, "InputEncoding", "UTF-8")
    add(root, "OutputEncoding", "UTF-8")
    return document(root)


def suggestions(q: str, texts: Sequence[str]) -> list[object]:
    """The JSON form of OpenSearch suggestions: what was typed, then the completions."""
    return [q, list(texts)]
