"""Connections to Elasticsearch over TLS."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme
from anyio.from_thread import BlockingPortal
from elastic_transport import TlsError

from tests.service.elasticsearch.scripted_server import Server, ask, saying, serving

HELLO = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX-Elastic-Product: Elasticsearch\r\n\r\nhello"


def test_certificates_are_verified(portal: BlockingPortal, tmp_path: Path) -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    elsewhere = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("search.example.org").configure_cert(elsewhere)
    known, unknown = str(tmp_path / "known.pem"), str(tmp_path / "unknown.pem")
    authority.cert_pem.write_to_path(known)
    stranger.cert_pem.write_to_path(unknown)

    async def outcome(server_context: ssl.SSLContext, ca_certs: str | None) -> object:
        async with serving(Server(saying(HELLO)), tls=server_context, ca_certs=ca_certs) as node:
            try:
                return await ask(node)
            except TlsError as error:
                return type(error)

    assert portal.call(outcome, context, known) == (200, b"hello")
    assert portal.call(outcome, context, unknown) is TlsError
    assert portal.call(outcome, context, None) is TlsError
    assert portal.call(outcome, elsewhere, known) is TlsError, "another host's certificate"
