"""`manage.py up`: everything on one machine, in one command."""

import fcntl
import os
import secrets
import signal
import sys
import time
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, OperationalError, connections

from gallery.processes import embedded_redis, ports, running
from gallery.processes.names import worker_name
from gallery.processes.parts import Part, wait_until
from gallery.processes.pasted import manage
from gallery.queueing import reconcile

RESTARTS, RESTARTS_WITHIN = 5, 60.0
ADMIN = "admin"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    """Starts the queue's server, the site and a worker; ends them all on Ctrl-C."""

    help = "Runs everything on this machine. PORT, STYLESITE_DATA and REDIS_URL are honoured."

    def add_arguments(self, parser: Any) -> None:
        """The address to listen at."""
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: PORT, or 8000")
        parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")

    def handle(self, *args: Any, **options: Any) -> None:
        """Starts every part, then watches over them."""
        self.data: Path = settings.DATA
        self.is_asked_to_stop = False
        self.parts: list[Part] = []
        self.worker_starts: list[float] = []
        self.instant_starts: list[float] = []
        os.umask(0o077)
        self._lock_data_folder()
        self._check_redis()
        host, port = options["host"], self._free_port(options["host"], options["port"])
        for number in STOP_SIGNALS:
            signal.signal(number, self._interrupt)
        try:
            with running.noted(host, port):
                self._start(host, port)
                self._watch()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping. An unfinished render resumes next time.")
        except OSError as error:
            raise CommandError(f"{error.filename or 'The system'}: {error.strerror or error}.") from error
        finally:
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            for part in reversed(self.parts):
                part.stop()

    def _start(self, host: str, port: int) -> None:
        self._say("Preparing the database")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except Error as error:
            complaint = " ".join(str(error).split())
            raise CommandError(
                f"The database cannot be used: {complaint}. For more, type\n{manage('doctor')}"
            ) from error
        self._say("Collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        if self.needs_redis:
            self._say("Starting the queue")
            self._start_redis()
        reconcile.start_over(self._workers_before())
        self.lock.truncate(0)
        connections.close_all()
        self._say("Starting the worker and the site")
        self.worker = self._part(
            "worker", [sys.executable, "manage.py", "worker", "--name", worker_name(secrets.token_hex(4))]
        )
        self._start_worker()
        self.web = self._part("web", _gunicorn(host, port))
        self.web.start()
        if not wait_until(lambda: ports.listens(host, port), self.web, 60):
            raise CommandError(self._last_words(self.web))
        self.instant = self._part("instant", [sys.executable, "manage.py", "instant"])
        self._start_instant()
        self._greet(host, port, _make_admin())

    def _lock_data_folder(self) -> None:
        """Two of these on one data folder would take each other's renders and sockets.

        The file has the names of the workers that were started on this folder, so that after a power cut it is known
        which renders were theirs, and not those of other machines that share the database.
        """
        path = self.data / "up.lock"
        try:
            self.lock = path.open("a+", errors="replace")
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(_already_running(self.data)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be locked: {error.strerror}.") from error

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
        try:
            if embedded_redis.stop_left_over(path):
                self.stdout.write("The queue of an earlier start was still running: it has been stopped.")
            path.unlink(missing_ok=True)
            self.redis = self._part("redis", embedded_redis.command(path, self.data / "redis"))
        except embedded_redis.NoServer as error:
            raise CommandError(str(error)) from error
        self.redis.start()
        if not wait_until(lambda: embedded_redis.answers(path), self.redis, 60):
            raise CommandError(self._last_words(self.redis))

    def _part(self, name: str, words: list[str]) -> Part:
        part = Part(name, words, self.data / "logs" / f"{name}.log")
        self.parts.append(part)
        return part

    def _start_worker(self) -> None:
        self.worker_starts.append(time.monotonic())
        self.worker.command[-1] = worker_name(secrets.token_hex(4))
        self._note_worker(self.worker.command[-1])
        self.worker.start()

    def _watch(self) -> None:
        """Restarts what paints when it crashes; ends everything when another part does."""
        while True:
            self._stop_if_asked()
            time.sleep(0.5)
            for part in list(self.parts):
                if part.is_running:
                    continue
                if part is self.instant:
                    self._start_instant_again()
                    continue
                if part is not self.worker or _too_often(self.worker_starts):
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

    def _start_instant(self) -> None:
        self.instant_starts.append(time.monotonic())
        self.instant.start()

    def _start_instant_again(self) -> None:
        """Unless it has crashed too often: previews do without it."""
        if _too_often(self.instant_starts):
            self.parts.remove(self.instant)
            follows = "The studio goes on without instant pictures."
        else:
            follows = "Starting it again."
        self.stderr.write(self.style.WARNING(f"The {self.instant.why_it_ended()}\n{follows}"))
        if self.instant in self.parts:
            self._start_instant()

    def _last_words(self, part: Part) -> str:
        if part.is_running:
            return f"The {part.name} does not answer; see {part.log}."
        return f"The {part.why_it_ended()}"

    def _check_redis(self) -> None:
        """A server of one's own is used, and has to be there."""
        self.needs_redis = not os.environ.get("REDIS_URL")
        if self.needs_redis:
            return
        try:
            redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5, socket_timeout=5).ping()
        except (redis.RedisError, OSError) as error:
            raise CommandError(
                f"There is no Redis at REDIS_URL ({error}): start it, or unset REDIS_URL, and one is started for you."
            ) from error
        self.stdout.write("Using the Redis at REDIS_URL.")

    def _free_port(self, host: str, port: int) -> int:
        """The port that is wanted, or the next free one."""
        if not 0 < port < 65536:
            raise CommandError(f"--port is {port}, and should be a number from 1 to 65535.")
        try:
            if ports.is_free(host, port):
                return port
            found = ports.next_free(host, port)
        except ports.NoPort as error:
            raise CommandError(str(error)) from error
        other = running.at_port(port)
        owner = f"the Stylesite of {other.data}" if other else "another program"
        self.stdout.write(self.style.WARNING(f"Port {port} is taken by {owner}: this one gets {found}."))
        return found

    def _greet(self, host: str, port: int, password: str | None) -> None:
        address = running.address(host, port)
        self.stdout.write(self.style.SUCCESS(f"\nStylesite is at {address}"))
        if password:
            self.stdout.write(
                f"\nLog in with the name {ADMIN} and the password {password}"
                f"\nThis is shown only once. To choose another password, type\n  {manage('changepassword', ADMIN)}"
            )
        self.stdout.write(f"\nData and logs are in {self.data}. Ctrl-C ends everything.")

    def _say(self, line: str) -> None:
        self._stop_if_asked()
        self.stdout.write(f"{line} ...")

    def _interrupt(self, number: int, frame: object) -> None:
        self.is_asked_to_stop = True
        raise KeyboardInterrupt

    def _stop_if_asked(self) -> None:
        """Python drops an interrupt that is raised where an object is cleared away."""
        if self.is_asked_to_stop:
            raise KeyboardInterrupt


def _too_often(starts: list[float]) -> bool:
    recent = [start for start in starts if time.monotonic() - start < RESTARTS_WITHIN]
    return len(recent) >= RESTARTS


def _already_running(data: Path) -> str:
    """That another one has this data folder, where it is, and how to end it."""
    found = running.of_this_folder()
    if found is None:
        return f"Stylesite is running already on {data}: stop it first, or choose another folder with STYLESITE_DATA."
    return (
        f"Stylesite is running already on {data}, at {found.address}. To stop it, press Ctrl-C where it runs, or type "
        f"`kill {found.pid}`; to run another one, choose another folder with STYLESITE_DATA."
    )


def _gunicorn(host: str, port: int) -> list[str]:
    name = f"[{host}]" if ":" in host else host
    return [
        sys.executable, "-m", "gunicorn", "stylesite.wsgi:application", "--bind", f"{name}:{port}",
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
