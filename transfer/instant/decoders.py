"""The decoders of an instant picture's sizes: one for the lowest, and one for all above it.

Their work differs. On the lowest size, large shapes become the style's, of a content that has none of it; above, what
is painted already gains the finer ones.
"""

from pathlib import Path

from torch import nn

from transfer.engine.ladder import Rung
from transfer.errors import WeightsError
from transfer.features.network import file_sha256, read_state
from transfer.instant.decoder import Decoder

FILE = Path(__file__).parents[1] / "weights" / "instant.safetensors"
FURTHER = 2  # chosen: more blocks on the lowest size alone, where they cost next to nothing


class Decoders(nn.Module):
    """Both; `sha256` is the full hash of the weight file. The `margin` is the larger one of theirs."""

    def __init__(self, sha256: str = "") -> None:
        super().__init__()
        self.sha256 = sha256
        self.lowest, self.raising = Decoder(FURTHER), Decoder()
        self.margin = max(self.lowest.margin, self.raising.margin)

    def of(self, rung: Rung) -> Decoder:
        """The decoder of a rung."""
        return self.raising if rung.index else self.lowest


def load(path: Path | None = None) -> Decoders:
    """The decoders of a file, in float32 on the CPU; those that ship with the project by default.

    Raises WeightsError if it is missing, corrupt, or holds something else.
    """
    path = path or FILE
    if not path.is_file():
        mend = (
            "they are part of the repository, so restore them with `git checkout transfer/weights`"
            if path == FILE
            else "give a file that `python -m transfer distill-instant` has written"
        )
        raise WeightsError(f"The weights of the instant decoders are not at {path}: {mend}.")
    decoders = Decoders(file_sha256(path))
    try:
        decoders.load_state_dict({name: value.float() for name, value in read_state(path).items()})
    except RuntimeError as error:
        raise WeightsError(
            f"{path} does not hold the weights of the instant decoders: make it again with "
            "`python -m transfer distill-instant`."
        ) from error
    return decoders
