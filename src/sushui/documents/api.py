"""The API of files: what hangs on a record, sending files in, giving them out, replacing and withdrawing them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Schema, UploadedFile

from sushui.documents import queries, services
from sushui.documents.giving import given
from sushui.documents.models import Attachment, FileVersion
from sushui.documents.permissions import may_open_files
from sushui.documents.targets import Target
from sushui.kernel.api import Number, RoomRouter, SmallNumber, Text, seen_version
from sushui.kernel.pages import ViewerRequest

router = RoomRouter(tags=["documents"])
CONTENT: dict[str, Any] = {"responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}}


class VersionOut(Schema):
    """One version of a file; ``size`` in bytes. Its content is at ``/versions/{id}/content``."""

    id: int
    number: int
    name: str
    size: int
    media_type: str
    sha256: str
    at: datetime
    post: str

    @staticmethod
    def resolve_size(version: FileVersion) -> int:
        return version.file.size

    @staticmethod
    def resolve_media_type(version: FileVersion) -> str:
        return version.file.media_type

    @staticmethod
    def resolve_sha256(version: FileVersion) -> str:
        return version.file.sha256

    @staticmethod
    def resolve_post(version: FileVersion) -> str:
        return str(version.post)


class AttachmentOut(Schema):
    """A file that hangs on a record, with its versions, newest first. What was withdrawn has no content any more."""

    id: int
    target_kind: str
    target_id: int
    version: int
    withdrawn_at: datetime | None
    withdrawn_reason: str
    versions: list[VersionOut]

    @staticmethod
    def resolve_versions(attachment: Attachment) -> list[FileVersion]:
        return [attachment.current, *attachment.older]


class FileWithdrawal(Schema):
    """Why; ``version`` is the attachment's that was seen (or send `If-Match`)."""

    reason: Text
    version: SmallNumber | None = None


@router.reads("/on/{kind}/{object_id}", may_open_files, list[AttachmentOut])
def attachments(request: ViewerRequest, kind: str, object_id: Number) -> list[Attachment]:
    """What hangs on a record, such as `supervision.report` 12, oldest first."""
    target = Target(kind, object_id)
    queries.target_for(request.viewer, target)
    return queries.attachments_of(request.viewer, target)


@router.writes("/on/{kind}/{object_id}", may_open_files, AttachmentOut, status=201)
def attach_file(
    request: ViewerRequest, kind: str, object_id: Number, file: Annotated[UploadedFile, File()]
) -> Attachment:
    """Hang a file on a record."""
    made = services.attach_files(request.viewer, target=Target(kind, object_id), uploads=[file])
    return queries.attachment_for(request.viewer, made[0].pk)


@router.reads("/versions/{version_id}/content", may_open_files, None, openapi_extra=CONTENT)
def content(request: ViewerRequest, version_id: Number) -> HttpResponse:
    """The content of one version; its ETag is its SHA-256."""
    version = queries.version_for(request.viewer, version_id)
    return given(request, version.file, version.name)


@router.writes("/attachments/{attachment_id}/versions", may_open_files, AttachmentOut, status=201)
def replace_file(request: ViewerRequest, attachment_id: Number, file: Annotated[UploadedFile, File()]) -> Attachment:
    """Give an attachment a new version; the ones before stay. `If-Match` says which version of it was seen."""
    found, seen = queries.attachment_for(request.viewer, attachment_id), seen_version(request, None)
    services.replace_file(request.viewer, found, upload=file, seen_version=seen)
    return queries.attachment_for(request.viewer, attachment_id)


@router.writes("/attachments/{attachment_id}/withdraw", may_open_files, AttachmentOut)
def withdraw_file(request: ViewerRequest, attachment_id: Number, said: FileWithdrawal) -> Attachment:
    """Take an attachment back, with a reason that stays."""
    found, seen = queries.attachment_for(request.viewer, attachment_id), seen_version(request, said.version)
    services.withdraw_file(request.viewer, found, reason=said.reason, seen_version=seen)
    return queries.attachment_for(request.viewer, attachment_id)
