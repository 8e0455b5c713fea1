"""Files that were taken in and stay with a form that comes back: it carries their signed names, sent again they hang.

So nobody photographs twice because another field was wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from sushui.documents.services.receiving import ReceivedFile, StoredContent, Upload, receive_uploads
from sushui.kernel.uploads import KeptGoneError
from sushui.kernel.viewer import Viewer

KEPT_SECONDS = 20 * 3600  # less than what was taken in and hangs on nothing is kept


@dataclass(frozen=True)
class FileKeeper:
    """Takes files in for `kernel.uploads.KeptFilesForm`, and says and reads back which they were.

    What is signed for one person is read back for nobody else.
    """

    only_pictures: bool = False

    def receive(self, viewer: Viewer, uploads: Iterable[Upload], *, keeps_place: bool = False) -> list[ReceivedFile]:
        """Take in what was sent with the form.

        Raises:
            DomainError: those of `receive_uploads`.
        """
        return receive_uploads(viewer, uploads, only_pictures=self.only_pictures, keeps_place=keeps_place)

    def signed(self, viewer: Viewer, received: Sequence[ReceivedFile]) -> str:
        """A text that names them."""
        return signing.dumps([asdict(each) for each in received], salt=_salt(viewer), compress=True)

    def restored(self, viewer: Viewer, said: str) -> list[ReceivedFile]:
        """What such a text names.

        Raises:
            KeptGoneError: nobody signed it for this person within the time that files are kept.
        """
        try:
            return [_received(**each) for each in signing.loads(said, salt=_salt(viewer), max_age=KEPT_SECONDS)]
        except signing.BadSignature as error:
            raise KeptGoneError from error


def _salt(viewer: Viewer) -> str:
    return f"documents.kept:{viewer.user_id}"


def _received(content: dict[str, Any], thumbnail: dict[str, Any] | None, **more: Any) -> ReceivedFile:
    """What `asdict` made of a received file, a received file again."""
    small = StoredContent(**thumbnail) if thumbnail else None
    return ReceivedFile(content=StoredContent(**content), thumbnail=small, **more)
