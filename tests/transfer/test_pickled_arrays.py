import pickle
from pathlib import Path

import numpy
import pytest

from transfer.errors import WeightsError
from transfer.features.pickled_arrays import pickled_arrays


class Touch:
    """What a malicious file would do when somebody unpickles it."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_arrays_in_dictionaries_are_named_by_their_keys():
    arrays = {"net": {"kernel": numpy.arange(6.0).reshape(2, 3), "bias": numpy.zeros(2, "f4")}}
    found = pickled_arrays(pickle.dumps(arrays), "a.ckpt")
    assert found.keys() == {"net/kernel", "net/bias"}
    assert (found["net/kernel"] == arrays["net"]["kernel"]).all()


@pytest.mark.parametrize("protocol", [3, 4])
def test_older_pickles_are_read_too(protocol):
    assert pickled_arrays(pickle.dumps({"a": numpy.ones(3)}, protocol), "a.ckpt")["a"].sum() == 3


def test_the_name_that_older_numpys_had_for_their_insides_is_known():
    data = pickle.dumps({"a": numpy.ones(3)}, 3).replace(b"numpy._core.multiarray", b"numpy.core.multiarray")
    assert pickled_arrays(data, "a.ckpt")["a"].sum() == 3


def test_code_is_not_run(tmp_path):
    with pytest.raises(WeightsError, match=r"a\.ckpt holds something other than arrays"):
        pickled_arrays(pickle.dumps({"a": Touch(tmp_path / "touched")}), "a.ckpt")
    assert not (tmp_path / "touched").exists()


@pytest.mark.parametrize(
    "thing",
    [{"a": "text"}, {"a": numpy.array([{}, None])}, {"a": [1.0]}, numpy.array(["x"]), {"a": print}, None],
    ids=str,
)
def test_anything_but_numbers_is_refused(thing):
    with pytest.raises(WeightsError, match="something other than arrays"):
        pickled_arrays(pickle.dumps(thing), "a.ckpt")


@pytest.mark.parametrize("length", [0, 1, 20, -1])
def test_half_a_pickle_is_refused(length):
    with pytest.raises(WeightsError):
        pickled_arrays(pickle.dumps({"a": numpy.ones(30)})[:length], "a.ckpt")
