"""The audit chain: append-only lines, sealed in batches, one chain for each division.

A line's digest covers everything the line says, its number included. A seal lists the numbers of its lines in order and
hashes them, their digests and the seal before it. The head of each chain (its seal's number and hash, and how many
lines it covers) is also written, signed, to a file outside the database, so that a cut tail shows. The hash is SM3
(GB/T 32905-2016). PostgreSQL itself refuses UPDATE and DELETE on lines and seals. See docs/algorithms/audit-chain.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from sushui.kernel import audit_heads, clock, locks
from sushui.kernel.models import AuditLine, AuditPending, AuditSeal
from sushui.kernel.viewer import Actor

BATCH = 1000
_gathered: ContextVar[list[AuditLine] | None] = ContextVar("gathered", default=None)
_LINE_NUMBERS = "SELECT nextval(pg_get_serial_sequence('kernel_auditline', 'id')) FROM generate_series(1, %s)"


def sm3(text: str) -> str:
    """SM3 of UTF-8 ``text`` in 64 lower-case hexadecimal digits."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(text.encode())
    return digest.finalize().hex()


def target_of(record: Model) -> str:
    """The name under which the chain knows a record: ``supervision.supervisedtask:12``."""
    return f"{record._meta.label_lower}:{record.pk}"


def record_act(
    actor: Actor,
    verb: str,
    target: Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    note: str = "",
) -> AuditLine:
    """Write one line about one act, in the caller's transaction; it has its number once it is written."""
    return record_acts(actor, verb, [(target, before or {}, after or {}, note)])[0]


def record_acts(
    actor: Actor, verb: str, acts: Iterable[tuple[Model, Mapping[str, Any], Mapping[str, Any], str]]
) -> list[AuditLine]:
    """Write a line for each act (target, before, after, note); few statements however many there are.

    Lines and what says that they wait for a seal stand or fall together, also outside the caller's transaction.
    """
    moment = clock.now()
    lines = [_line(actor, verb, moment, *act) for act in acts]
    gathered = _gathered.get()
    if gathered is None:
        _write(lines)
        return lines
    gathered += lines
    if len(gathered) >= BATCH:
        _write_gathered(gathered)
    return lines


@contextmanager
def gathered_lines() -> Iterator[None]:
    """Write the lines of the acts inside a thousand at a time, the last of them when the block ends.

    The block is one transaction: where it fails, neither acts nor lines are there.
    """
    if _gathered.get() is not None:
        yield
        return
    with transaction.atomic():
        lines: list[AuditLine] = []
        token = _gathered.set(lines)
        try:
            yield
        finally:
            _gathered.reset(token)
        _write_gathered(lines)


def _write_gathered(lines: list[AuditLine]) -> None:
    _write(lines)
    lines.clear()


def _write(lines: list[AuditLine]) -> None:
    if not lines:
        return
    for line, number in zip(lines, _numbers(len(lines)), strict=True):
        line.pk = number
        line.digest = digest_of(line)
    waiting = [AuditPending(line=line, division_id=line.division_id) for line in lines]
    with transaction.atomic(savepoint=False):
        AuditLine.objects.bulk_create(lines, BATCH)
        AuditPending.objects.bulk_create(waiting, BATCH)


def _line(
    actor: Actor,
    verb: str,
    moment: datetime,
    target: Model,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    note: str,
) -> AuditLine:
    return AuditLine(
        division_id=getattr(target, "division_id", None) or actor.division_id,
        at=moment,
        user_id=actor.user_id,
        user_name=actor.user_name,
        post_id=actor.post_id,
        post_name=f"{actor.agency_name} {actor.post_name}".strip(),
        verb=verb,
        target=target_of(target),
        before=_plain(before),
        after=_plain(after),
        note=note,
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` as they will read back from the database, so that the digest can be computed again."""
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_LINE_NUMBERS, [count])
        return [row[0] for row in cursor.fetchall()]


def digest_of(line: AuditLine) -> str:
    """SM3 over all that the line says, in a fixed order."""
    said = [
        line.pk,
        line.division_id,
        line.at.astimezone(UTC).isoformat(),
        line.user_id,
        line.user_name,
        line.post_id,
        line.post_name,
        line.verb,
        line.target,
        line.before,
        line.after,
        line.note,
    ]
    return sm3(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def seal_pending() -> int:
    """Seal every line that waits; gives how many were sealed. Safe to run from several workers."""
    sealed = 0
    while True:
        heads, count = _seal_batch()
        audit_heads.append(heads)
        sealed += count
        if count < BATCH:
            return sealed


@transaction.atomic
def _seal_batch() -> tuple[list[audit_heads.Head], int]:
    """Take up to ``BATCH`` waiting lines and close one seal for each division among them."""
    locks.hold("audit.seal")
    waiting = list(AuditPending.objects.select_related("line").order_by("line_id")[:BATCH])
    by_division: dict[int | None, list[AuditLine]] = {}
    for pending in waiting:
        by_division.setdefault(pending.division_id, []).append(pending.line)
    heads = [_seal(division_id, lines) for division_id, lines in by_division.items()]
    AuditPending.objects.filter(pk__in=[pending.pk for pending in waiting]).delete()
    return heads, len(waiting)


def _seal(division_id: int | None, lines: list[AuditLine]) -> audit_heads.Head:
    last = of_chain(division_id).order_by("-number").first()
    seal = AuditSeal(
        division_id=division_id,
        number=last.number + 1 if last else 1,
        sealed_at=clock.now(),
        line_ids=[line.pk for line in lines],
        previous=last.hash if last else "",
    )
    seal.hash = hash_of(seal, [line.digest for line in lines])
    seal.save(force_insert=True)
    return audit_heads.Head(division_id=division_id, number=seal.number, hash=seal.hash, lines=len(lines))


def of_chain(division_id: int | None) -> QuerySet[AuditSeal]:
    """The seals of one division's chain; None is the chain of acts that belong to no division."""
    if division_id is None:
        return AuditSeal.objects.filter(division=None)
    return AuditSeal.objects.filter(division_id=division_id)


def hash_of(seal: AuditSeal, digests: list[str]) -> str:
    """SM3 over the seal before, the seal's place, and its lines' numbers and digests in order."""
    said = [seal.previous, seal.division_id, seal.number, seal.line_ids, digests]
    return sm3(json.dumps(said, separators=(",", ":")))
