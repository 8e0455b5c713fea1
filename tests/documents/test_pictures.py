"""Pictures are drawn anew: upright, not too large, and silent about where and by whom they were taken."""

from __future__ import annotations

import pytest
from PIL import Image, ImageCms

from sushui.documents import pictures
from sushui.documents.enums import FileKind
from sushui.documents.pictures import draw_anew
from sushui.documents.rules import sniff
from sushui.kernel.errors import DomainError
from tests.documents.files import camera_exif, encoded, opened, picture

KINDS = {"JPEG": FileKind.JPEG, "PNG": FileKind.PNG, "WEBP": FileKind.WEBP}


def drawn(data: bytes, kind: str = "JPEG", longest_side: int = 1920) -> Image.Image:
    return opened(draw_anew("工地.jpg", data, KINDS[kind], longest_side=longest_side).data)


def is_red(picture: Image.Image, x: int, y: int) -> bool:
    red, _green, blue = picture.convert("RGB").getpixel((x, y))
    return red > 200 and blue < 60


# --- what it does not tell -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_the_place_and_the_device_are_not_kept(kind: str) -> None:
    sent = picture(kind, exif=camera_exif())

    kept = drawn(sent, kind)

    assert len(opened(sent).getexif()) > 0
    assert (dict(kept.getexif()), kept.info.get("exif"), kept.info.get("xmp")) == ({}, None, None)


def test_no_byte_of_the_place_is_left() -> None:
    sent = picture(exif=camera_exif(), comment=b"taken by somebody")

    made = draw_anew("工地.jpg", sent, FileKind.JPEG, longest_side=1920)

    for data in (made.data, made.thumbnail):
        assert [word in data for word in (b"Exif", b"Phone of somebody", b"taken by somebody")] == [False] * 3


def test_what_is_hidden_behind_a_picture_is_dropped() -> None:
    made = draw_anew("工地.jpg", picture() + b"<script>alert(1)</script>PK\x03\x04", FileKind.JPEG, longest_side=1920)

    assert b"script" not in made.data


# --- how it looks ----------------------------------------------------------------------------------------------------
def test_a_picture_taken_with_the_phone_on_its_side_stands_upright() -> None:
    kept = drawn(picture(size=(80, 40), exif=camera_exif(orientation=6)))

    assert (kept.size, is_red(kept, 20, 5), is_red(kept, 20, 75)) == ((40, 80), True, False)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((4000, 3000), (1920, 1440)), ((3000, 4000), (1440, 1920)), ((800, 600), (800, 600)), ((4000, 1), (1920, 1))],
)
def test_the_longer_side_is_at_most_so_long(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert drawn(picture(size=size)).size == kept


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_stays_of_its_kind(kind: str) -> None:
    made = draw_anew("工地", picture(kind), KINDS[kind], longest_side=1920)

    assert (sniff(made.data), sniff(made.thumbnail)) == (KINDS[kind], FileKind.JPEG)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_stays_and_its_thumbnail_lies_on_white(kind: str) -> None:
    sent = encoded(Image.new("RGBA", (80, 40), (255, 0, 0, 100)), kind)

    made = draw_anew("章.png", sent, KINDS[kind], longest_side=1920)

    assert (opened(made.data).mode, opened(made.thumbnail).mode) == ("RGBA", "RGB")


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA")])
def test_colors_of_every_kind_are_drawn(kind: str, mode: str) -> None:
    assert drawn(picture(kind, mode=mode), kind).size == (80, 40)


def test_the_colors_keep_their_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    kept = drawn(picture(icc_profile=profile))

    assert kept.info["icc_profile"] == profile


def test_a_thumbnail_is_small() -> None:
    made = draw_anew("工地.jpg", picture(size=(900, 600)), FileKind.JPEG, longest_side=1920)

    assert opened(made.thumbnail).size == (pictures.THUMBNAIL_SIDE, 213)


def test_the_same_picture_is_drawn_the_same_twice() -> None:
    first, second = (draw_anew("工地.jpg", picture(), FileKind.JPEG, longest_side=1920) for _ in range(2))

    assert first == second


# --- what cannot be drawn --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_picture_is_refused(kind: str) -> None:
    sent = picture(kind, size=(400, 400))

    with pytest.raises(DomainError) as refused:
        draw_anew("工地.jpg", sent[: len(sent) // 2], KINDS[kind], longest_side=1920)

    assert refused.value.code == "picture_broken"


def test_a_picture_that_says_it_is_another_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        draw_anew("工地.jpg", picture("PNG"), FileKind.JPEG, longest_side=1920)

    assert refused.value.code == "picture_broken"


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused() -> None:
    sent = picture("PNG", size=(20_000, 20_000), mode="1")

    with pytest.raises(DomainError) as refused:
        draw_anew("图.png", sent, FileKind.PNG, longest_side=1920)

    assert (refused.value.code, refused.value.params["width"]) == ("picture_too_large", 20_000)
