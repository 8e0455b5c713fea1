"""Looking after what lies on disk: sweeping what nobody names, proving that what is named is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sushui.documents import storage
from sushui.documents.enums import ContentFlaw
from sushui.documents.models import StoredFile
from sushui.documents.queries import stored_digests
from sushui.kernel import clock

ORPHANS_STAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FileFinding:
    """Content that is not as its row says."""

    sha256: str
    flaw: ContentFlaw


@dataclass(frozen=True, slots=True)
class FilesProof:
    """What looking at every file found; ``orphans`` lie there and are named by no row, the sweep takes them."""

    files: int
    orphans: int
    findings: tuple[FileFinding, ...]


def sweep_files() -> int:
    """Take away what lies on disk for a day and no row names; gives how many. Content is looked up again just before.

    A row is never without its file: who sends the same content meanwhile makes it new (`storage.keep`).
    """
    before = (clock.now() - ORPHANS_STAY).timestamp()
    named = set(stored_digests())
    orphans = [sha256 for sha256 in storage.all_kept() if sha256 not in named]
    swept = [sha256 for sha256 in orphans if _is_orphan(sha256) and storage.remove_if_older(sha256, before)]
    return len(swept) + storage.remove_leftovers(before)


def _is_orphan(sha256: str) -> bool:
    return not StoredFile.objects.filter(sha256=sha256).exists()


def check_files() -> FilesProof:
    """Read every file and compare it with its row."""
    named = list(stored_digests())
    found = [FileFinding(sha256, flaw) for sha256 in named if (flaw := _flaw_on_disk(sha256))]
    orphans = set(storage.all_kept()).difference(named)
    return FilesProof(len(named), len(orphans), tuple(found))


def _flaw_on_disk(sha256: str) -> ContentFlaw | None:
    digest = storage.digest_on_disk(sha256)
    if not digest:
        return ContentFlaw.MISSING
    return None if digest == sha256 else ContentFlaw.ALTERED
