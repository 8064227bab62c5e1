"""The process that makes instant pictures while somebody drags a slider: it never forks, and stays warm."""

import functools
import io
import logging
import time

import torch
from django.core.files.storage import default_storage
from PIL import Image
from redis.exceptions import RedisError

from gallery.queueing import instant
from gallery.queueing.instant import Given, Question
from transfer.devices import is_lost, resolve
from transfer.engine.ladder import fit
from transfer.errors import PictureError, TransferError
from transfer.inputs import Input, Inputs, Role
from transfer.instant.recipe import InstantRecipe
from transfer.instant.warm import Warm
from transfer.pictures import encoded

logger = logging.getLogger(__name__)
LARGEST = 1024  # px: what stored pictures are scaled down to before they are kept
PICTURES = 24  # that are kept
REST = 1.0  # seconds, where Redis is away


class Resident:
    """Answers questions until it is told to stop."""

    def __init__(self) -> None:
        torch.set_num_threads(1)  # a second one would have to be waited for where a render keeps the processors busy
        self.warm = Warm(resolve())
        first = Image.linear_gradient("L").convert("RGB")  # so that nobody waits for what only the first one takes
        given = Input(Role.CONTENT, 0, first), Input(Role.STYLE, 1, first)
        self.warm.picture(Inputs(given), InstantRecipe(image_size=256))

    def run(self) -> None:
        """Never returns; a Redis that is away is waited for."""
        while True:
            try:
                if (asked := instant.next_question()) is not None:
                    self._answer(*asked)
            except RedisError as error:
                logger.warning("The queue cannot be reached: %s", error)
                time.sleep(REST)
            except (ValueError, TypeError, KeyError):
                logger.warning("A question of another version is left unanswered.")

    def _answer(self, key: str, question: Question) -> None:
        try:
            picture = self.picture(question)
        except TransferError as error:
            instant.answer(key, complaint=str(error))
        except TimeoutError:
            logger.info("A picture took too long to be instant.")
        except Exception as error:  # one picture must not end them all
            if is_lost(error):
                raise
            logger.exception("An instant picture failed.")
        else:
            instant.answer(key, picture)

    def picture(self, question: Question) -> bytes:
        """The picture that a question asks for, a JPEG. Raises TransferError, and TimeoutError where it takes long."""
        pictures = {(each.role, each.place): _opened(each) for each in question.inputs if each.role != Role.MASK}
        given = [Input(role, place, picture) for (role, place), picture in pictures.items()]
        for each in question.inputs:
            if each.role == Role.MASK:
                of = pictures[(Role.STYLE, each.place) if each.place else (Role.CONTENT, 0)]
                given.append(Input(each.role, each.place, _mask(each.file, each.data, of.size)))
        recipe = InstantRecipe.model_validate(question.recipe)
        made = self.warm.picture(Inputs(tuple(given)), recipe, time.monotonic() + instant.WAITS)
        return encoded(made, "JPEG", quality=88)


def _opened(given: Given) -> Image.Image:
    return _sent(given.data) if given.data else _stored(given.file)


@functools.lru_cache(maxsize=PICTURES)
def _stored(name: str) -> Image.Image:
    return _small(_read(name))


@functools.lru_cache(maxsize=PICTURES)
def _sent(data: bytes) -> Image.Image:
    return _small(data)


def _small(data: bytes) -> Image.Image:
    """A picture scaled down to what is kept."""
    with Image.open(io.BytesIO(data)) as image:
        size = fit(image.size, min(LARGEST, max(image.size)))
        return image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


@functools.lru_cache(maxsize=PICTURES)
def _mask(name: str, data: bytes, size: tuple[int, int]) -> Image.Image:
    with Image.open(io.BytesIO(data or _read(name))) as image:
        return image.convert("L").resize(size, Image.Resampling.NEAREST)


def _read(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError as error:
        raise PictureError("A stored picture cannot be read: upload it again.") from error
