"""The process around the work: an rq worker that forks painting processes, and looks after the queue.

Redis may be restarted or emptied at any time. What this worker only tells Redis is then lost and told again later; a
render under way goes on. What its painting process has left undone, it puts right in the database. That process is
what rq calls a work-horse.
"""

import contextlib
import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import rq
from django.db import connections
from redis.exceptions import RedisError
from rq import worker_registration
from rq.job import Job
from rq.queue import Queue
from rq.worker import WorkerStatus

import gallery.painting.claiming  # noqa: F401 -- what is run in a fork: torch is imported once, before
from gallery.models import Render
from gallery.painting import heartbeat, oom
from gallery.processes.parts import end_with_parent
from gallery.queueing import crashes, reconcile
from gallery.queueing.calibrating import Calibration
from gallery.queueing.needs import doable_by
from gallery.queueing.queue import issue_token
from gallery.queueing.trouble import DATABASE_TROUBLE
from gallery.queueing.workers import reported
from transfer.process import keep_freed_memory

logger = logging.getLogger(__name__)
LOOK_AFTER_THE_QUEUE_EVERY = 5  # seconds
LOOK_FOR_WORK_EVERY = 0.5  # while all that waits is for other workers
STOPS_WITHIN = 3.5  # seconds to put away a state; a machine that is taken away gives little more
SAID_NOTHING = "exited without reporting an error"
WORKER_TTL = LOOK_AFTER_THE_QUEUE_EVERY + 15  # an idle rq worker wakes 15 s before its time to live is over


class RenderWorker(rq.Worker):
    """An rq worker whose painting processes inherit torch already imported.

    The parent must never run a torch operation: torch's threads do not survive a fork.
    """

    max_connection_wait_time = 5.0  # so that it is back soon after Redis is

    def __init__(self, *args: Any, **options: Any) -> None:
        defaults = {
            "job_monitoring_interval": LOOK_AFTER_THE_QUEUE_EVERY,
            "maintenance_interval": LOOK_AFTER_THE_QUEUE_EVERY - 1,
            "worker_ttl": WORKER_TTL,
        }
        super().__init__(*args, **{**defaults, **options})
        self._how_it_ended = 0
        self._memory_kills = oom.Lately()
        self._calibration = Calibration()

    def subscribe(self) -> None:
        """Takes no commands over Redis: rows say what is to be done, and a thread that listens has no place in a
        process that forks. It may hold a lock at that moment, or keep the process from ending."""

    # What is done every few seconds, idle or busy

    def run_maintenance_tasks(self) -> None:
        """Looks after the queue while idle; rq asks for it at the start and after every wait for a token."""
        self._look_after_the_queue()
        with _redis_may_be_away():
            super().run_maintenance_tasks()

    def maintain_heartbeats(self, job: Job, execution: Any) -> None:
        """Looks after the queue while a render is painted."""
        with _redis_may_be_away():
            super().maintain_heartbeats(job, execution)
        self._memory_kills.look()
        self._look_after_the_queue()

    def _look_after_the_queue(self) -> None:
        """Leaves no open database connection behind: two processes must not share one, and a fork may come next."""
        with _redis_may_be_away():
            self._register_again()
        if not self.horse_pid:
            self._note_crash(SAID_NOTHING)
        reconcile.reconcile(self.name)
        self._calibrate()
        connections.close_all()

    def _calibrate(self) -> None:
        """Has this machine's speed measured, where it is not known well: at the start, once the device was told, or
        once nothing else runs."""
        with contextlib.suppress(*DATABASE_TROUBLE):
            here = reported(self.name)
            self._calibration.start_where_needed(here.device, not self.horse_pid and here.slowed == 1)

    def _register_again(self) -> None:
        """A Redis that was emptied has forgotten this worker."""
        if self.connection.hexists(self.key, "birth"):
            return
        with self.connection.pipeline() as pipeline:
            pipeline.hset(self.key, mapping={**self.serialize(), "state": self.get_state()})
            pipeline.expire(self.key, self.worker_ttl + 60)
            worker_registration.register(self, pipeline)
            pipeline.execute()

    # Tokens

    def dequeue_job_and_maintain_ttl(self, *args: Any, **options: Any) -> Any:
        """Takes no token while all that waits is for others, so that they find one."""
        self.set_state(WorkerStatus.IDLE)
        while self._waits_for_others_only():
            self.heartbeat()
            if self.should_run_maintenance_tasks:
                self.run_maintenance_tasks()
            time.sleep(LOOK_FOR_WORK_EVERY)
        return super().dequeue_job_and_maintain_ttl(*args, **options)

    def _waits_for_others_only(self) -> bool:
        """Whether renders wait and this worker can do none of them; False where the database cannot be asked."""
        try:
            waiting = Render.objects.claimable()
            return waiting.exists() and not waiting.filter(doable_by(reported(self.name))).exists()
        except DATABASE_TROUBLE:
            return False
        finally:
            connections.close_all()

    # The painting process

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Forks with no open database connection, and puts right what the painting process may have left undone."""
        connections.close_all()
        self._memory_kills = oom.Lately()
        self._how_it_ended = 0
        with _redis_may_be_away():
            super().execute_job(job, queue)
        signal_number = os.WTERMSIG(self._how_it_ended) if os.WIFSIGNALED(self._how_it_ended) else 0
        if self._shutdown_requested_date is not None:
            self._hand_back()
        elif signal_number == signal.SIGKILL and self._memory_kills.has_risen():
            self._note_crash("", for_memory=True)
        elif signal_number:
            self._note_crash(f"was killed ({signal.Signals(signal_number).name})")
        else:
            self._note_crash(SAID_NOTHING)
        connections.close_all()

    def wait_for_horse(self) -> tuple[int | None, int | None, Any]:
        """Remembers how the painting process ended; rq asks Redis before it says so, which may be away."""
        pid, status, usage = super().wait_for_horse()
        self._how_it_ended = status or 0
        return pid, status, usage

    def _note_crash(self, how: str, for_memory: bool = False) -> None:
        """Renders that are still this worker's, now that no painting process runs, wait again, or fail."""
        held = Render.objects.held_by(self.name)
        try:
            if not held.exists():
                return
            if for_memory:
                crashes.retry_with_less_memory(held)
            else:
                crashes.retry_after_crash(held, how)
        except DATABASE_TROUBLE as error:
            logger.warning("worker %s will hand its render back later: %s", self.name, error)

    def _hand_back(self) -> None:
        """What a painting process that did not stop in time has left waits again, and that counts as no crash."""
        try:
            if Render.objects.held_by(self.name).let_wait_again():
                issue_token()
        except DATABASE_TROUBLE as error:
            logger.warning("worker %s leaves its render until the lease has run out: %s", self.name, error)

    def setup_work_horse_signals(self) -> None:
        """The painting process, told to stop, finishes its iteration and hands its render back."""
        super().setup_work_horse_signals()
        signal.signal(signal.SIGTERM, heartbeat.stop_soon)
        end_with_parent()
        oom.take_me_first()
        keep_freed_memory()
        gc.freeze()  # what it shares with its parent would be copied if it were looked at

    # Stopping

    def handle_warm_shutdown_request(self) -> None:
        """Passes a request to stop on to the painting process; rq alone would wait until the render is finished.

        One that does not react is killed in time: its last checkpoint is what the next one starts from.
        """
        if self.horse_pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.horse_pid, signal.SIGTERM)
            deadline = threading.Timer(STOPS_WITHIN, self._kill_if_there, [self.horse_pid])
            deadline.daemon = True
            deadline.start()

    def _kill_if_there(self, pid: int) -> None:
        if self.horse_pid == pid:
            self.kill_horse()

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Forks; a request to stop that came just before there was a painting process reaches it now."""
        super().fork_work_horse(job, queue)
        if self._shutdown_requested_date is not None:
            self.handle_warm_shutdown_request()

    def teardown(self) -> None:
        """Ends in order even where Redis or the database is away."""
        with _redis_may_be_away():
            super().teardown()
        with contextlib.suppress(*DATABASE_TROUBLE):
            reconcile.unregister(self.name)
        connections.close_all()

    # What rq tells Redis now and then, which may be lost

    def heartbeat(self, *args: Any, **options: Any) -> None:
        """This worker lives."""
        with _redis_may_be_away():
            super().heartbeat(*args, **options)

    def set_state(self, *args: Any, **options: Any) -> None:
        """What this worker does."""
        with _redis_may_be_away():
            super().set_state(*args, **options)

    def set_shutdown_requested_date(self) -> None:
        """That this worker was told to stop."""
        with _redis_may_be_away():
            super().set_shutdown_requested_date()

    def check_for_suspension(self, burst: bool) -> None:
        """Whether somebody suspended all workers; nobody did where Redis cannot say so."""
        with _redis_may_be_away():
            super().check_for_suspension(burst)


@contextlib.contextmanager
def _redis_may_be_away() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        logger.warning("Redis cannot be reached: %s", error)
