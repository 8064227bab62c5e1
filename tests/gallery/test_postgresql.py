"""Everything works on PostgreSQL too: migrations, the order of the queue, the gallery's queries, the fence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.postgres import programs, throwaway_server
from tests.conftest import PATIENCE


@pytest.mark.parametrize("module", ["postgres_walk", "postgres_races"])
def test_the_site_runs_on_postgresql(module: str, tmp_path: Path) -> None:
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL's server is not installed: `apt install postgresql` runs this test too")
    with throwaway_server(folder) as url:
        environment = {**os.environ, "DATABASE_URL": url, "STYLESITE_DATA": str(tmp_path)}
        words = [sys.executable, "-m", f"tests.gallery.{module}"]
        found = subprocess.run(
            words, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=PATIENCE
        )
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("address", ["mysql://somewhere/x", "postgresql://host:port/x", "x"])
def test_an_address_that_is_none_is_refused_with_a_sentence(
    address: str, subprocess_environment: dict[str, str]
) -> None:
    environment = {**subprocess_environment, "DATABASE_URL": address}
    words = [sys.executable, "manage.py", "check"]

    found = subprocess.run(words, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)

    assert found.returncode != 0
    assert "DATABASE_URL is wrong" in found.stderr
