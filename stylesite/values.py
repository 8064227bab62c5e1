"""What a setting may be. Each function reads the text of one variable, or raises ValueError with the rest of a sentence
that begins with the variable's name.
"""

import os
import re
import tempfile
from collections.abc import Callable
from errno import EDQUOT, ENOSPC
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url

from transfer import memory
from transfer.errors import PlanError

MOST_PROXIES = 16
ZONES = Path("/usr/share/zoneinfo")  # Django insists that a zone is there as well, if this folder is
FIXED = re.compile(r"(?:<[+\-\w]+>|[A-Za-z]{3,})(?P<sign>[+-]?)(?P<hours>\d{1,2})(?::?00)*")  # POSIX, as in CET-1
HOST = re.compile(r"\*|\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|\[[0-9a-f:.]+\]")
PREFIX = re.compile(r"[\w.~-]+(/[\w.~-]+)*", re.ASCII)
USUAL_PORTS = {"http": 80, "https": 443}
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
POSTGRESQL, REDIS = ("postgresql://", "postgres://"), ("redis://", "rediss://", "unix://")


def shown(text: str) -> str:
    """`text` as a sentence quotes it: short, and only what a terminal can print."""
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return short if short.isprintable() else ascii(short)


def port(text: str) -> int:
    """A TCP port."""
    return _whole(text, 1, 65535)


def frames(text: str) -> int:
    """How many frames a film may have."""
    return _whole(text, 2, 10_000)


def seconds(text: str) -> int:
    """How long a film may last."""
    return _whole(text, 1, 86_400)


def side(text: str) -> int:
    """The long side of a film, in px."""
    return _whole(text, 64, 8192)


def proxies(text: str) -> int:
    """How many proxies there are."""
    return _whole(text, 0, MOST_PROXIES)


def _whole(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= most:
        raise ValueError(f"is {shown(text)}, and should be a number from {least} to {most}.")
    return int(text)


def switch(text: str) -> bool:
    """Whether something is on."""
    if text.lower() not in TRUE + FALSE:
        raise ValueError(f"is {shown(text)}, and should be 1 or 0.")
    return text.lower() in TRUE


def zone(text: str) -> str:
    """The name of a time zone, of a name, the path of a zone's file, or a POSIX form without summer time."""
    name = text.removeprefix(":")
    if name.startswith("/"):
        name = os.path.realpath(name).rpartition("/zoneinfo/")[2]
    if not _is_a_zone(name) and (found := FIXED.fullmatch(name)):
        name = f"Etc/GMT{found['sign'] or '+'}{int(found['hours'])}"
    if not _is_a_zone(name):
        raise ValueError(f"is {shown(text)}, which is no time zone: write one by its name, as in Europe/Berlin.")
    return name


def _is_a_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name) and (not ZONES.exists() or (ZONES / name).is_file())


def hosts(text: str) -> tuple[str, ...]:
    """Host names as Django compares them, without ports; none where there are only commas and blanks."""
    return tuple(_host(each) for each in _listed(text))


def _listed(text: str) -> list[str]:
    return [each for each in re.split(r"[,\s]+", text) if each]


def _host(word: str) -> str:
    if "/" in word:
        raise ValueError(f"names {shown(word)}: write the host alone, as in pictures.example.org.")
    bare = word if word.count(":") != 1 else word.partition(":")[0]
    if "[" in bare:
        bare = bare.partition("]")[0] + "]"
    elif ":" in bare:
        bare = f"[{bare}]"
    name = _in_ascii(bare.removeprefix("*") if bare.startswith("*.") else bare)
    if not HOST.fullmatch(name):
        raise ValueError(f"names {shown(word)}, which is no host: write it as in pictures.example.org.")
    return name


def _in_ascii(host: str) -> str:
    """As browsers send it."""
    try:
        return host.lower() if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"names {shown(host)}, which is no host: write it as in pictures.example.org.") from error


def origins(text: str) -> tuple[str, ...]:
    """Origins as browsers send them: no slash at the end, and no port where it is the usual one."""
    return tuple(_origin(each) for each in _listed(text))


def _origin(word: str) -> str:
    better = "write scheme and host, as in https://pictures.example.org."
    try:
        parts = urlsplit(word)
        number = parts.port
    except ValueError as error:
        raise ValueError(f"names {shown(word)}, which is no origin: {better}") from error
    scheme = parts.scheme.lower()
    if scheme not in USUAL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query or "@" in parts.netloc:
        raise ValueError(f"names {shown(word)}, which is no origin: {better}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else _in_ascii(parts.hostname)
    return f"{scheme}://{host}" + (f":{number}" if number not in (None, USUAL_PORTS[scheme]) else "")


def prefix(text: str) -> str:
    """The path that the site is under, with a slash before it and none after it; empty for the root."""
    path = text.strip("/")
    if path and not PREFIX.fullmatch(path):
        raise ValueError(f"is {shown(text)}, and should be a path such as /studio.")
    return f"/{path}" if path else ""


def redis_address(text: str) -> str:
    """The address of a server that speaks Redis's protocol."""
    from redis.connection import parse_url

    example = "write it as in redis://localhost:6379/0."
    if not text.startswith(REDIS):
        raise ValueError(f"should begin with {', '.join(REDIS[:-1])} or {REDIS[-1]}: {example}")
    try:
        found = parse_url(text)  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise ValueError(f"is no address of a Redis: {example}") from error
    if text.startswith("unix:") and not found.get("path"):
        raise ValueError("names no socket: write it as in unix:///run/redis/redis.sock.")
    return text


def database_address(text: str) -> str:
    """The address of a database in PostgreSQL."""
    example = "postgresql://user:password@host:5432/stylesite"
    if not text.startswith(POSTGRESQL):
        raise ValueError(f"is wrong: it should begin with postgresql://, as in {example}.")
    try:
        found = dj_database_url.parse(text)
    except ValueError as error:
        raise ValueError(f"is wrong: write it as in {example}.") from error
    if not found.get("NAME"):
        raise ValueError(f"names no database: write it as in {example}.")
    return text


def amount(text: str) -> int:
    """An amount of memory or storage, in bytes."""
    try:
        found = memory.parsed(text)
    except PlanError as error:
        raise ValueError(f"is wrong: {_quoted_shortly(str(error), text)}") from error
    if not found:
        raise ValueError(f"is {shown(text)}, and should be more than nothing, as in 2GiB.")
    return found


def _quoted_shortly(sentence: str, text: str) -> str:
    return sentence.replace(repr(text), repr(shown(text)))


def folder(text: str) -> Path:
    """An absolute path that is text."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"is {text!a}, which is not valid UTF-8: name a folder whose path is.") from error
    return _full(text, Path.resolve)


def file(text: str) -> Path:
    """A path, with the home folder in place of a tilde."""
    return _full(text, Path.absolute)


def _full(text: str, completed: Callable[[Path], Path]) -> Path:
    try:
        return completed(Path(text).expanduser())
    except (RuntimeError, OSError) as error:  # nobody has that home, or links go round in a circle
        raise ValueError(f"is {shown(text)}, which leads nowhere ({error}): write the whole path.") from error


def made(path: Path) -> Path:
    """A folder that is there, made if necessary, in which files can be written."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(
            f"is {shown(str(path))}, which cannot be made ({_why(error)}): name a folder of yours."
        ) from error
    try:
        with tempfile.TemporaryFile(dir=path):
            return path
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):  # what is there can be seen all the same
            return path
        raise ValueError(
            f"is {shown(str(path))}, which cannot be written to ({_why(error)}): name a folder of yours."
        ) from error


def _why(error: OSError) -> str:
    return error.strerror or str(error)
