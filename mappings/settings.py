"""The settings that every part of Naba shares, read from the environment (prefix NABA_).

The service and the command add their own in subclasses; each process builds one frozen instance and
passes it on.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class IndexSettings(BaseSettings):
    """How to reach the index and how to read articles. Raises pydantic.ValidationError for a bad
    value.
    """

    model_config = SettingsConfigDict(
        env_prefix="NABA_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    elasticsearch_url: str | None = Field(
        None, description="An Elasticsearch 9 to use; without it the private node is used."
    )
    elasticsearch_api_key: SecretStr | None = Field(None, description="API key (base64 form).")
    elasticsearch_write_api_key: SecretStr | None = Field(
        None,
        description="API key for what writes; without it the other one is used for both.",
    )
    elasticsearch_ca: Path | None = Field(
        None, description="File with the CA certificate of Elasticsearch."
    )
    alias: str = Field(
        "naba",
        pattern=r"^[a-z][a-z0-9-]{0,60}$",
        description="Alias that names the current generation; generations are called "
        "ALIAS-YYYYMMDDtHHMMSS.",
    )
    time_zone: str = Field(
        "UTC", description="The newsroom's time zone (IANA name): whose day `today` is."
    )
    agencies: Path | None = Field(
        None, description="A newsroom's own registry of agencies (TOML), added to ours."
    )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is not a time zone name such as Asia/Riyadh") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The newsroom's time zone."""
        return ZoneInfo(self.time_zone)
