"""Recipe and provenance in and out of picture files.

PNG carries one iTXt chunk `stylesite` with canonical JSON, a chunk `parameters` that people and other viewers can
read (its last line is `Key: value, ...`, as AUTOMATIC1111 writes it), and `Software`. JPEG, WebP and AVIF carry the
text and the JSON in EXIF's UserComment (0x9286). What is read back is untrusted: it is size-limited and validated.
"""

import io
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from operator import not_
from typing import TYPE_CHECKING, Any, Literal, Self

from PIL import ExifTags, Image, PngImagePlugin
from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

from transfer import __version__, kinds
from transfer.credits import Credit
from transfer.cropping import LONGEST_TEXT, TEXT
from transfer.inputs import Role
from transfer.reading import png
from transfer.recipes.base import Recipe

if TYPE_CHECKING:
    from transfer.engine.painter import Painter

CHUNK, TEXT_CHUNK = "stylesite", "parameters"
SOFTWARE = f"Stylesite {__version__}"
LARGEST_CHUNK = 64 * 1024
UNICODE_MARK = b"UNICODE\0"
MOST_INPUTS = 64
NAMED_ELSEWHERE = {"Seed": "seed", "Model": "backbone", "Steps": "num_iterations", "Sampler": "optimizer"}
Format = Literal["PNG", "JPEG", "WEBP", "AVIF"]
SAMPLERS = {"adam": "Adam", "lbfgs": "L-BFGS"}
FORMATS: dict[str, Format] = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".avif": "AVIF"}
# AVIF takes four times as long by default, for files that are 5 % smaller.
OPTIONS: dict[Format, dict[str, int]] = {
    "PNG": {"compress_level": 4},  # two thirds of the time of 6, which is Pillow's, for files 1 to 2 % larger
    "JPEG": {"quality": 92},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 82, "speed": 8, "max_threads": 1},
}


class Source(BaseModel):
    """A picture that went into a render: the SHA-256 of its file, its size in pixels, perhaps name and credit."""

    model_config = ConfigDict(frozen=True)

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    name: str = Field("", max_length=255)
    credit: Credit | None = Field(None, exclude_if=lambda credit: credit is None)

    @property
    def called(self) -> str:
        """Its name, or else the beginning of its hash."""
        return self.name or self.sha256[:12]


class UsedSource(Source):
    """A source with what it was for; places count as in `transfer.inputs.Input`.

    Of a picture that is a part of another one, `origin_sha256` names that one, and `crop` says which part: see
    `transfer.cropping`. Both are left out where they are empty.
    """

    role: Role
    place: int = Field(0, ge=0, le=MOST_INPUTS)
    origin_sha256: str = Field("", pattern=r"^([0-9a-f]{64})?$", exclude_if=not_)
    crop: str = Field("", pattern=rf"^({TEXT.pattern})?$", max_length=LONGEST_TEXT, exclude_if=not_)

    @classmethod
    def of(cls, source: Source, role: Role, place: int = 0) -> Self:
        """`source`, used for something."""
        return cls(**source.model_dump(), role=role, place=place)


class Kept(BaseModel):
    """Where a render was stopped because its picture was good enough: after so many of the iterations of a rung."""

    model_config = ConfigDict(frozen=True)

    long_side: int = Field(gt=0)
    iteration: int = Field(gt=0)
    iterations: int = Field(gt=0)


class Provenance(BaseModel):
    """Everything that made a picture. `schema_version` counts incompatible changes of this layout.

    `width`, `height` and `losses` are the picture's, also where it was `kept` before the end of its recipe. Version 1
    had `content`, `styles`, `init`, `content_mask` and `style_masks` in place of `inputs`, and is read as well. A
    recipe of another version is mended; `remarks` say how, and are not written.
    """

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    schema_version: Literal[2] = 2
    recipe: SerializeAsAny[Recipe]
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    inputs: tuple[UsedSource, ...] = Field(max_length=MOST_INPUTS)
    weights_sha256: str = Field(pattern=r"^([0-9a-f]{64})?$")
    versions: dict[str, str] = Field(max_length=16)
    device: str = Field(max_length=200)
    parent: str | None = Field(None, max_length=64)
    losses: dict[str, float] = Field(default_factory=dict, max_length=32)
    kept: Kept | None = None
    remarks: tuple[str, ...] = Field((), exclude=True)

    @model_validator(mode="before")
    @classmethod
    def _of_any_version(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        found = {**values, "remarks": ()}
        if found.get("schema_version", 1) == 1 and "inputs" not in found:
            found |= {"schema_version": 2, "inputs": _inputs_of_version_1(found)}
        if not isinstance(recipe := found.get("recipe"), Recipe):
            mended = kinds.from_file(recipe)
            found |= {"recipe": mended.recipe, "remarks": mended.remarks}
        return found

    @model_validator(mode="after")
    def _has_what_its_kind_takes(self) -> Self:
        for takes in kinds.kind_of(self.recipe).takes:
            if not takes.least <= len(self.of(takes.role)) <= takes.most:
                raise ValueError(f"There are {len(self.of(takes.role))} inputs of the role {takes.role}.")
        return self

    def of(self, role: Role) -> tuple[UsedSource, ...]:
        """The inputs of a role, by their places."""
        return tuple(sorted((each for each in self.inputs if each.role == role), key=lambda each: each.place))

    def canonical_json(self) -> str:
        """This as JSON with sorted keys and no white space; `seed` is repeated at the top for other readers."""
        content = self.model_dump(mode="json")
        if "seed" in content["recipe"]:
            content["seed"] = content["recipe"]["seed"]
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def text(self) -> str:
        """This for people: a line on the inputs, one on whose they are if that is known, one of `Key: value, ...`."""
        named = {role.value: " and ".join(each.called for each in self.of(role)) for role in Role}
        line = ", ".join(f"{key}: {value}" for key, value in self._settings().items())
        whose = dict.fromkeys(f"{each.called}: {each.credit}" for each in self.inputs if each.credit)
        lines = (kinds.kind_of(self.recipe).makes.format(**named), "; ".join(whose), line)
        return "\n".join(filter(None, lines))

    def _settings(self) -> dict[str, object]:
        """By the names that other programs use, where they have some."""
        recipe = dict(self.recipe)
        found: dict[str, object] = {"Size": f"{self.width}x{self.height}"}
        for key, name in NAMED_ELSEWHERE.items():
            if name in recipe:
                found[key] = SAMPLERS.get(str(recipe[name]), recipe[name])
            if key == "Model" and self.weights_sha256:
                found["Model hash"] = self.weights_sha256[:10]
        for name, value in recipe.items():
            if value not in ((), None) and name not in {"image_size", *NAMED_ELSEWHERE.values()}:
                found[name] = "/".join(map(str, value)) if isinstance(value, tuple) else value
        if self.kept:
            where = f"iteration {self.kept.iteration} of {self.kept.iterations}"
            found["Kept"] = f"{where} at {self.kept.long_side} px"
        return found | {"Version": SOFTWARE}

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The provenance in untrusted `text`; raises ValueError (pydantic's ValidationError is one) if it is none."""
        if len(text) > LARGEST_CHUNK:
            raise ValueError("the metadata is too large to be Stylesite's")
        return cls.model_validate_json(text)


def provenance(
    recipe: Recipe,
    picture: Image.Image,
    inputs: Iterable[UsedSource],
    painter: "Painter",
    device: str,
    losses: dict[str, float],
    parent: str | None = None,
    kept: Kept | None = None,
) -> Provenance:
    """Everything that made `picture`: by which `painter`, on which `device`, out of which inputs."""
    return Provenance(
        recipe=recipe,
        width=picture.width,
        height=picture.height,
        inputs=tuple(inputs),
        weights_sha256=painter.weights_sha256,
        versions=versions(),
        device=device,
        losses=losses,
        parent=parent,
        kept=kept,
    )


def _inputs_of_version_1(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The inputs by their roles. What is no source is left for the validation to complain of."""
    of_roles = (
        (Role.CONTENT, 0, [found.get("content")]),
        (Role.STYLE, 1, found.get("styles")),
        (Role.START, 0, [found.get("init")]),
        (Role.MASK, 0, [found.get("content_mask")]),
        (Role.MASK, 1, found.get("style_masks")),
    )
    return [
        {**dict(source), "role": role, "place": first + number}
        for role, first, sources in of_roles
        for number, source in enumerate(sources or ())
        if source is not None
    ]


def versions() -> dict[str, str]:
    """The versions of what decides on pixels, without importing any of it."""
    packages = {name: version(name) for name in ("torch", "pillow")}
    return {"stylesite": __version__, "python": platform.python_version(), **packages}


def encode(picture: Image.Image, provenance: Provenance | None, file_format: Format = "PNG") -> bytes:
    """`picture` as a file with its provenance inside, if it has one."""
    buffer = io.BytesIO()
    if provenance is None:
        picture.save(buffer, file_format, **OPTIONS[file_format])
    elif file_format == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt(CHUNK, provenance.canonical_json())
        chunks.add_itxt(TEXT_CHUNK, provenance.text())
        chunks.add_text("Software", SOFTWARE)
        picture.save(buffer, "PNG", pnginfo=chunks, **OPTIONS["PNG"])
    else:
        exif = Image.Exif()
        exif[ExifTags.Base.Software] = SOFTWARE
        comment = f"{provenance.text()}\n{CHUNK}: {provenance.canonical_json()}"
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = UNICODE_MARK + comment.encode("utf-16-be")
        picture.save(buffer, file_format, exif=exif, **OPTIONS[file_format])
    return buffer.getvalue()


def decode(image: Image.Image) -> Provenance | None:
    """The provenance in an opened picture, or None where there is none that can be trusted to be well-formed."""
    found = image.info.get(CHUNK) if image.format == "PNG" else image.info.get("exif")
    return _trusted(_from_exif(found) if isinstance(found, bytes) else found)


def found_in(data: bytes) -> Provenance | None:
    """The same in a file's bytes, of which the beginning will do as far as the metadata stands there."""
    if data.startswith(png.SIGNATURE):
        return _trusted(png.texts(data, (CHUNK,)).get(CHUNK))
    return _trusted(_from_exif(data))


def _trusted(text: object) -> Provenance | None:
    try:
        return Provenance.from_json(text) if isinstance(text, str) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _from_exif(data: bytes) -> str | None:
    """The JSON behind the last mark. EXIF's directories are not read, so it does not matter what is wrong with them."""
    mark = f"\n{CHUNK}: ".encode("utf-16-be")
    at = data.rfind(mark) + len(mark)
    if at < len(mark) or UNICODE_MARK not in data:
        return None
    text = data[at : at + 4 * LARGEST_CHUNK].decode("utf-16-be", errors="replace")
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return text[:end]
