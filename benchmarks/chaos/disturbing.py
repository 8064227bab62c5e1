"""What is done to the renders while they are painted: whatever can be killed, emptied, restarted or locked is."""

import argparse
import collections
import contextlib
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import redis
from django.conf import settings
from django.db import OperationalError

from gallery.models import Render
from gallery.processes.embedded_redis import command
from gallery.processes.parts import Part, wait_until
from gallery.queueing import reconcile

SMALL, LARGE = "small", "large"
WORKERS = (SMALL, LARGE)
LITTLE = {"STYLESITE_MEMORY": "2GiB", "STYLESITE_VGG19_WEIGHTS": "nowhere.safetensors"}  # what a small worker has
MOST_CRASHES = 2  # in a row, after which we spare a render until it has got further: five would fail it
PAUSE = 2.5  # seconds at least, on average, between two disturbances: a worker takes that long to start
HURRIED = 1.0  # seconds at most, if renders finish faster than the disturbances come
EARLIER = 0.7  # the share of renders that may be done before the last disturbance
PATIENCE = 300.0  # seconds for the rest, once the disturbances are over


@dataclass
class Chaos:
    """The server and the workers, and what happens to them."""

    chance: random.Random
    leases: int  # kills of a whole machine that nobody reports
    counts: collections.Counter[str] = field(default_factory=collections.Counter)
    workers: list[Part] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)

    def start(self) -> None:
        """Starts everything, as `up` does."""
        self.socket = settings.RUNTIME / "redis.sock"
        self.redis = Part("redis", command(self.socket, settings.DATA / "redis"), settings.DATA / "logs" / "redis.log")
        self._start_redis()
        self.workers = list(map(_started_worker, WORKERS))

    def stop(self) -> None:
        """Stops everything, in order."""
        for part in (*self.workers, self.redis):
            part.stop()

    def watch(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Restarts workers that crash, for some seconds or until something is true; returns whether it became true."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if until():
                return True
            for number, worker in enumerate(self.workers):
                if not worker.is_running:
                    self._release(worker)
                    self.workers[number] = _started_worker(WORKERS[number])
            time.sleep(0.05)
        return until()

    def kill_painting_process(self) -> None:
        """Kills a painting process."""
        _, process = self._victim()
        os.kill(process, signal.SIGKILL)

    def kill_worker(self) -> None:
        """Kills a worker; the kernel tells its painting process, which hands the render back."""
        worker, _ = self._victim()
        _kill(worker)

    def kill_machine(self) -> None:
        """Kills a worker and its painting process at once, like a power cut. Nobody reports some of these."""
        worker, process = self._victim()
        os.kill(_pid(worker), signal.SIGSTOP)  # so that it cannot repair anything
        os.kill(process, signal.SIGKILL)
        _kill(worker)
        if self.leases:
            self.leases -= 1
            self.silent.add(worker.name)

    def empty_redis(self) -> None:
        """Empties Redis."""
        redis.Redis(unix_socket_path=str(self.socket)).flushall()

    def restart_redis(self) -> None:
        """Kills Redis the first time, shuts it down the next; it is away for two seconds."""
        if self.counts["Redis restarted"] % 2:
            self.redis.stop()
        else:
            _kill(self.redis)
        self.watch(2.0)
        self._start_redis()

    def lock_database(self, seconds: float) -> None:
        """Opens another connection, which writes and holds the lock."""
        other = sqlite3.connect(str(settings.DATABASES["default"]["NAME"]), isolation_level=None, timeout=30)
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        other.execute("ROLLBACK")
        other.close()

    def _victim(self) -> tuple[Part, int]:
        """A busy worker and its painting process. Raises Over when nothing is left to paint."""
        found: list[tuple[Part, int]] = []

        def look() -> bool:
            spared = set(Render.objects.running().filter(crashes__gt=MOST_CRASHES).values_list("worker", flat=True))
            at_risk = [worker for worker in self.workers if worker.name not in spared]
            found[:] = [(worker, process) for worker in at_risk for process in _painting_processes(worker)]
            return bool(found) or all_over()

        self.watch(PATIENCE, look)
        if not found:
            raise Over
        return self.chance.choice(found)

    def _release(self, worker: Part) -> None:
        """Hands back the worker's render, as `up` does; if the database is locked, the lease runs out instead."""
        if worker.name not in self.silent:
            with contextlib.suppress(OperationalError):
                reconcile.release(worker.name)

    def _start_redis(self) -> None:
        self.socket.unlink(missing_ok=True)
        self.redis.start()
        if not wait_until(self._redis_answers, self.redis, 60):
            raise RuntimeError(self.redis.why_it_ended())

    def _redis_answers(self) -> bool:
        with contextlib.suppress(redis.RedisError):
            return bool(redis.Redis(unix_socket_path=str(self.socket)).ping())
        return False


class Over(Exception):
    """All renders are over, although some disturbances are left."""


def disturb(chaos: Chaos, options: argparse.Namespace, seconds: float) -> list[tuple[str, int]]:
    """Disturbs in random order, at moments spread over at least `seconds`; returns what was planned."""
    machines, workers = options.kills // 5, options.kills * 3 // 10
    plan: list[tuple[str, int, Callable[[], None]]] = [
        ("painting processes killed", options.kills - machines - workers, chaos.kill_painting_process),
        ("workers killed", workers, chaos.kill_worker),
        ("both killed at once", machines, chaos.kill_machine),
        ("Redis emptied", options.emptied, chaos.empty_redis),
        ("Redis restarted", options.restarts, chaos.restart_redis),
        ("database locked", int(options.locked > 0), lambda: chaos.lock_database(options.locked)),
    ]
    disturbances = [(what, act) for what, many, act in plan for _ in range(many)]
    chaos.chance.shuffle(disturbances)
    pause = max(PAUSE, 0.6 * seconds / max(1, len(disturbances)))
    chaos.watch(PATIENCE, lambda: Render.objects.running().exists())
    with contextlib.suppress(Over):
        for number, (what, act) in enumerate(disturbances):
            late = Render.objects.finished().count() / options.renders > EARLIER * number / len(disturbances)
            chaos.watch(chaos.chance.uniform(0, HURRIED if late else 2 * pause), all_over)
            if all_over():
                break
            act()
            chaos.counts[what] += 1
    return [(what, many) for what, many, _ in plan]


def all_over() -> bool:
    """Whether no render is left to be painted."""
    return not Render.objects.unfinished().exists()


def _started_worker(kind: str) -> Part:
    name = f"{kind}.{random.getrandbits(32):08x}"
    words = ["env", *(f"{setting}={value}" for setting, value in LITTLE.items())] if kind == SMALL else []
    words += [sys.executable, "manage.py", "worker", "--name", name]
    worker = Part(name, words, settings.DATA / "logs" / f"{name}.log")
    worker.start()
    return worker


def _pid(part: Part) -> int:
    if part.process is None:
        raise RuntimeError(f"{part.name} was never started")
    return part.process.pid


def _kill(part: Part) -> None:
    os.kill(_pid(part), signal.SIGKILL)
    if part.process is not None:
        part.process.wait()


def _painting_processes(worker: Part) -> list[int]:
    """The painting processes of a worker."""
    if not worker.is_running:
        return []
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{_pid(worker)}/task/{_pid(worker)}/children").read_text()
        return [int(word) for word in children.split()]
    return []
