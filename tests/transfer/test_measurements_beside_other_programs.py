"""A measurement notes how busy others kept the machine; one beside fewer others takes its place."""

import os
from dataclasses import replace

import pytest
import torch

from transfer.devices import describe
from transfer.planning import busy, speeds
from transfer.planning.busy import Work
from transfer.planning.planner import Speed
from transfer.style import calibration

CPU = torch.device("cpu")
CLEAN = Speed(iteration=0.02, look=1e-7, paint=5e-7)
SPOILT = replace(CLEAN, paint=5e-6, beside=0.5)
FOUND = Speed(iteration=0.01, look=1e-7, paint=4e-7)


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("anew", "before", "beside", "left"),
    [
        (False, None, 0.5, replace(FOUND, beside=0.5)),
        (False, SPOILT, 0.0, SPOILT),
        (True, SPOILT, 0.0, FOUND),
        (True, SPOILT, 0.9, SPOILT),
        (True, CLEAN, 0.0, CLEAN),
    ],
)
def test_only_what_is_spoilt_is_measured_anew_and_only_for_the_better(monkeypatch, anew, before, beside, left):
    if before is not None:
        speeds.keep(describe(CPU), "vgg19-lite", before)
    monkeypatch.setattr(calibration, "measured", lambda *_: FOUND)
    monkeypatch.setattr(busy, "others", lambda *_: beside * os.cpu_count())

    assert calibration.speed("vgg19-lite", CPU, anew) == left
    assert speeds.known()[describe(CPU)]["vgg19-lite"] == left


def test_what_others_took_is_what_the_machine_did_besides_this_program():
    before, now = Work(at=10.0, all=100.0, own=3.0), Work(at=14.0, all=107.0, own=6.0)

    assert busy.others(before, now) == 1.0
    assert busy.others(before, None) == busy.others(None, now) == busy.others(now, now) == 0.0
