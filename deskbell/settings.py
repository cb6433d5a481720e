"""What an operator may set: environment variables, all optional on one machine."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.tls import TlsFloor
from integrations.dns import NameServers
from integrations.http_out import Reach


class Environment(StrEnum):
    """How careful to be."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"
    TEST = "test"


class SignUp(StrEnum):
    """Who may open a business."""

    CLOSED = "closed"
    OPEN = "open"


class Settings(BaseSettings):
    """The deployment. Nothing outside `deskbell/` reads it; values are handed in."""

    model_config = SettingsConfigDict(env_prefix="DESKBELL_", env_file=".env", extra="ignore")

    environment: Environment = Field(
        Environment.DEVELOPMENT, description="development, production or test"
    )
    home: Path = Field(
        Path(".deskbell"), description="Where embedded servers, keys and recordings are kept"
    )
    public_url: str = Field(
        "http://127.0.0.1:8000", description="How the world reaches the API, without a final slash"
    )
    media_url: str = Field(
        "ws://127.0.0.1:8001", description="How a carrier reaches the media server"
    )
    host: str = Field("127.0.0.1", description="The address to listen on")
    port: int = Field(8000, description="The port of the API")
    media_port: int = Field(8001, description="The port of the media server")

    tls_floor: TlsFloor = Field(
        TlsFloor.TLS_1_2,
        description="The oldest TLS that is spoken, in and out: 1.2, or 1.3 to be strict",
    )
    tls_certificate_file: Path | None = Field(
        None,
        description="A certificate with its chain (PEM), if no proxy in front ends TLS",
    )
    tls_key_file: Path | None = Field(
        None, description="Its private key, unless that is in the same file"
    )

    database_url: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("DATABASE_URL", "DESKBELL_DATABASE_URL"),
        description="PostgreSQL 17 or newer, as a role that may create roles and databases;"
        " embedded if absent",
    )
    keyring_url: SecretStr | None = Field(
        None,
        description="The server of the keyring database, likewise; the same server if absent",
    )
    owner_url: SecretStr | None = Field(
        None, description="The main database as app_owner, where roles are made by hand"
    )
    runtime_url: SecretStr | None = Field(None, description="The main database as app_rt")
    system_url: SecretStr | None = Field(None, description="The main database as app_system")
    keyring_owner_url: SecretStr | None = Field(
        None, description="The keyring database as app_owner, where roles are made by hand"
    )
    keyring_runtime_url: SecretStr | None = Field(
        None, description="The keyring database as app_rt"
    )
    keyring_system_url: SecretStr | None = Field(
        None, description="The keyring database as app_system"
    )
    database_pool: int = Field(10, ge=1, description="Connections a process may hold")
    redis_url: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("REDIS_URL", "DESKBELL_REDIS_URL"),
        description="Valkey or Redis; embedded if absent",
    )

    master_key_file: Path | None = Field(
        None, description="32 bytes that wrap every tenant's key; made in the home folder if absent"
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Signs cookies, links and tokens: the same on every machine of a deployment;"
        " made in the home folder if absent",
    )

    oauth_providers_file: Path | None = Field(
        None,
        description="JSON: the services at which this deployment is a client, with its id and"
        " secret there (docs/connections.md); accounts are connected nowhere if absent",
    )
    storage_url: str = Field(
        "", description="Recordings: file:///path, s3://, gs:// or az://; the home folder if empty"
    )
    smtp_url: SecretStr | None = Field(
        None,
        description="smtp://user:password@host:port or smtps://; a mailbox folder if absent",
    )
    mail_from: str = Field("Deskbell <deskbell@localhost>", description="The sender of e-mail")

    push_key_file: Path | None = Field(
        None,
        description="A private key of P-256 (PEM) by which push services of browsers know this"
        " deployment; derived from the secret key if absent",
    )
    push_contact: str = Field(
        "",
        description="Where push services reach the operator, mailto: or https:; the sender of"
        " e-mail if empty",
    )

    security_mail: str = Field(
        "", description="Who is told of severe security alerts of every business; nobody if empty"
    )

    api_operation_points: int = Field(
        5_000, ge=1, description="What one GraphQL operation may cost at most (docs/api.md)"
    )
    api_points_per_minute: int = Field(
        6_000,
        ge=1,
        description="What one member, key or app may ask for in a minute, in the long run;"
        " twice that from one address, four times that for one business",
    )
    trusted_documents: Path | None = Field(
        None, description="A file of known GraphQL documents, by their SHA-256"
    )
    only_trusted_documents: bool = Field(
        False, description="Answer known GraphQL documents and no others"
    )

    sign_up: SignUp = Field(
        SignUp.CLOSED,
        description="open lets anybody open a business; closed leaves it to the operator",
    )
    operator_approval: bool = Field(
        False,
        description="Whether a second person of the operator has to agree before one of its"
        " people comes in at a tenant (docs/operator-staff.md)",
    )
    session_days: int = Field(14, ge=1, description="Days after which one signs in anew")
    session_idle_days: int = Field(
        7, ge=1, description="Days after which a session ends that nobody used"
    )
    app_registration: str = Field(
        "",
        description="The short name of the business at which apps may register themselves"
        " (RFC 7591); none may if empty",
    )
    app_registration_token: SecretStr = Field(
        SecretStr(""),
        description="What apps must send to register themselves; everybody may if empty",
    )
    app_access_minutes: int = Field(
        60, ge=1, le=1440, description="Minutes for which an app's access token is good"
    )
    app_idle_days: int = Field(
        30,
        ge=1,
        description="Days after which an app must be agreed to anew that asked for nothing",
    )
    app_grant_days: int = Field(
        365, ge=1, description="Days after which an app is agreed to anew in any case"
    )
    proxies: int = Field(
        0,
        ge=0,
        description="Proxies of one's own in front of the API, each of which adds the address it"
        " was called from to X-Forwarded-For",
    )

    media_workers: int = Field(
        1, ge=1, description="Media processes on one port of one machine: one per core that hears"
    )
    voice_max_calls: int = Field(3, ge=1, description="Calls answered at once by one machine")
    speech_model_dir: Path | None = Field(
        None, description="A folder of speech models to use instead of the packaged ones"
    )
    speech_processes: int = Field(
        1, ge=1, description="Processes that hear and speak, for each media process"
    )

    webhook_networks: str = Field(
        "",
        description="Networks that webhooks, and identity providers of tenants, may be reached in"
        " although they are not public, by plain HTTP too: 10.1.0.0/16,fd00::/8",
    )
    webhook_ports: str = Field(
        "443", description="Ports that webhooks, and identity providers, are called at: 443,8443"
    )
    name_servers: str = Field(
        "",
        description="Name servers that are asked whose a domain is: 10.0.0.2:53; those of the"
        " machine if empty",
    )

    vonage_api_key: str = Field("", description="Vonage account")
    vonage_signature_secret: SecretStr = Field(
        SecretStr(""), description="The secret that signs Vonage's webhooks"
    )
    vonage_application_id: str = Field("", description="Vonage application")
    vonage_private_key_file: Path | None = Field(None, description="Its private key (PKCS 8)")

    stripe_secret_key: SecretStr = Field(
        SecretStr(""), description="A secret key of Stripe, by which links to pay at are made"
    )
    stripe_tills_file: Path | None = Field(
        None,
        description="A JSON file that says on which account of Stripe, and at which price, each"
        " business is paid (docs/operating.md)",
    )

    vendors_file: Path | None = Field(
        None,
        description="A JSON file that says who the vendors are, in which country, on which basis"
        " data goes there, and what they signed (docs/records.md)",
    )

    sentry_dsn: SecretStr | None = Field(None, description="Where faults are reported")

    @model_validator(mode="after")
    def _webhooks_have_somewhere_to_go(self) -> Self:
        Reach.parse(self.webhook_networks, self.webhook_ports)
        NameServers.parse(self.name_servers)
        return self

    @property
    def production(self) -> bool:
        """Whether to hide what helps developers."""
        return self.environment is Environment.PRODUCTION
