"""The settings of the HTTP side, read from the environment (prefix NABA_)."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from mappings.keys import Rate
from mappings.settings import IndexSettings

OFF: Final = "off"
# Of a key or an address, where others can reach the service: ten a second is more than a person at
# the page or a monitor asks, and less than keeps two cores busy.
DEFAULT_RATE: Final = Rate(600, 60)


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
    read: Literal["open", "keys"] | None = Field(
        None,
        description="Who may read: everybody who can reach the service, or holders of a key. Open "
        "on loopback; listening elsewhere needs this to be set.",
    )
    metrics: Literal["open", "keys"] | None = Field(
        None, description="Who may read /metrics; without it as `read`."
    )
    rate: str | None = Field(
        None,
        description="Requests that a key without a rate of its own, or an address, may send, such "
        "as 600/min, or off. Without it off on loopback, else 600/min.",
    )
    proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Addresses and networks of the proxies whose X-Forwarded-For and "
        "X-Forwarded-Proto hold, separated by commas.",
    )
    session_secret: SecretStr | None = Field(
        None,
        min_length=32,
        description="What signs the page's sessions, 32 characters or more; without it they end "
        "with the process.",
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

    @field_validator("rate")
    @classmethod
    def _readable_rate(cls, value: str | None) -> str | None:
        if value is not None and value != OFF:
            Rate.parse(value)
        return value

    @field_validator("proxies", mode="before")
    @classmethod
    def _split_proxies(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(proxy.strip() for proxy in value.split(",") if proxy.strip())
        return value

    @field_validator("proxies")
    @classmethod
    def _known_proxies(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in value:
            try:
                ip_network(proxy)
            except ValueError:
                raise ValueError(
                    f"{proxy!r} is no address or network such as 10.0.0.7 or 172.16.0.0/12"
                ) from None
        return value

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def reading(self) -> Literal["open", "keys"]:
        """Who may read; holders of a key where nobody has decided and others can reach it."""
        return self.read or ("open" if self.is_loopback else "keys")

    @property
    def limit(self) -> Rate | None:
        """How often a key without a rate of its own, or an address, may ask; None: no limit."""
        if self.rate is not None:
            return None if self.rate == OFF else Rate.parse(self.rate)
        return None if self.is_loopback else DEFAULT_RATE

    @field_validator("public_url")
    @classmethod
    def _no_trailing_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value
