"""StyleRecipe and provenance in and out of picture files.

PNG carries one iTXt chunk `stylesite` with canonical JSON, a chunk `parameters` that people and other viewers can
read (its last line is `Key: value, ...`, as AUTOMATIC1111 writes it), and `Software`. JPEG, WebP and AVIF carry the
text and the JSON in EXIF's UserComment (0x9286). What is read back is untrusted: it is size-limited and validated.
"""

import io
import json
import platform
from importlib.metadata import version
from typing import Literal, Self

from PIL import ExifTags, Image, PngImagePlugin
from pydantic import BaseModel, ConfigDict, Field

from transfer import __version__
from transfer.recipes.style import StyleRecipe

CHUNK, TEXT_CHUNK = "stylesite", "parameters"
SOFTWARE = f"Stylesite {__version__}"
LARGEST_CHUNK = 64 * 1024
UNICODE_MARK = b"UNICODE\0"
NAMED_BEFORE = {"seed", "backbone", "num_iterations", "image_size", "optimizer"}
Format = Literal["PNG", "JPEG", "WEBP", "AVIF"]
SAMPLERS = {"adam": "Adam", "lbfgs": "L-BFGS"}
FORMATS: dict[str, Format] = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".avif": "AVIF"}
# AVIF takes four times as long by default, for files that are 5 % smaller.
OPTIONS: dict[Format, dict[str, int]] = {
    "JPEG": {"quality": 92},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 82, "speed": 8, "max_threads": 1},
}


class Source(BaseModel):
    """A picture that went into a render: the SHA-256 of its file, its size in pixels, perhaps its name."""

    model_config = ConfigDict(frozen=True)

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    name: str = Field("", max_length=255)


class Kept(BaseModel):
    """Where a render was stopped because its picture was good enough: after so many of the iterations of a rung."""

    model_config = ConfigDict(frozen=True)

    long_side: int = Field(gt=0)
    iteration: int = Field(gt=0)
    iterations: int = Field(gt=0)


class Provenance(BaseModel):
    """Everything that made a picture. `schema_version` counts incompatible changes of this layout.

    `width`, `height` and `losses` are the picture's, also where it was `kept` before the end of its recipe.
    """

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    schema_version: Literal[1] = 1
    recipe: StyleRecipe
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    content: Source
    styles: tuple[Source, ...] = Field(min_length=1, max_length=16)
    init: Source | None = None
    content_mask: Source | None = None
    style_masks: tuple[Source, ...] = Field((), max_length=16)
    weights_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    versions: dict[str, str] = Field(max_length=16)
    device: str = Field(max_length=200)
    parent: str | None = Field(None, max_length=64)
    losses: dict[str, float] = Field(default_factory=dict, max_length=32)
    kept: Kept | None = None

    def canonical_json(self) -> str:
        """This as JSON with sorted keys and no white space; `seed` is repeated at the top for other readers."""
        content = self.model_dump(mode="json") | {"seed": self.recipe.seed}
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def text(self) -> str:
        """This for people: a line on the inputs, then one line of `Key: value, ...`."""
        names = " and ".join(style.name or style.sha256[:12] for style in self.styles)
        settings = {
            "Size": f"{self.width}x{self.height}",
            "Seed": self.recipe.seed,
            "Model": self.recipe.backbone,
            "Model hash": self.weights_sha256[:10],
            "Steps": self.recipe.num_iterations,
            "Sampler": SAMPLERS[self.recipe.optimizer],
            **{
                name: ("/".join(map(str, value)) if isinstance(value, tuple) else value)
                for name, value in self.recipe
                if value not in ((), None) and name not in NAMED_BEFORE
            },
            **({"Kept": self._kept_in_words(self.kept)} if self.kept else {}),
            "Version": SOFTWARE,
        }
        line = ", ".join(f"{key}: {value}" for key, value in settings.items())
        return f"{self.content.name or self.content.sha256[:12]} in the style of {names}\n{line}"

    @staticmethod
    def _kept_in_words(kept: Kept) -> str:
        return f"iteration {kept.iteration} of {kept.iterations} at {kept.long_side} px"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The provenance in untrusted `text`; raises ValueError (pydantic's ValidationError is one) if it is none."""
        if len(text) > LARGEST_CHUNK:
            raise ValueError("the metadata is too large to be Stylesite's")
        return cls.model_validate_json(text)


def versions() -> dict[str, str]:
    """The versions of what decides on pixels, without importing any of it."""
    packages = {name: version(name) for name in ("torch", "pillow")}
    return {"stylesite": __version__, "python": platform.python_version(), **packages}


def encode(picture: Image.Image, provenance: Provenance | None, file_format: Format = "PNG") -> bytes:
    """`picture` as a file with its provenance inside, if it has one."""
    buffer = io.BytesIO()
    if provenance is None:
        picture.save(buffer, file_format, **OPTIONS.get(file_format, {}))
    elif file_format == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt(CHUNK, provenance.canonical_json())
        chunks.add_itxt(TEXT_CHUNK, provenance.text())
        chunks.add_text("Software", SOFTWARE)
        picture.save(buffer, "PNG", pnginfo=chunks, optimize=False)
    else:
        exif = Image.Exif()
        exif[ExifTags.Base.Software] = SOFTWARE
        comment = f"{provenance.text()}\n{CHUNK}: {provenance.canonical_json()}"
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = UNICODE_MARK + comment.encode("utf-16-be")
        picture.save(buffer, file_format, exif=exif, **OPTIONS[file_format])
    return buffer.getvalue()


def decode(image: Image.Image) -> Provenance | None:
    """The provenance in an opened picture, or None where there is none that can be trusted to be well-formed."""
    try:
        text = image.info.get(CHUNK) if image.format == "PNG" else _from_exif(image)
        return Provenance.from_json(text) if isinstance(text, str) else None
    except (ValueError, SyntaxError, TypeError, KeyError):
        return None


def _from_exif(image: Image.Image) -> str | None:
    comment = image.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.UserComment)
    if not isinstance(comment, bytes) or not comment.startswith(UNICODE_MARK) or len(comment) > 4 * LARGEST_CHUNK:
        return None
    text = comment.removeprefix(UNICODE_MARK).decode("utf-16-be", errors="replace")
    _, mark, found = text.rpartition(f"\n{CHUNK}: ")
    return found if mark else None
