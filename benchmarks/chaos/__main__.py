"""`make chaos`: renders while every part crashes that can, and checks the results.

It kills workers and their painting processes, empties and restarts Redis, and locks the database, all at random
moments. One worker is small and has no VGG-19, the other has random weights in its place. Afterwards every render must
be completed and published once, only workers that can do it may have claimed it, and it must have the same pixels as
when nothing disturbs it. It uses its own data folder and its own Redis. The exit code is 1 if anything is wrong.
"""

import argparse
import atexit
import logging
import os
import random
import shutil
import sys
import tempfile
import time

import django

if __name__ == "__main__":  # its own folder, set before the settings are read; one thread, so that pixels are equal
    _data = tempfile.mkdtemp(prefix="stylesite-chaos-")
    os.environ |= {"STYLESITE_DATA": _data, "XDG_RUNTIME_DIR": _data, "OMP_NUM_THREADS": "1"}
    os.environ["STYLESITE_VGG19_WEIGHTS"] = f"{_data}/vgg19.safetensors"
    os.environ["DJANGO_SETTINGS_MODULE"] = "stylesite.settings"
    os.environ.pop("REDIS_URL", None)
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from safetensors.torch import save_file

from benchmarks.chaos.checks import NOTE_CLAIMS_AND_PUBLICATIONS, found
from benchmarks.chaos.disturbing import PATIENCE, WORKERS, Chaos, all_over, disturb
from benchmarks.chaos.jobs import jobs_of, paint_undisturbed, submitted
from benchmarks.random_vgg import random_vgg19
from benchmarks.table import print_table
from gallery.models import Render


def main() -> int:
    """Paints undisturbed, then disturbed, and compares."""
    options = _options()
    logging.getLogger("gallery").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0, interactive=False)
    connection.ensure_connection()
    save_file(random_vgg19("relu2_1"), os.environ["STYLESITE_VGG19_WEIGHTS"])
    connection.connection.executescript(NOTE_CLAIMS_AND_PUBLICATIONS)
    jobs = jobs_of(options.renders, options.iterations)
    began = time.monotonic()
    paint_undisturbed(jobs, len(WORKERS))
    undisturbed = time.monotonic() - began
    chance = random.Random(options.seed)  # noqa: S311 -- to be repeated, not to be secret
    chaos = Chaos(chance, options.leases)
    began = time.monotonic()
    try:
        chaos.start()
        rows = submitted(jobs)
        asked = disturb(chaos, options, undisturbed)
        chaos.watch(PATIENCE, all_over)
    finally:
        chaos.stop()
    disturbed = time.monotonic() - began
    print_table("Done to it", ({"what": what, "asked": many, "done": chaos.counts[what]} for what, many in asked))
    faults = print_table("Found", found(jobs, rows, asked, chaos.counts))
    repeats = sum(Render.objects.values_list("attempt", flat=True)) - len(rows)
    print(f"{undisturbed:.0f} s undisturbed, {disturbed:.0f} s disturbed, {repeats} attempts more than renders.")
    print(f"Notes on rows: {sorted({note for notes in Render.objects.values_list('notes') for note in notes[0]})}")
    if any(row["verdict"] != "ok" for row in faults):
        print(f"Data and logs are in {settings.DATA}.")
        return 1
    atexit.register(shutil.rmtree, settings.DATA, ignore_errors=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renders", type=int, default=20)
    parser.add_argument("--iterations", type=int, default=300, help="more of them make renders longer")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--leases", type=int, default=1, help="kills after which only the lease tells that it happened")
    parser.add_argument("--emptied", type=int, default=2, help="how often Redis is emptied")
    parser.add_argument("--restarts", type=int, default=2, help="how often Redis is restarted")
    parser.add_argument("--locked", type=float, default=5.0, help="seconds for which the database is locked")
    parser.add_argument("--seed", type=int, default=0, help="of the moments and of what happens at them")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
