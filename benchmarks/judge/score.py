"""All scores of an output at once."""

from pathlib import Path

import torch
from PIL import Image

from benchmarks.judge.content import content_vgg
from benchmarks.judge.dead import dead
from benchmarks.judge.lpips import Lpips
from benchmarks.judge.patches import style_patch
from benchmarks.judge.style import style_vgg
from benchmarks.judge.vgg19 import Vgg19


class Judge:
    """Scores outputs by VGG-19 in the file `vgg19` (by default the backbone's) and LPIPS in the file `lpips`.

    Without the latter there is no `lpips` among the scores. Raises Unusable where a file is none.
    """

    def __init__(self, vgg19: Path | None = None, lpips: Path | None = None) -> None:
        self.vgg19 = Vgg19(vgg19)
        self.lpips = Lpips(lpips) if lpips else None

    def score(self, output: Image.Image, content: Image.Image, style: Image.Image) -> dict[str, float]:
        """The scores by name; lower is better."""
        with torch.no_grad():
            found = {} if self.lpips is None else {"lpips": self.lpips(output, content)}
            return found | {
                "style_vgg": style_vgg(self.vgg19, output, style),
                "style_patch": style_patch(output, style),
                "content_vgg": content_vgg(self.vgg19, output, content),
                "dead": dead(output, style),
            }
