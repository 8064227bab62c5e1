"""Where the tests run: a fresh data folder and their own queue. Pytest loads this before the settings are read."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from transfer.process import yield_the_processor

DATA = Path(tempfile.mkdtemp(prefix="stylesite-tests-"))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

yield_the_processor()
OTHER = ("CAPTURE", "SECRET_KEY", "HOSTS", "ORIGINS", "PROXIES", "PREFIX", "KINDS")
WEIGHTS = ("VGG16_WEIGHTS", "VGG19_WEIGHTS", "GOOGLENET_WEIGHTS")
FILMS = ("FILM_FRAMES", "FILM_SECONDS", "FILM_SIZE", "CLIP_BYTES")
for name in ("DATABASE_URL", "REDIS_URL", "PORT", *(f"STYLESITE_{each}" for each in (*OTHER, *WEIGHTS, *FILMS))):
    os.environ.pop(name, None)
os.environ["STYLESITE_DATA"] = str(DATA)
os.environ["XDG_CACHE_HOME"] = str(DATA / "cache")
os.environ["XDG_RUNTIME_DIR"] = str(DATA)
# Playwright's synchronous API runs an event loop in the thread that also uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
