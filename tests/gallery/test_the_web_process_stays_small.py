"""The web process answers requests without ever importing torch."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, sys
from wsgiref.util import setup_testing_defaults
from stylesite.wsgi import application

answers = {}
for address in ("/", "/new/", "/queue/", "/pictures/", "/make/clouds/", "/admin/login/", "/healthz"):
    environ = {"PATH_INFO": address, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    body = application(environ, lambda status, headers, *rest: answers.update({address: status[:3]}))
    b"".join(body)
heavy = sorted({"torch", "torchvision", "transfer.engine.render", "av"} & set(sys.modules))
print(json.dumps({"answers": answers, "heavy": heavy}))
"""


@pytest.mark.django_db(transaction=True)
def test_torch_is_not_imported(subprocess_environment: dict[str, str]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=subprocess_environment, capture_output=True, text=True, check=True
    )

    found = json.loads(result.stdout.splitlines()[-1])
    assert found["heavy"] == []
    assert found["answers"].pop("/healthz") in ("200", "503")
    assert set(found["answers"].values()) == {"200"}
