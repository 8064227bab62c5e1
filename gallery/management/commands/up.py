"""`manage.py up`: everything on one machine, in one command."""

import contextlib
import fcntl
import os
import secrets
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from gallery.processes.embedded_redis import NoServer, command
from gallery.processes.parts import Part, wait_until
from gallery.queueing import reconcile

RESTARTS, RESTARTS_WITHIN = 5, 60.0
ADMIN = "admin"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    """Starts the queue's server, the site and a worker; ends them all on Ctrl-C."""

    help = "Runs everything on this machine. PORT, STYLESITE_DATA and REDIS_URL are honoured."

    def add_arguments(self, parser: Any) -> None:
        """The address to listen at."""
        parser.add_argument("--port", type=int, default=_port(), help="default: PORT, or 8000")
        parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")

    def handle(self, *args: Any, **options: Any) -> None:
        """Starts every part, then watches over them."""
        self.data: Path = settings.DATA
        self.parts: list[Part] = []
        self.worker_starts: list[float] = []
        os.umask(0o077)
        self._lock_data_folder()
        self._refuse_taken_port(options["host"], options["port"])
        for number in STOP_SIGNALS:
            signal.signal(number, _interrupt)
        try:
            self._start(options["host"], options["port"])
            self._watch()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping. A render under way continues next time.")
        finally:
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            for part in reversed(self.parts):
                part.stop()

    def _start(self, host: str, port: int) -> None:
        self._say("Preparing the database")
        call_command("migrate", verbosity=0, interactive=False)
        self._say("Collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        if not os.environ.get("REDIS_URL"):
            self._say("Starting the queue")
            self._start_redis()
        reconcile.start_over(self._workers_before())
        self.lock.truncate(0)
        connections.close_all()
        self._say("Starting the worker and the site")
        self.worker = self._part("worker", [sys.executable, "manage.py", "worker", "--name", _worker_name()])
        self._start_worker()
        self.web = self._part("web", _gunicorn(host, port))
        self.web.start()
        if not wait_until(lambda: _listens(host, port), self.web, 60):
            raise CommandError(self._last_words(self.web))
        self._greet(host, port, _make_admin())

    def _lock_data_folder(self) -> None:
        """Two of these on one data folder would take each other's renders and sockets.

        The file has the names of the workers that were started on this folder, so that after a power cut it is known
        which renders were theirs, and not those of other machines that share the database.
        """
        self.lock = (self.data / "up.lock").open("a+", errors="replace")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            sentence = f"Stylesite is running already on {self.data}: stop it first, or set STYLESITE_DATA."
            raise CommandError(sentence) from error

    def _workers_before(self) -> list[str]:
        """The workers that were started by whoever had the lock before. They ended with it."""
        self.lock.seek(0)
        return self.lock.read().split()

    def _note_worker(self, name: str) -> None:
        self.lock.write(f"{name}\n")
        self.lock.flush()
        os.fsync(self.lock.fileno())

    def _start_redis(self) -> None:
        path = settings.RUNTIME / "redis.sock"
        path.unlink(missing_ok=True)
        try:
            self.redis = self._part("redis", command(path, self.data / "redis"))
        except NoServer as error:
            raise CommandError(str(error)) from error
        self.redis.start()
        if not wait_until(lambda: _answers(path), self.redis, 60):
            raise CommandError(self._last_words(self.redis))

    def _part(self, name: str, words: list[str]) -> Part:
        part = Part(name, words, self.data / "logs" / f"{name}.log")
        self.parts.append(part)
        return part

    def _start_worker(self) -> None:
        self.worker_starts.append(time.monotonic())
        self.worker.command[-1] = _worker_name()
        self._note_worker(self.worker.command[-1])
        self.worker.start()

    def _watch(self) -> None:
        """Restarts the worker when it crashes; ends everything when another part does."""
        while True:
            time.sleep(0.5)
            for part in self.parts:
                if part.is_running:
                    continue
                if part is not self.worker or self._worker_crashes_too_often():
                    raise CommandError(self._last_words(part))
                self.stderr.write(self.style.WARNING(f"The {part.why_it_ended()}\nStarting it again."))
                self._release_what_it_held(part.command[-1])
                self._start_worker()

    def _release_what_it_held(self, worker: str) -> None:
        try:
            reconcile.release(worker)
        except OperationalError as error:
            self.stderr.write(f"What it was painting waits until its lease has run out: {error}")
        connections.close_all()

    def _worker_crashes_too_often(self) -> bool:
        recent = [start for start in self.worker_starts if time.monotonic() - start < RESTARTS_WITHIN]
        return len(recent) >= RESTARTS

    def _last_words(self, part: Part) -> str:
        if part.is_running:
            return f"The {part.name} does not answer; see {part.log}."
        return f"The {part.why_it_ended()}"

    def _refuse_taken_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} of {host} is not free ({error.strerror}): choose another, as in `make up PORT=8080`."
                ) from error

    def _greet(self, host: str, port: int, password: str | None) -> None:
        address = f"http://{host}:{port}"
        self.stdout.write(self.style.SUCCESS(f"\nStylesite is at {address}"))
        if password:
            self.stdout.write(f"Admin at {address}/admin/ with the name {ADMIN} and the password {password}")
            self.stdout.write("(shown only this once; `python manage.py changepassword admin` sets another)")
        self.stdout.write(f"Data and logs are in {self.data}. Ctrl-C ends everything.")

    def _say(self, line: str) -> None:
        self.stdout.write(f"{line} ...")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(f"PORT is {text}, and should be a number from 1 to 65535.")
    return int(text)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _worker_name() -> str:
    return f"{socket.gethostname()}.{secrets.token_hex(4)}"


def _gunicorn(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "stylesite.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", "2", "--threads", "8", "--keep-alive", "15", "--timeout", "120", "--graceful-timeout", "3",
        "--no-control-socket",
    ]  # fmt: skip


def _make_admin() -> str | None:
    """At the first start, makes the admin and gives the password."""
    users = get_user_model().objects
    if users.exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(ADMIN, password=password)  # type: ignore[attr-defined]
    return password


def _answers(path: Path) -> bool:
    with contextlib.suppress(redis.RedisError, OSError):
        return bool(redis.Redis(unix_socket_path=str(path), socket_timeout=2).ping())
    return False


def _listens(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False
