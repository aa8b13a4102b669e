"""The settings of the HTTP side, read from the environment (prefix NABA_)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import NoDecode

from mappings.settings import IndexSettings


class ServiceSettings(IndexSettings):
    """How the service listens, answers and protects itself. Raises pydantic.ValidationError for a
    bad value.
    """

    host: str = Field(
        "127.0.0.1", description="Address to listen on; loopback unless a newsroom opens it."
    )
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s?#]+$",
        description="Address by which others reach Naba; feeds and descriptions stand on it.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Origins whose pages may read the API from a browser, separated by commas."
    )
    search_timeout: float = Field(
        5.0,
        gt=0,
        le=60,
        description="Seconds after which a search is given up (and ended in Elasticsearch).",
    )
    max_concurrency: int = Field(
        64,
        ge=1,
        le=1000,
        description="Requests worked on at once; more are turned away with 503 and Retry-After.",
    )
    max_exports: int = Field(
        4, ge=1, le=100, description="Exports streamed at once; more are turned away with 429."
    )
    drain_seconds: float = Field(
        0.0,
        ge=0,
        le=300,
        description="Seconds between SIGTERM and closing the socket, while readiness says 503.",
    )
    grace_seconds: int = Field(
        20,
        ge=1,
        le=600,
        description="Seconds that requests in flight have to finish after the socket is closed.",
    )
    client_seconds: float = Field(
        20.0,
        gt=0,
        le=600,
        description="Seconds that a client has for the head of a request, and for each next 64 KB "
        "of a body or an answer; then it is cut off.",
    )
    log_level: str = Field(
        "info", pattern=r"^(debug|info|warning|error)$", description="Least level that is logged."
    )

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(
                origin.strip().rstrip("/") for origin in value.split(",") if origin.strip()
            )
        return value

    @field_validator("cors_origins")
    @classmethod
    def _whole_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not origin.startswith(("http://", "https://")) or "*" in origin:
                raise ValueError(f"{origin!r} is not an origin such as https://news.example")
        return value

    @field_validator("public_url")
    @classmethod
    def _no_trailing_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value
