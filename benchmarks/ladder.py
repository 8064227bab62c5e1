"""Does a preview predict the result, and do large rungs paint? Compares the 256 px preview with the large picture."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from benchmarks.drawings import brush, coast, mosaic, village
from transfer.devices import resolve
from transfer.engine.ladder import PREVIEW
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.images import RGB_TO_YIQ, to_picture
from transfer.instant.render import render
from transfer.pictures import open_picture
from transfer.process import keep_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

PAIRS = (
    ("tubingen", "scream"),
    ("tubingen", "shipwreck"),
    ("tubingen", "starry_night"),
    ("hoover", "starry_night"),
    ("heightmap_iceland", "satellite_caribbean"),
    ("heightmap_iceland", "satellite_iran"),
)
MIDDLE, LARGE = 512, 1024
SSIM_WINDOW, SSIM_DEVIATION = 11, 1.5


def drawn() -> Iterator[dict[str, object]]:
    """The project's own drawings."""
    for content, style in ((village, brush), (village, mosaic), (coast, brush)):
        rungs = _climb(content(), style())
        yield {"pair": f"{content.__name__} x {style.__name__}", "SSIM of preview": _agreement(rungs)}


def scored(judge: Path, pairs: Path) -> Iterator[dict[str, object]]:
    """The pairs of a folder: the judge's detail at `LARGE` px, and that of an enlarged picture of `MIDDLE` px."""
    with tempfile.TemporaryDirectory() as name:
        for content_name, style_name in PAIRS:
            content, style = (
                next(pairs.glob(f"{part}.*")) for part in (f"content_{content_name}", f"style_{style_name}")
            )
            rungs = _climb(open_picture(content), open_picture(style))
            painted, small = to_picture(rungs[LARGE]), to_picture(rungs[MIDDLE])
            found = []
            for picture in (painted, small.resize(painted.size, Image.Resampling.BICUBIC)):
                path = Path(name) / "picture.png"
                picture.save(path)
                found.append(detail(judge, path, style))
            yield {
                "pair": f"{content_name} x {style_name}",
                "SSIM of preview": _agreement(rungs),
                "detail painted": found[0],
                "detail enlarged": found[1],
                "ratio": found[0] / found[1],
            }


def _climb(content: Image.Image, style: Image.Image) -> dict[int, Tensor]:
    keep_freed_memory()
    recipe = StyleRecipe(image_size=LARGE)
    steps = render(StyleInputs(content, (style,)), recipe, network_for(recipe, resolve()))
    return {step.rung.long_side: step.image for step in steps if isinstance(step, Step) and step.ends_rung}


def _agreement(rungs: dict[int, Tensor]) -> float:
    preview = rungs[PREVIEW]
    return ssim(preview, functional.interpolate(rungs[LARGE], preview.shape[2:], mode="area"))


def detail(judge: Path, picture: Path, style: Path) -> float:
    """The judge's distance between the finest detail of a picture and that of its style."""
    words = [sys.executable, str(judge), "--detail", str(picture), str(style)]
    return float(json.loads(subprocess.run(words, check=True, capture_output=True).stdout)["detail_vgg"])


def ssim(one: Tensor, other: Tensor) -> float:
    """Structural similarity of luma (Wang et al. 2004, equation 13, Gaussian window of 11 px) of (1, 3, H, W)."""
    offsets = torch.arange(SSIM_WINDOW, dtype=torch.float64) - SSIM_WINDOW // 2
    window = (-offsets.square() / (2 * SSIM_DEVIATION**2)).exp()
    window = torch.outer(window, window) / window.sum() ** 2
    lumas = [torch.einsum("c,bchw->bhw", RGB_TO_YIQ[0].double(), image.double())[:, None] for image in (one, other)]

    def local(image: Tensor) -> Tensor:
        return functional.conv2d(image, window[None, None])

    means = [local(luma) for luma in lumas]
    variances = [local(luma.square()) - mean.square() for luma, mean in zip(lumas, means, strict=True)]
    covariance = local(lumas[0] * lumas[1]) - means[0] * means[1]
    brightness = (2 * means[0] * means[1] + 0.01**2) / (means[0].square() + means[1].square() + 0.01**2)
    structure = (2 * covariance + 0.03**2) / (variances[0] + variances[1] + 0.03**2)
    return float((brightness * structure).mean())
