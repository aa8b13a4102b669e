"""Settings of the command: the private node and the folders it keeps things in (prefix NABA_)."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from pydantic import Field

from loader.settings import LoaderSettings
from mappings.settings import IndexSettings
from service.settings import ServiceSettings


def _data_folder() -> Path:
    """Where this user's data belongs; for root where the unprivileged account of the node can reach
    it as well.
    """
    return Path("/var/lib/naba") if os.geteuid() == 0 else platformdirs.user_data_path("naba")


def _cache_folder() -> Path:
    return Path("/var/cache/naba") if os.geteuid() == 0 else platformdirs.user_cache_path("naba")


class NodeSettings(IndexSettings):
    """Where and how large the private node is; `elasticsearch_url` set means that no private node
    is used.
    """

    data_dir: Path = Field(
        default_factory=_data_folder,
        description="Folder of the private node's index (default: the user's data folder, as "
        "root /var/lib/naba).",
    )
    cache_dir: Path = Field(
        default_factory=_cache_folder,
        description="Folder of the fetched Elasticsearch (default: the user's cache, as root "
        "/var/cache/naba).",
    )
    elasticsearch_home: Path | None = Field(
        None,
        description="An unpacked Elasticsearch 9 for the private node; without it one is fetched.",
    )
    node_heap: str = Field(
        "1g",
        pattern=r"^[1-9][0-9]*[mg]$",
        description="Heap of the private node's Java, such as 512m or 2g; the machine needs "
        "about twice as much.",
    )


class CommandSettings(NodeSettings, LoaderSettings, ServiceSettings):
    """All settings, for the commands that provide a node, load and serve."""
