"""Every variable that the site reads from the environment, checked here and nowhere else.

`read` raises nothing: a variable that is wrong counts as if it was not set, and a sentence says what is wrong with it.
Programs call `insist` when they start; it ends them with all the sentences. The doctor shows them instead.
"""

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NoReturn

from django.core.management.utils import get_random_secret_key
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from stylesite import values
from stylesite.data_folder import private_runtime_folder, runtime_name, secret_key
from transfer import kinds
from transfer.errors import KindError

BASE = Path(__file__).resolve().parent.parent
DATA = "STYLESITE_DATA"
KINDS = "STYLESITE_KINDS"
OWN_WORDS = "Value error, "  # with this, pydantic begins what our own checks say
OURS_BEGIN, OF_THE_TESTS = "STYLESITE_", "STYLESITE_REQUIRE_BROWSER"
THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")
EXIT_CODE = 2


def _read_by(check: Callable[[str], Any]) -> BeforeValidator:
    """Reads text by `check`; a default is what it is."""
    return BeforeValidator(lambda value: check(value.strip()) if isinstance(value, str) else value)


def _hosts(text: str) -> tuple[str, ...]:
    return values.hosts(text) or THIS_MACHINE


def _data(text: str) -> Path:
    return values.made(values.folder(text))


class Environment(BaseSettings):
    """The settings, by the names that docs/settings.md describes; an empty variable counts as one that is not set."""

    model_config = SettingsConfigDict(case_sensitive=True, env_ignore_empty=True, extra="ignore")

    data: Annotated[Path, _read_by(_data)] = Field(str(BASE / "data"), validation_alias=DATA, validate_default=True)
    port: Annotated[int, _read_by(values.port)] = Field(8000, validation_alias="PORT")
    zone: Annotated[str, _read_by(values.zone)] = Field("UTC", validation_alias="TZ")
    database: Annotated[str | None, _read_by(values.database_address)] = Field(None, validation_alias="DATABASE_URL")
    redis: Annotated[str | None, _read_by(values.redis_address)] = Field(None, validation_alias="REDIS_URL")
    hosts: Annotated[tuple[str, ...], NoDecode, _read_by(_hosts)] = Field(
        THIS_MACHINE, validation_alias="STYLESITE_HOSTS"
    )
    origins: Annotated[tuple[str, ...], NoDecode, _read_by(values.origins)] = Field(
        (), validation_alias="STYLESITE_ORIGINS"
    )
    proxies: Annotated[int, _read_by(values.proxies)] = Field(0, validation_alias="STYLESITE_PROXIES")
    prefix: Annotated[str, _read_by(values.prefix)] = Field("", validation_alias="STYLESITE_PREFIX")
    secret_key: str | None = Field(None, validation_alias="STYLESITE_SECRET_KEY")
    memory: Annotated[int | None, _read_by(values.amount)] = Field(None, validation_alias="STYLESITE_MEMORY")
    checkpoints: Annotated[int, _read_by(values.amount)] = Field(10 * 2**30, validation_alias="STYLESITE_CHECKPOINTS")
    film_frames: Annotated[int, _read_by(values.frames)] = Field(1500, validation_alias="STYLESITE_FILM_FRAMES")
    film_size: Annotated[int, _read_by(values.side)] = Field(1024, validation_alias="STYLESITE_FILM_SIZE")
    film_seconds: Annotated[int, _read_by(values.seconds)] = Field(60, validation_alias="STYLESITE_FILM_SECONDS")
    clip_bytes: Annotated[int, _read_by(values.amount)] = Field(100 * 2**20, validation_alias="STYLESITE_CLIP_BYTES")
    debug: Annotated[bool, _read_by(values.switch)] = Field(False, validation_alias="STYLESITE_DEBUG")
    capture: Annotated[bool, _read_by(values.switch)] = Field(True, validation_alias="STYLESITE_CAPTURE")
    vgg16_weights: Annotated[Path | None, _read_by(values.file)] = Field(
        None, validation_alias="STYLESITE_VGG16_WEIGHTS"
    )
    vgg19_weights: Annotated[Path | None, _read_by(values.file)] = Field(
        None, validation_alias="STYLESITE_VGG19_WEIGHTS"
    )
    googlenet_weights: Annotated[Path | None, _read_by(values.file)] = Field(
        None, validation_alias="STYLESITE_GOOGLENET_WEIGHTS"
    )
    runtime: Annotated[Path | None, _read_by(values.file)] = Field(None, validation_alias="XDG_RUNTIME_DIR")
    cache: Annotated[Path | None, _read_by(values.file)] = Field(None, validation_alias="XDG_CACHE_HOME")


@dataclass
class Found:
    """What the environment says, with what follows from it; and what is wrong, a sentence each."""

    says: Environment
    secret_key: str
    runtime: Path
    complaints: list[str] = field(default_factory=list)


@functools.cache
def read() -> Found:
    """The settings of this process, read once."""
    says, complaints = _said()
    key, runtime = says.secret_key, Path("/nowhere") / runtime_name(says.data)
    try:
        if not key and not any(each.startswith(f"{DATA} ") for each in complaints):
            key = secret_key(says.data)
    except OSError as error:
        complaints.append(f"{DATA} is {says.data}, where the secret key cannot be kept: {error.strerror or error}.")
    try:
        runtime = private_runtime_folder(says.runtime, says.data)
    except OSError as error:
        complaints.append(f"XDG_RUNTIME_DIR should be a folder of yours: {error.strerror or error}.")
    return Found(says, key or get_random_secret_key(), runtime, complaints)


def _said() -> tuple[Environment, list[str]]:
    """What the variables say, and what is wrong with them."""
    try:
        return Environment(), []
    except ValidationError as error:
        wrong = {str(each["loc"][0]): _sentence(each["msg"]) for each in error.errors()}
    given = {DATA: _folder_to_look_at(), **{name: _default(name) for name in wrong if name != DATA}}
    return Environment(**given), [f"{name} {text}" for name, text in wrong.items()]


def _sentence(complaint: str) -> str:
    """The rest of a sentence: one of ours, or what pydantic says of text that is not valid."""
    ours = complaint.startswith(OWN_WORDS)
    return " ".join(complaint.removeprefix(OWN_WORDS).split()) if ours else "is not valid UTF-8."


def _default(name: str) -> Any:
    return next(each.default for each in Environment.model_fields.values() if each.validation_alias == name)


def _folder_to_look_at() -> Path:
    """The data folder, though it may be of no use."""
    try:
        return values.folder(os.environ.get(DATA) or str(BASE / "data"))
    except ValueError:
        return BASE / "data"


def known() -> list[str]:
    """The names of all variables that mean something here."""
    return [*(str(each.validation_alias) for each in Environment.model_fields.values()), KINDS, OF_THE_TESTS]


def unknown() -> list[str]:
    """Variables that are meant for Stylesite, and that nothing reads."""
    return sorted(name for name in os.environ if name.startswith(OURS_BEGIN) and name not in known())


def complaints() -> list[str]:
    """All that is wrong with the settings, a sentence each. Kinds of work that cannot be loaded are left out then."""
    found = read().complaints
    try:
        kinds.known()
    except KindError as error:
        found.append(f"{KINDS} is wrong: {' '.join(str(error).split())}")
        del os.environ[KINDS]
    return found


def insist() -> None:
    """Ends this program where a setting is wrong: all complaints on stderr, exit code 2."""
    if found := complaints():
        leave(found)


def leave(sentences: list[str]) -> NoReturn:
    """Ends this program with these sentences."""
    for each in sentences:
        print(each, file=sys.stderr)
    sys.exit(EXIT_CODE)
