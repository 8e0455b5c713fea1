"""Attaching, replacing and withdrawing: who may, what stays, what the audit chain says."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from sushui.documents import queries, storage
from sushui.documents.models import Attachment, FileVersion, StoredFile
from sushui.documents.services import (
    FileContent,
    Target,
    attach_file,
    attach_received,
    receive_file,
    replace_file,
    told,
    withdraw_file,
)
from sushui.kernel.audit import target_of
from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.models import AuditLine
from tests import cast
from tests.documents.files import AGENCIES, pdf, picture


def contents_of(attachment: Attachment) -> list[bytes]:
    """What each version holds, the oldest first."""
    versions = attachment.versions.order_by("number")
    return [storage.place_of(version.file.sha256).read_bytes() for version in versions]


def lines_of(county: cast.County) -> list[AuditLine]:
    return list(AuditLine.objects.filter(target=target_of(county.agencies["works"])).order_by("pk"))


# --- attaching -------------------------------------------------------------------------------------------------------
def test_an_attached_file_can_be_read_again(county: cast.County, works: Target) -> None:
    made = attach_file(county.viewer("works_handler"), target=works, name="合同.pdf", data=pdf("contract"))

    found = queries.attachments_of(county.viewer("office"), works)

    assert [(each.pk, str(each.current), contents_of(each)) for each in found] == [
        (made.pk, f"合同.pdf ({len(pdf('contract'))} B)", [pdf("contract")])
    ]


def test_attaching_is_one_line_in_the_story_of_the_record(county: cast.County, works: Target) -> None:
    made = attach_file(county.viewer("works_handler"), target=works, name="合同.pdf", data=pdf())

    lines = lines_of(county)

    assert [(line.verb, line.post_name, line.before, line.after) for line in lines] == [
        ("attach_file", "县住建局 经办人", {}, told([made]))
    ]


def test_files_of_another_act_are_told_by_its_line_alone(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    received = [receive_file(viewer, name=f"{number}.pdf", data=pdf(str(number))) for number in (1, 2)]

    hung = attach_received(viewer, target=works, received=received)

    assert told(hung)["files"] == [str(each) for each in received]
    assert lines_of(county) == []


def test_the_attachment_belongs_to_the_division_of_its_target(county: cast.County, works: Target) -> None:
    made = attach_file(county.viewer("works_handler"), target=works, name="合同.pdf", data=pdf())

    assert made.division == county.county


def test_the_same_content_is_stored_once_under_two_names(county: cast.County, works: Target) -> None:
    for name in ("合同.pdf", "副本.pdf"):
        attach_file(county.viewer("works_handler"), target=works, name=name, data=pdf())

    names = [each.current.name for each in queries.attachments_of(county.viewer("office"), works)]

    assert (names, StoredFile.objects.count(), len(list(storage.all_kept()))) == (["合同.pdf", "副本.pdf"], 1, 1)


def test_a_picture_brings_its_thumbnail(county: cast.County, works: Target) -> None:
    made = attach_file(county.viewer("works_handler"), target=works, name="工地.jpg", data=picture(size=(900, 600)))

    thumbnail = made.current.file.thumbnail

    assert thumbnail is not None
    assert (thumbnail.media_type, storage.is_kept(thumbnail.sha256)) == ("image/jpeg", True)


@pytest.mark.parametrize("key", ["office", "finance_head", "leader", "works_head"])
def test_only_whom_the_owning_room_lets_may_attach(county: cast.County, works: Target, key: str) -> None:
    viewer = county.viewer(key)
    if viewer.agency_id == works.object_id:
        attach_file(viewer, target=works, name="合同.pdf", data=pdf())
        return

    with pytest.raises(Forbidden):
        attach_file(viewer, target=works, name="合同.pdf", data=pdf())

    assert list(storage.all_kept()) == []


@pytest.mark.parametrize("target", [Target("test.agency", 10**9), Target("nobody.knows", 1)])
def test_what_is_not_there_carries_no_files(county: cast.County, target: Target) -> None:
    with pytest.raises(NotFound):
        attach_file(county.viewer("works_handler"), target=target, name="合同.pdf", data=pdf())


def test_a_neighbor_cannot_attach(county: cast.County, works: Target) -> None:
    with pytest.raises(NotFound):
        attach_file(county.viewer("neighbor_head"), target=works, name="合同.pdf", data=pdf())


def test_what_was_swept_meanwhile_is_not_attached(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    received = receive_file(viewer, name="合同.pdf", data=pdf())
    storage.place_of(received.content.sha256).unlink()

    with pytest.raises(DomainError) as refused:
        attach_received(viewer, target=works, received=[received])

    assert (refused.value.code, Attachment.objects.count()) == ("file_gone", 0)


# --- replacing -------------------------------------------------------------------------------------------------------
def test_a_new_version_keeps_the_old(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="初稿.pdf", data=pdf("first"))

    replace_file(viewer, made, upload=FileContent("定稿.pdf", pdf("second")))

    found = queries.attachment_for(viewer, made.pk)
    assert (found.current.name, [each.name for each in found.older]) == ("定稿.pdf", ["初稿.pdf"])
    assert contents_of(found) == [pdf("first"), pdf("second")]


def test_replacing_tells_both_versions(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="初稿.pdf", data=pdf("first"))

    replace_file(viewer, made, upload=FileContent("定稿.pdf", pdf("second")))

    line = lines_of(county)[-1]
    assert (line.verb, line.before["file_versions"], line.after["file_versions"]) == ("replace_file", [1], [2])


def test_two_people_replacing_one_file_the_second_is_told(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="初稿.pdf", data=pdf("first"))
    replace_file(county.viewer("works_head"), made, upload=FileContent("定稿.pdf", pdf("second")), seen_version=1)

    with pytest.raises(StaleRecord):
        replace_file(viewer, made, upload=FileContent("另一稿.pdf", pdf("third")), seen_version=1)

    assert FileVersion.objects.count() == 2


def test_others_replace_and_withdraw_nothing(county: cast.County, works: Target) -> None:
    made = attach_file(county.viewer("works_handler"), target=works, name="初稿.pdf", data=pdf("first"))

    with pytest.raises(Forbidden):
        replace_file(county.viewer("office"), made, upload=FileContent("定稿.pdf", pdf("second")))
    with pytest.raises(Forbidden):
        withdraw_file(county.viewer("office"), made, reason="不需要")

    assert (FileVersion.objects.count(), Attachment.objects.filter(withdrawn_at=None).count()) == (1, 1)


# --- withdrawing -----------------------------------------------------------------------------------------------------
def test_a_withdrawn_file_stays_with_its_reason(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="合同.pdf", data=pdf())

    withdraw_file(viewer, made, reason=" 传错了 ")

    found = queries.attachments_of(county.viewer("office"), works)
    assert [(each.is_withdrawn, each.withdrawn_reason, each.withdrawn_by_id) for each in found] == [
        (True, "传错了", viewer.post_id)
    ]


def test_withdrawing_is_told_with_its_reason(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="合同.pdf", data=pdf())

    withdraw_file(viewer, made, reason="传错了")

    line = lines_of(county)[-1]
    assert (line.verb, line.before, line.after, line.note) == ("withdraw_file", told([made]), {"files": []}, "传错了")


def test_nobody_opens_what_was_withdrawn(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="合同.pdf", data=pdf())

    withdraw_file(viewer, made, reason="传错了")

    with pytest.raises(NotFound):
        queries.version_for(viewer, made.current.pk)


def test_withdrawing_needs_a_reason(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="合同.pdf", data=pdf())

    with pytest.raises(DomainError) as refused:
        withdraw_file(viewer, made, reason=" ")

    assert refused.value.code == "reason_missing"


def test_what_was_withdrawn_is_neither_replaced_nor_withdrawn_again(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="合同.pdf", data=pdf())
    withdraw_file(viewer, made, reason="传错了")

    codes = []
    for act in (
        lambda: withdraw_file(viewer, made, reason="x"),
        lambda: replace_file(viewer, made, upload=FileContent("x", pdf())),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        codes.append(refused.value.code)

    assert codes == ["file_withdrawn", "file_withdrawn"]


# --- nothing is forgotten --------------------------------------------------------------------------------------------
def test_the_database_refuses_to_change_what_was_sent(county: cast.County, works: Target) -> None:
    attach_file(county.viewer("works_handler"), target=works, name="合同.pdf", data=pdf())

    for rows, values in ((StoredFile.objects.all(), {"size": 1}), (FileVersion.objects.all(), {"name": "x"})):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**values)


@pytest.mark.parametrize("table", ["documents_storedfile", "documents_fileversion", "documents_attachment"])
def test_the_database_refuses_to_delete(county: cast.County, works: Target, table: str) -> None:
    attach_file(county.viewer("works_handler"), target=works, name="合同.pdf", data=pdf())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        transaction.get_connection().cursor().execute(f"DELETE FROM {table}")


# --- reading ---------------------------------------------------------------------------------------------------------
def test_a_neighbor_sees_no_file(county: cast.County, works: Target) -> None:
    made = attach_file(county.viewer("works_handler"), target=works, name="合同.pdf", data=pdf())
    neighbor = county.viewer("neighbor_head")

    seen = (
        queries.attachments_of(neighbor, works),
        list(queries.visible_attachments(neighbor)),
        queries.counts_by_target(neighbor, AGENCIES.key, [works.object_id]),
    )

    assert seen == ([], [], {})
    with pytest.raises(NotFound):
        queries.version_for(neighbor, made.current.pk)


def test_counts_leave_out_what_was_withdrawn(county: cast.County, works: Target) -> None:
    viewer, finance = county.viewer("works_handler"), county.agencies["finance"]
    made = [attach_file(viewer, target=works, name=f"{each}.pdf", data=pdf(str(each))) for each in range(3)]
    withdraw_file(viewer, made[0], reason="传错了")

    counts = queries.counts_by_target(county.viewer("office"), AGENCIES.key, [works.object_id, finance.pk])

    assert counts == {works.object_id: 2}


def test_a_list_costs_the_same_for_one_file_and_for_many(
    county: cast.County, works: Target, django_assert_num_queries
) -> None:
    viewer = county.viewer("works_handler")
    for number in range(5):
        attach_file(viewer, target=works, name=f"{number}.pdf", data=pdf(str(number)))

    with django_assert_num_queries(2):
        found = queries.attachments_of(viewer, works)
        shown = [(each.current.name, each.current.post.agency.name, each.older) for each in found]

    assert len(shown) == 5
