"""Every setting, from the environment (`SECONDSTORY_*`)."""

import secrets
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """Read once in `cli.py`, passed on from there; never a module global."""

    model_config = SettingsConfigDict(env_prefix="SECONDSTORY_", extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on")
    data_dir: Path = Field(
        Path("data"), description="Where the embedded PostgreSQL and the generated secret live"
    )
    database_url: str | None = Field(
        None,
        description="Your PostgreSQL; without it an embedded one runs in the data folder",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Signs browser sessions, at least 32 characters; required with your own "
        "database, generated in the data folder otherwise",
    )
    public_url: str | None = Field(
        None, description="Address people use, when a proxy makes it differ from host and port"
    )
    admin_email: str | None = Field(
        None, description="First administrator, for unattended set-up (with the password)"
    )
    admin_password: SecretStr | None = Field(
        None, description="Password of the first administrator, at least 10 characters"
    )
    session_hours: int = Field(
        24 * 14, ge=1, le=24 * 90, description="How long a browser stays signed in"
    )
    keystroke_days: int = Field(
        30,
        ge=1,
        le=36500,
        description="Days until what one person typed in one sitting becomes one entry of the "
        "log; versions stay for ever",
    )
    delivery_days: int = Field(
        30,
        ge=3,
        le=36500,
        description="Days that deliveries of alerts are kept as they came, to be read and replayed",
    )
    deliveries_per_minute: int = Field(
        60_000,
        ge=1,
        le=100_000_000,
        description="Deliveries of one alert source that each process takes in a minute; more are "
        "answered 429",
    )
    trusted_proxies: str = Field(
        "", description="Proxies whose X-Forwarded headers count: addresses, comma between"
    )
    web_dir: Path = Field(
        Path(__file__).parents[2] / "frontend" / "dist", description="Folder of the built page"
    )
    pool_size: int = Field(20, ge=2, le=200, description="Database connections each process keeps")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="How much to log; `info` has a line for every request"
    )
    log_style: Literal["text", "json"] = Field(
        "text", description="`text` for a terminal, `json` for machines"
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        secret = self.secret_key.get_secret_value() if self.secret_key else None
        if secret is not None and len(secret) < SHORTEST_SECRET:
            msg = f"SECONDSTORY_SECRET_KEY needs at least {SHORTEST_SECRET} characters"
            raise ValueError(msg)
        if secret is not None and len(set(secret)) < SHORTEST_SECRET // 4:
            msg = "SECONDSTORY_SECRET_KEY looks like a sample; make one with: openssl rand -hex 32"
            raise ValueError(msg)
        if self.database_url is not None and secret is None:
            msg = "SECONDSTORY_SECRET_KEY is required with SECONDSTORY_DATABASE_URL"
            raise ValueError(msg)
        if (self.admin_email is None) != (self.admin_password is None):
            msg = "SECONDSTORY_ADMIN_EMAIL and SECONDSTORY_ADMIN_PASSWORD go together"
            raise ValueError(msg)
        return self

    @property
    def base_url(self) -> str:
        """The address to print and to put into links, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def session_secret(settings: Settings) -> str:
    """Return the secret that signs sessions; embedded mode generates one beside the data."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = settings.data_dir / "session-secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text()
