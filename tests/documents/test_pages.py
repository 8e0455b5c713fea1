"""Files in a browser: attached, shown, replaced, withdrawn, and given out so that they do no harm."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from sushui.documents import queries, storage
from sushui.documents.models import Attachment, FileVersion
from sushui.documents.services import FileContent, Target, attach_file, replace_file, withdraw_file
from tests import cast
from tests.documents.files import AGENCIES, camera_exif, opened, pdf, picture

HARMLESS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def signed_in(county: cast.County, key: str) -> Client:
    client = Client()
    client.force_login(county.user(key), backend="django.contrib.auth.backends.ModelBackend")
    return client


def attached(county: cast.County, works: Target, name: str = "合同.pdf", data: bytes | None = None) -> FileVersion:
    made = attach_file(county.viewer("works_handler"), target=works, name=name, data=pdf() if data is None else data)
    return made.current


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)


# --- given out -------------------------------------------------------------------------------------------------------
def test_a_document_is_saved_under_its_name(county: cast.County, works: Target) -> None:
    version = attached(county, works)

    answer = signed_in(county, "office").get(reverse("documents:file", args=[version.pk]))

    assert (answer.status_code, answer["Content-Type"], body(answer)) == (200, "application/pdf", pdf())
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf"


def test_a_picture_is_shown(county: cast.County, works: Target) -> None:
    version = attached(county, works, "a.jpg", picture(exif=camera_exif()))

    answer = signed_in(county, "office").get(reverse("documents:file", args=[version.pk]))

    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/jpeg", 'inline; filename="a.jpg"')
    assert dict(opened(body(answer)).getexif()) == {}


@pytest.mark.parametrize("name", ["file", "thumbnail"])
def test_whatever_is_given_out_runs_nothing(county: cast.County, works: Target, name: str) -> None:
    version = attached(county, works, "a.jpg", picture())

    answer = signed_in(county, "office").get(reverse(f"documents:{name}", args=[version.pk]))

    assert body(answer)
    assert {header: answer[header] for header in HARMLESS} == HARMLESS


def test_a_large_picture_has_a_small_one(county: cast.County, works: Target) -> None:
    version = attached(county, works, "a.jpg", picture(size=(900, 600)))

    answer = signed_in(county, "office").get(reverse("documents:thumbnail", args=[version.pk]))

    assert opened(body(answer)).size == (320, 213)


def test_a_document_has_no_small_picture(county: cast.County, works: Target) -> None:
    version = attached(county, works)

    answer = signed_in(county, "office").get(reverse("documents:thumbnail", args=[version.pk]))

    assert answer.status_code == 404


def test_what_the_browser_has_is_not_sent_again_but_asked_for_again(county: cast.County, works: Target) -> None:
    version, client = attached(county, works), signed_in(county, "office")
    address = reverse("documents:file", args=[version.pk])
    first = client.get(address)
    tag, sent = first["ETag"], body(first)

    again = client.get(address, headers={"If-None-Match": tag})
    withdraw_file(county.viewer("works_handler"), version.attachment, reason="传错了")
    after = client.get(address, headers={"If-None-Match": tag})

    assert (tag, sent) == (f'"{version.file.sha256}"', pdf())
    assert (again.status_code, after.status_code) == (304, 404)


@pytest.mark.parametrize("key", ["neighbor_head", "neighbor_office"])
def test_who_may_not_see_the_record_gets_no_file(county: cast.County, works: Target, key: str) -> None:
    version = attached(county, works)

    answer = signed_in(county, key).get(reverse("documents:file", args=[version.pk]))

    assert answer.status_code == 404


def test_content_that_is_lost_is_said_to_be(county: cast.County, works: Target) -> None:
    version = attached(county, works)
    storage.place_of(version.file.sha256).unlink()

    answer = signed_in(county, "office").get(reverse("documents:file", args=[version.pk]))

    assert answer.status_code == 422


# --- acts ------------------------------------------------------------------------------------------------------------
def test_several_files_are_attached_at_once(county: cast.County, works: Target) -> None:
    client, address = signed_in(county, "works_handler"), reverse("documents:attach", args=works)
    files = [SimpleUploadedFile("合同.pdf", pdf()), SimpleUploadedFile("工地.jpg", picture())]

    answer = client.post(address, {"uploads": files})

    found = queries.attachments_of(county.viewer("office"), works)
    assert (answer.status_code, answer["Location"]) == (302, f"/organizations/agencies/{works.object_id}/")
    assert [each.current.name for each in found] == ["合同.pdf", "工地.jpg"]


@pytest.mark.parametrize("files", [[], [SimpleUploadedFile("合同.pdf", pdf()), SimpleUploadedFile("病毒.exe", b"MZ")]])
def test_all_are_attached_or_none(county: cast.County, works: Target, files: list[SimpleUploadedFile]) -> None:
    answer = signed_in(county, "works_handler").post(reverse("documents:attach", args=works), {"uploads": files})

    assert (answer.status_code, Attachment.objects.count()) == (422, 0)


def test_the_form_opens_a_phones_camera_and_takes_several_files(county: cast.County, works: Target) -> None:
    html = signed_in(county, "works_handler").get(reverse("documents:attach", args=works)).content.decode()

    assert (html.count('capture="environment"'), html.count('enctype="multipart/form-data"')) == (1, 1)
    assert html.count('type="file" name="uploads"') == 2


def test_a_file_is_replaced(county: cast.County, works: Target) -> None:
    version = attached(county, works)
    address = reverse("documents:replace", args=[version.attachment_id])

    answer = signed_in(county, "works_head").post(
        address, {"version": 1, "file": SimpleUploadedFile("定稿.pdf", pdf("final"))}
    )

    found = queries.attachment_for(county.viewer("office"), version.attachment_id)
    assert (answer.status_code, found.current.name, len(found.older)) == (302, "定稿.pdf", 1)


def test_the_second_to_replace_is_told(county: cast.County, works: Target) -> None:
    version = attached(county, works)
    upload = FileContent("定稿.pdf", pdf("final"))
    replace_file(county.viewer("works_head"), version.attachment, upload=upload)
    address = reverse("documents:replace", args=[version.attachment_id])

    answer = signed_in(county, "works_handler").post(
        address, {"version": 1, "file": SimpleUploadedFile("另一稿.pdf", pdf("other"))}
    )

    assert (answer.status_code, FileVersion.objects.count()) == (409, 2)


@pytest.mark.parametrize(("reason", "status", "left"), [("传错了", 302, 0), ("", 422, 1)])
def test_a_file_is_withdrawn_with_a_reason(
    county: cast.County, works: Target, reason: str, status: int, left: int
) -> None:
    version = attached(county, works)
    address = reverse("documents:withdraw", args=[version.attachment_id])

    answer = signed_in(county, "works_handler").post(address, {"version": 1, "reason": reason})

    assert (answer.status_code, Attachment.objects.filter(withdrawn_at=None).count()) == (status, left)


@pytest.mark.parametrize("name", ["replace", "withdraw"])
def test_who_may_not_attach_finds_the_door_shut(county: cast.County, works: Target, name: str) -> None:
    version = attached(county, works)

    answer = signed_in(county, "office").get(reverse(f"documents:{name}", args=[version.attachment_id]))

    assert answer.status_code == 403


# --- the list --------------------------------------------------------------------------------------------------------
def shown(county: cast.County, key: str, works: Target) -> str:
    viewer = county.viewer(key)
    files = queries.files_by_target(viewer, AGENCIES.key, [county.agencies["works"]])[works.object_id]
    return render_to_string("documents/_attachments.html", {"files": files})


def test_a_reader_sees_names_and_sizes_and_no_acts(county: cast.County, works: Target) -> None:
    version = attached(county, works)

    html = shown(county, "office", works)

    assert [word in html for word in ("合同.pdf", version.file.size_text, "/replace/", "/on/")] == [
        True,
        True,
        False,
        False,
    ]


def test_who_may_attach_is_offered_what_can_be_done(county: cast.County, works: Target) -> None:
    attached(county, works)

    html = shown(county, "works_handler", works)

    assert [word in html for word in ("/replace/", "/withdraw/", f"/files/on/test.agency/{works.object_id}/")] == [
        True
    ] * 3


def test_a_withdrawn_file_is_named_with_its_reason_and_leads_nowhere(county: cast.County, works: Target) -> None:
    version = attached(county, works)
    withdraw_file(county.viewer("works_handler"), version.attachment, reason="传错了")

    html = shown(county, "office", works)

    assert ("合同.pdf" in html, "传错了" in html, "href" in html) == (True, True, False)


def test_a_record_without_files_takes_no_room(county: cast.County, works: Target) -> None:
    assert shown(county, "office", works).strip() == ""
