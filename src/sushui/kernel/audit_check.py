"""Proof of the audit chain: walk every line and seal and name what does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from sushui.kernel import audit_heads
from sushui.kernel.audit import digest_of, hash_of, of_chain
from sushui.kernel.models import AuditLine, AuditPending, AuditSeal
from sushui.kernel.words import Word, msg

_SLIPPED_IN = """
    SELECT id FROM kernel_auditline
    EXCEPT SELECT unnest(line_ids) FROM kernel_auditseal
    EXCEPT SELECT line_id FROM kernel_auditpending
    ORDER BY id
"""


class Flaw(Word):
    """What can be wrong with a chain."""

    ALTERED = "altered", msg("A line says something else than when it was written")
    REMOVED = "removed", msg("A sealed line is gone")
    REORDERED = "reordered", msg("Lines stand in another order than they were sealed in")
    UNSEALED = "unsealed", msg("A line was slipped in: no seal holds it and none is waiting to")
    BROKEN_SEAL = "broken_seal", msg("A seal does not match its lines or the seal before it")
    CUT_TAIL = "cut_tail", msg("A seal that was signed outside the database is gone or differs")
    FORGED_HEAD = "forged_head", msg("A head in the file of heads does not carry our signature")


@dataclass(frozen=True)
class Finding:
    """One flaw and where it is: ``line:12``, ``seal:140826/3``, or ``head:7``, a line of the file of heads."""

    flaw: Flaw
    where: str


@dataclass(frozen=True)
class Proof:
    """What was walked and what was found; the chain holds when ``findings`` is empty."""

    lines: int
    seals: int
    pending: int
    findings: tuple[Finding, ...]


def verify_chain() -> Proof:
    """Walk the whole chain, seal by seal; memory does not grow with its length."""
    seals = lines = 0
    findings: list[Finding] = []
    last: AuditSeal | None = None
    for seal in AuditSeal.objects.order_by("division_id", "number").iterator(chunk_size=100):
        if last is not None and last.division_id != seal.division_id:
            last = None
        findings += _check_seal(seal, last)
        seals, lines, last = seals + 1, lines + len(seal.line_ids), seal
    findings += _check_loose_lines()
    findings += _check_heads()
    pending = AuditPending.objects.count()
    return Proof(lines=lines + pending, seals=seals, pending=pending, findings=tuple(findings))


def _check_seal(seal: AuditSeal, before: AuditSeal | None) -> Iterator[Finding]:
    where = _place(seal.division_id, seal.number)
    if seal.previous != (before.hash if before else "") or seal.number != (before.number + 1 if before else 1):
        yield Finding(Flaw.BROKEN_SEAL, where)
    lines = AuditLine.objects.in_bulk(seal.line_ids)
    flaws = [Finding(Flaw.REMOVED, f"line:{number}") for number in seal.line_ids if number not in lines]
    flaws += [Finding(Flaw.ALTERED, f"line:{n}") for n, line in lines.items() if line.digest != digest_of(line)]
    if not flaws and seal.hash != hash_of(seal, [lines[number].digest for number in seal.line_ids]):
        is_sorted = seal.line_ids == sorted(seal.line_ids)
        flaws.append(Finding(Flaw.BROKEN_SEAL if is_sorted else Flaw.REORDERED, where))
    yield from flaws


def _check_loose_lines() -> Iterator[Finding]:
    """Lines outside every seal: those that wait are checked, any other was slipped in.

    One statement tells them apart, so that a worker that seals meanwhile makes no line look slipped in.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SLIPPED_IN)
        yield from (Finding(Flaw.UNSEALED, f"line:{number}") for (number,) in cursor.fetchall())
    for waiting in AuditPending.objects.select_related("line").order_by("pk").iterator():
        if waiting.line.digest != digest_of(waiting.line):
            yield Finding(Flaw.ALTERED, f"line:{waiting.line.pk}")


def _check_heads() -> Iterator[Finding]:
    for number, (head, is_ours) in enumerate(audit_heads.read(), start=1):
        if head is None:
            yield Finding(Flaw.FORGED_HEAD, f"head:{number}")
            continue
        where = _place(head.division_id, head.number)
        if not is_ours:
            yield Finding(Flaw.FORGED_HEAD, where)
            continue
        seal = of_chain(head.division_id).filter(number=head.number).first()
        if seal is None or seal.hash != head.hash or len(seal.line_ids) != head.lines:
            yield Finding(Flaw.CUT_TAIL, where)


def _place(division_id: int | None, number: int) -> str:
    return f"seal:{division_id or 'house'}/{number}"
