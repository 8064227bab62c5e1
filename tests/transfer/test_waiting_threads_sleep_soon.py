import ast
import os
import subprocess
import sys

import pytest
from django.conf import settings

CODE = (
    "import os, sys\nfrom transfer.process import yield_the_processor\nyield_the_processor()\n"
    "print('torch' in sys.modules, {name: os.environ.get(name) for name in ('OMP_WAIT_POLICY', 'GOMP_SPINCOUNT')})"
)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, (None, "1000")),
        ({"GOMP_SPINCOUNT": "7"}, (None, "7")),
        ({"OMP_WAIT_POLICY": "ACTIVE"}, ("ACTIVE", None)),
    ],
)
def test_what_the_environment_says_goes_before_what_the_program_prefers(given, found):
    untouched = {name: value for name, value in os.environ.items() if name not in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT")}
    words = [sys.executable, "-c", CODE]
    out = subprocess.run(
        words, cwd=settings.BASE_DIR, env=untouched | given, capture_output=True, text=True, check=True
    )
    has_torch, settled = out.stdout.split(maxsplit=1)
    assert has_torch == "False"
    assert tuple(ast.literal_eval(settled).values()) == found


def test_the_tests_themselves_yield():
    assert os.environ.get("GOMP_SPINCOUNT") or os.environ.get("OMP_WAIT_POLICY")
