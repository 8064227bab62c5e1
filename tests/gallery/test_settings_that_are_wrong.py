"""Settings that are wrong end every program at once: a sentence each, all of them together, and exit code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRONG = {
    "PORT": "eighty",
    "TZ": "CST",
    "REDIS_URL": "localhost:6379",
    "DATABASE_URL": "mysql://localhost/x",
    "STYLESITE_HOSTS": "https://pictures.example.org/",
    "STYLESITE_ORIGINS": "pictures.example.org",
    "STYLESITE_PROXIES": "-1",
    "STYLESITE_PREFIX": "/a b",
    "STYLESITE_MEMORY": "plenty",
    "STYLESITE_CHECKPOINTS": "9" * 400,
    "STYLESITE_FILM_FRAMES": "1",
    "STYLESITE_FILM_SECONDS": "an hour",
    "STYLESITE_FILM_SIZE": "4K",
    "STYLESITE_CLIP_BYTES": "0",
    "STYLESITE_DEBUG": "perhaps",
    "STYLESITE_KINDS": "nowhere.at_all:KIND",
}
PROGRAMS = {
    "up": ["manage.py", "up"],
    "worker": ["manage.py", "worker"],
    "manage.py": ["manage.py", "check"],
    "gunicorn": ["-m", "gunicorn", "stylesite.wsgi:application", "--bind", "127.0.0.1:0", "--no-control-socket"],
    "another server": ["-c", "import stylesite.wsgi"],
}


def run(words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("program", PROGRAMS)
def test_all_of_them_are_told_at_once(program: str, subprocess_environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = str(tmp_path / "file" / "data")

    result = run(PROGRAMS[program], {**subprocess_environment, **WRONG, "STYLESITE_DATA": data})

    assert result.returncode == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert {line.split(" ")[0] for line in lines} == {"STYLESITE_DATA", *WRONG}
    assert len(lines) == len(WRONG) + 1
    assert all(line.endswith(".") and len(line) < 200 for line in lines)


def test_the_doctor_shows_them_and_goes_on(subprocess_environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = str(tmp_path / "file" / "data")

    result = run(["manage.py", "doctor"], {**subprocess_environment, **WRONG, "STYLESITE_DATA": data})

    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    first = result.stdout.splitlines()[0]
    assert first.startswith("problem")
    assert all(f"{name} " in first for name in (*WRONG, "STYLESITE_DATA"))
    assert "orphaned files" in result.stdout


@pytest.mark.parametrize("folder", ["/proc", "/proc/nowhere", "/dev/null/data", "\udcff", "~nobody-has-this-name/data"])
def test_a_data_folder_that_cannot_be(folder: str, subprocess_environment: dict[str, str]) -> None:
    environment = {**subprocess_environment, "STYLESITE_DATA": folder}

    result, doctor = (run(["manage.py", word], environment) for word in ("check", "doctor"))

    assert result.returncode == 2
    assert result.stderr.startswith("STYLESITE_DATA is ")
    assert result.stderr.count("\n") == 1
    assert (doctor.returncode, "Traceback" in doctor.stderr) == (1, False)


def test_a_variable_that_nothing_reads_is_named_by_the_doctor(subprocess_environment: dict[str, str]) -> None:
    result = run(["manage.py", "doctor"], {**subprocess_environment, "STYLESITE_HOST": "pictures.example.org"})

    assert "nothing here reads STYLESITE_HOST\n" in result.stdout
    assert "did you mean STYLESITE_HOSTS for STYLESITE_HOST?" in result.stdout


def test_a_password_in_an_address_is_not_told(subprocess_environment: dict[str, str]) -> None:
    addresses = {"REDIS_URL": "redis://:secret@host:many/0", "DATABASE_URL": "postgres://me:secret@host:many/x"}

    result = run(["manage.py", "check"], {**subprocess_environment, **addresses})

    assert result.returncode == 2
    assert result.stderr.count("\n") == 2
    assert "secret" not in result.stderr


def test_a_folder_for_sockets_that_is_not_there_is_done_without(subprocess_environment: dict[str, str]) -> None:
    program = "from django.conf import settings; print(settings.RUNTIME)"
    environment = {**subprocess_environment, "XDG_RUNTIME_DIR": "/nowhere/1000", "TMPDIR": "/tmp"}  # noqa: S108

    result = run(["-c", program], {**environment, "DJANGO_SETTINGS_MODULE": "stylesite.settings"})

    assert result.stdout.startswith(f"/tmp/stylesite-{os.getuid()}-"), result.stderr  # noqa: S108
    Path(result.stdout.strip()).rmdir()
