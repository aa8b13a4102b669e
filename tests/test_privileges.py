"""The keys that docs/operations.md gives to service, loader and administrator, on a node with
security and TLS on: each may do its work, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme
from elasticsearch import ApiError, Elasticsearch, TransportError
from fastapi.testclient import TestClient
from pydantic import SecretStr

from mappings.keys import Token
from naba.node import process
from naba.node.distribution import check_home, ensure_distribution
from naba.node.folder import NodeFolder
from naba.node.host import NOBODY, node_account
from naba.node.java import find_java
from naba.node.temporary import QUICK_START
from naba.settings import NodeSettings
from service.app import create_app
from service.settings import ServiceSettings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PROJECT = Path(__file__).parents[1]
NABA = Path(sys.executable).with_name("naba")
SSL: dict[str, str | bool] = {
    "enabled": True,
    "key": "node.key",
    "certificate": "node.pem",
    "certificate_authorities": "ca.pem",
}
ADMIN, PASSWORD = "admin", "only-for-this-test"
ARTICLE = (
    "القاهرة 3 مايو 2021 - افتتح الوزير معرض الكتاب اليوم في القاهرة.\n"  # the book fair opens
)


@dataclass(frozen=True)
class Secured:
    """A node that wants a certificate checked and a key; `admin` may do anything."""

    url: str
    ca: Path
    admin: Elasticsearch


def hashed(password: str) -> str:
    """As Elasticsearch's file realm reads it: {PBKDF2}, rounds, salt, key."""
    salt = os.urandom(32)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 10_000, 32)
    return f"{{PBKDF2}}10000${b64encode(salt).decode()}${b64encode(key).decode()}"


@pytest.fixture(scope="module")
def secured() -> Iterator[Secured]:
    settings, account = NodeSettings(), node_account()
    java = find_java(os.environ, account)
    home = (
        check_home(settings.elasticsearch_home)
        if settings.elasticsearch_home
        else ensure_distribution(settings.cache_dir.absolute(), say=print)
    )
    root = Path(
        tempfile.mkdtemp(prefix="naba-node-", dir="/var/tmp" if account.uid == NOBODY else None)
    )
    root.chmod(0o755)
    folder = NodeFolder(root)
    authority = trustme.CA()
    leaf = authority.issue_cert("localhost", "127.0.0.1")
    tls: dict[str, str | int | bool] = {
        f"xpack.security.{side}.ssl.{name}": value
        for side in ("http", "transport")
        for name, value in SSL.items()
    }
    folder.prepare(
        home,
        account,
        heap="512m",
        jvm_options=QUICK_START,
        configuration={
            "xpack.security.enabled": True,
            "xpack.security.autoconfiguration.enabled": False,
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **tls,
        },
    )
    leaf.private_key_pem.write_to_path(str(folder.config / "node.key"))
    leaf.cert_chain_pems[0].write_to_path(str(folder.config / "node.pem"))
    authority.cert_pem.write_to_path(str(folder.config / "ca.pem"))
    (folder.config / "users").write_text(f"{ADMIN}:{hashed(PASSWORD)}\n")
    (folder.config / "users_roles").write_text(f"superuser:{ADMIN}\n")
    ca = root / "ca.pem"
    shutil.copy(folder.config / "ca.pem", ca)
    account.take_all(folder.config)
    try:
        with folder.output.open("wb") as output:
            subprocess.run(
                [home / "bin" / "elasticsearch", "-d", "-p", folder.pid_file],
                env={
                    "PATH": os.environ["PATH"],
                    "ES_JAVA_HOME": str(java.home),
                    "ES_PATH_CONF": str(folder.config),
                    "ES_TMPDIR": str(folder.tmp),
                },
                cwd=folder.tmp,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                check=True,
                **account.popen,
            )
        url = f"https://{folder.ports_file.read_text().split()[0]}"
        with Elasticsearch(
            url, ca_certs=str(ca), basic_auth=(ADMIN, PASSWORD), request_timeout=60
        ) as admin:
            until_ready(admin)
            yield Secured(url, ca, admin)
    finally:
        process.stop(folder)
        shutil.rmtree(root, ignore_errors=True)


def until_ready(admin: Elasticsearch) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            admin.security.get_api_key(owner=True)
        except (ApiError, TransportError):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        else:
            return


def roles() -> dict[str, dict[str, Any]]:
    """The role descriptors of docs/operations.md, by their names."""
    text = (PROJECT / "docs" / "operations.md").read_text()
    found: dict[str, dict[str, Any]] = {}
    for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL):
        found |= json.loads(block)
    return found


@pytest.fixture(scope="module")
def keys(secured: Secured) -> dict[str, str]:
    """An Elasticsearch key for each role."""
    return {
        name: str(
            secured.admin.security.create_api_key(
                name=name, role_descriptors={name: role}, expiration="1h"
            )["encoded"]
        )
        for name, role in roles().items()
    }


def naba(
    secured: Secured, key: str, folder: Path, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "NABA_ELASTICSEARCH_URL": secured.url,
        "NABA_ELASTICSEARCH_CA": str(secured.ca),
        "NABA_ELASTICSEARCH_WRITE_API_KEY": key,
        "NABA_DATA_DIR": str(folder / "data"),
        "NABA_PATIENCE": "5",
    }
    return subprocess.run(
        [NABA, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_each_key_does_its_work_and_no_other(
    secured: Secured, keys: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "fair.txt").write_text(ARTICLE)
    news = tmp_path / "fair.txt"

    loaded = naba(secured, keys["naba-writing"], tmp_path, "load", news)
    assert loaded.returncode == 0, loaded.stderr
    replaced = naba(secured, keys["naba-writing"], tmp_path, "load", "--replace", news)
    assert replaced.returncode == 0, replaced.stderr
    rolled = naba(secured, keys["naba-writing"], tmp_path, "index", "rollback")
    assert rolled.returncode == 0, rolled.stderr
    added = naba(secured, keys["naba-keys"], tmp_path, "key", "add", "cms", "--may", "read,export")
    assert added.returncode == 0, added.stderr
    token = Token.parse(added.stdout.strip())
    assert token is not None

    for role, command in (
        ("naba-reading", ("load", news)),
        ("naba-reading", ("key", "add", "other", "--may", "push")),
        ("naba-reading", ("key", "revoke", "cms")),
        ("naba-writing", ("key", "add", "other", "--may", "push")),
        ("naba-keys", ("load", news)),
    ):
        refused = naba(secured, keys[role], tmp_path, *command)
        assert refused.returncode == 1, (role, command, refused.stdout)
        assert "The key may not do this" in refused.stderr, (role, command)

    settings = ServiceSettings(
        elasticsearch_url=secured.url,
        elasticsearch_ca=secured.ca,
        elasticsearch_api_key=SecretStr(keys["naba-reading"]),
        read="keys",
    )
    with TestClient(create_app(settings)) as client:
        client.headers["authorization"] = f"Bearer {token}"
        found = client.get("/v1/search", params={"q": "معرض الكتاب"}).json()
        assert found["total"]["articles"] == 1
        article = found["hits"][0]["id"]
        for address in (
            "/",
            f"/articles/{article}",
            f"/v1/articles/{article}",
            f"/v1/articles/{article}/similar",
            "/v1/search?q=معرض الكتب&group=true",
            "/v1/search?cursor=*&sort=loaded",
            "/v1/suggest?q=مع",
            "/v1/agencies",
            "/v1/status",
            "/v1/export.csv",
            "/v1/export.jsonl?fields=id,body",
            "/feed.atom",
            "/health/ready",
        ):
            assert client.get(address).status_code == 200, address

    reading = Elasticsearch(
        secured.url, ca_certs=str(secured.ca), api_key=keys["naba-reading"], request_timeout=10
    )
    with reading as es:
        generation = next(iter(es.indices.get_alias(name="naba")))
        writes: list[Callable[[], object]] = [
            lambda: es.index(index="naba", document={"id": "x"}),
            lambda: es.delete(index="naba", id=article),
            lambda: es.index(index="naba-keys", document={"id": "x"}),
            lambda: es.update(index="naba-keys", id=token.id, doc={"scopes": ["push"]}),
            lambda: es.delete_by_query(index="naba", query={"match_all": {}}),
            lambda: es.indices.delete(index=generation),
            lambda: es.indices.create(index="naba-2"),
            lambda: es.indices.put_settings(index="naba", settings={"number_of_replicas": 1}),
            lambda: es.search(index="other"),
        ]
        for write in writes:
            with pytest.raises(ApiError) as denied:
                write()
            assert denied.value.status_code == 403


def test_a_key_that_elasticsearch_no_longer_knows_is_a_503(
    secured: Secured, keys: dict[str, str]
) -> None:
    made = secured.admin.security.create_api_key(
        name="soon-gone", role_descriptors={"naba-reading": roles()["naba-reading"]}
    )
    settings = ServiceSettings(
        elasticsearch_url=secured.url,
        elasticsearch_ca=secured.ca,
        elasticsearch_api_key=SecretStr(str(made["encoded"])),
        read="keys",
    )
    with TestClient(create_app(settings)) as client:
        client.headers["authorization"] = f"Bearer {Token.new()}"
        assert client.get("/v1/search").status_code == 401
        secured.admin.security.invalidate_api_key(ids=[made["id"]])
        time.sleep(5)  # what the service remembers
        answer = client.get("/v1/search")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:naba:problem:access-refused"
