"""The database, Redis and the workers."""

import re
import shlex
from typing import Any

import django_rq
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from gallery.doctor.findings import Finding, ok, problem, warning
from gallery.models import Worker
from gallery.processes.pasted import make, manage
from gallery.queueing.connection import QUEUE
from transfer import words

OLDEST_REDIS = (6, 2)  # the first with BLMOVE, which keeps a token if the process that takes it crashes


def how_to_start() -> str:
    """What starts a worker."""
    return f"{make('up')}, or for one more worker: {manage('worker')}"


def database() -> Finding:
    """It is reachable and has all its tables; in SQLite, readers and a writer do not block each other."""
    try:
        connection.ensure_connection()
    except Error as error:
        complaint = " ".join(str(error).split())
        return problem(f"cannot be reached: {complaint}", _where_to_look())
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return problem(f"{words.counted(len(missing), 'migration')} not applied", manage("migrate"))
    mode = _journal_mode()
    if mode not in ("wal", "memory", None):
        return warning(f"SQLite is in {mode} mode", "set STYLESITE_DATA to a folder on a local disk")
    return ok("reachable, with all tables" + (", in WAL mode" if mode == "wal" else ""))


def redis() -> Finding:
    """It is reachable, recent enough, and keeps its data when it restarts."""
    try:
        client = django_rq.get_connection(QUEUE)
        version, persistence = client.info("server")["redis_version"], client.info("persistence")
        saves = client.config_get("save").get("save")
    except RedisError as error:
        address = re.sub(r"//[^@/]*@", "//", settings.REDIS_URL)
        return problem(f"{address} cannot be reached: {error}", f"{make('up')}, or set REDIS_URL to a server that runs")
    if tuple(int(part) for part in str(version).split(".")[:2]) < OLDEST_REDIS:
        return warning(f"version {version} is old", "install Redis 6.2 or later, or any Valkey")
    if not persistence.get("aof_enabled") and not saves:
        return warning(
            f"version {version} keeps nothing on disk: after a restart, workers issue the tokens again within seconds",
            "redis-cli CONFIG SET appendonly yes",
        )
    return ok(f"version {version}, reachable, keeps its data on disk")


def workers() -> Finding:
    """At least one worker is running."""
    alive = Worker.objects.alive().count()
    return (
        ok(f"{words.counted(alive, 'worker')} at work")
        if alive
        else problem("no worker was heard of lately", how_to_start())
    )


def devices() -> Finding:
    """The devices that workers paint on, as they report them; this code does not ask torch."""
    found: list[Any] = list(Worker.objects.alive().values_list("host", "device"))
    if not found:
        return warning("no worker can say what it paints on", how_to_start())
    return ok("; ".join(sorted({f"{host}: {device or 'nothing painted yet'}" for host, device in found})))


def _where_to_look() -> str:
    if connection.vendor != "sqlite":
        return "start the server at DATABASE_URL, or mend DATABASE_URL"
    return f"ls -l {shlex.quote(str(settings.DATABASES['default']['NAME']))}"


def _journal_mode() -> str | None:
    """SQLite's journal mode; None for another database."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
