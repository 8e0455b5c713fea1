"""Files as people send them, and the kind of record on which they hang in these tests."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from PIL import ExifTags, Image

from sushui.documents.services import TargetKind
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.organizations.models import Agency

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504

AGENCIES = TargetKind(
    key="test.agency",
    label=msg("Agency"),
    visible=lambda viewer: Agency.objects.filter(division_id=viewer.division_id),
    may_attach=lambda viewer, agency: _is_own(viewer, agency),
    page=lambda agency: f"/organizations/agencies/{agency.pk}/",
)


def _is_own(viewer: Viewer, agency: Agency) -> bool:
    return agency.pk == viewer.agency_id


def pdf(text: str = "") -> bytes:
    """A PDF whose content is told apart by ``text``."""
    return PDF + f"% {text}\n".encode()


def package(*parts: str) -> bytes:
    """A zip file with these parts, each empty."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part), "")
    return made.getvalue()


def docx(*more: str) -> bytes:
    return package("[Content_Types].xml", "word/document.xml", *more)


def compound(stream: str) -> bytes:
    """A file of the old Office kind in whose directory this stream is named."""
    return COMPOUND + stream.encode("utf-16-le") + b"\0\0"


def picture(kind: str = "JPEG", size: tuple[int, int] = (80, 40), mode: str = "RGB", **more: Any) -> bytes:
    """A picture whose left half is red and right half blue; ``more`` goes to the encoder."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    return encoded(drawn.convert(mode), kind, **more)


def encoded(drawn: Image.Image, kind: str, **more: Any) -> bytes:
    made = io.BytesIO()
    drawn.save(made, kind, **more)
    return made.getvalue()


def camera_exif(*, orientation: int = 1) -> Image.Exif:
    """What a phone writes into a picture: how it was held, who made it, and where."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Phone of somebody"
    exif[ExifTags.IFD.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (35.0, 29.0, 0.0),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: (111.0, 34.0, 0.0),
    }
    return exif


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
