"""Pictures are drawn anew: upright, at most so large, without what else their file tells (EXIF: place, device, owner).

Nothing of the sent bytes is stored, so that no picture carries a place unseen or is a web page in disguise. Where the
sender keeps the place on purpose, place and time alone are written anew (EXIF 2.32: the GPS tags, DateTimeOriginal).
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps

from sushui.documents.enums import FileKind
from sushui.kernel.errors import DomainError

THUMBNAIL_SIDE = 320  # px
MOST_PIXELS = 50_000_000  # about 150 MB while it is drawn
_QUALITY = 85
_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
# The library's own limit only warns; ours is checked on the header, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
_TAKEN_AT = (0x9003, 0x9011)  # DateTimeOriginal and its offset from UTC


@dataclass(frozen=True)
class DrawnPicture:
    """A picture of the same kind as was sent, and its thumbnail (JPEG), as bytes; ``had_place``: it told where."""

    data: bytes
    thumbnail: bytes
    had_place: bool = False


def draw_anew(name: str, data: bytes, kind: FileKind, *, longest_side: int, keeps_place: bool = False) -> DrawnPicture:
    """The picture upright, its longer side at most ``longest_side`` px, with nothing but its colors.

    With ``keeps_place`` also with where and when it was taken, if its file tells.

    Raises:
        DomainError: ``picture_too_large``, ``picture_broken``.
    """
    try:
        picture = _upright(name, data, kind, longest_side)
    except (OSError, SyntaxError, ValueError) as error:  # what the decoders raise for what they cannot read
        raise DomainError(
            "picture_broken",
            _("“%(name)s” is a damaged picture: it cannot be shown."),
            _("Open it on the device where it was taken, save it again and send that."),
            name=name,
        ) from error
    told = _place_and_time(data, kind)
    has_place = ExifTags.IFD.GPSInfo in told
    drawn = _encoded(_within(picture, longest_side), kind, told if keeps_place and has_place else None)
    thumbnail = _encoded(_without_transparency(_within(picture, THUMBNAIL_SIDE)), FileKind.JPEG)
    return DrawnPicture(drawn, thumbnail, has_place)


def _place_and_time(data: bytes, kind: FileKind) -> Image.Exif:
    """Where and when a picture was taken, and nothing else of what its file tells; of broken tags nothing."""
    kept = Image.Exif()
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
            told = picture.getexif()
            place, taken = told.get_ifd(ExifTags.IFD.GPSInfo), told.get_ifd(ExifTags.IFD.Exif)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError):
        return kept
    if place:
        kept[ExifTags.IFD.GPSInfo] = dict(place)
        kept[ExifTags.IFD.Exif] = {tag: taken[tag] for tag in _TAKEN_AT if tag in taken}
    return kept


def _upright(name: str, data: bytes, kind: FileKind, longest_side: int) -> Image.Image:
    """The first frame as the camera was held, in colors that every kind can be written in."""
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
        _refuse_too_large(name, picture)
        picture.draft(None, (longest_side, longest_side))  # a JPEG is decoded no larger than needed
        upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"L", "RGB", "RGBA"}:
        return upright
    return _without_profile(upright.convert("RGB" if kind is FileKind.JPEG else "RGBA"))


def _refuse_too_large(name: str, picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise DomainError(
            "picture_too_large",
            _("“%(name)s” has %(width)s × %(height)s pixels; at most %(most)s million can be shown."),
            _("Save it smaller and send that."),
            name=name,
            width=width,
            height=height,
            most=MOST_PIXELS // 10**6,
        )


def _within(picture: Image.Image, side: int) -> Image.Image:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def _without_profile(picture: Image.Image) -> Image.Image:
    """A profile says what the numbers of one color space mean; in another it would mislead."""
    picture.info.pop("icc_profile", None)
    return picture


def _without_transparency(picture: Image.Image) -> Image.Image:
    """On white paper, as it would be printed."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _encoded(picture: Image.Image, kind: FileKind, told: Image.Exif | None = None) -> bytes:
    """Pixels, color profile and what is ``told`` on purpose; all else that the library would carry over is dropped."""
    made, profile = io.BytesIO(), picture.info.get("icc_profile")
    picture.info.clear()
    more = {"exif": told.tobytes()} if told is not None else {}
    picture.save(made, _FORMATS[kind], quality=_QUALITY, optimize=True, icc_profile=profile, **more)
    return made.getvalue()
