"""The audit chain: what a line says, how lines are sealed, and how every kind of tampering is found and named."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from sushui.kernel import audit_heads, clock
from sushui.kernel.audit import (
    BATCH,
    digest_of,
    gathered_lines,
    record_act,
    record_acts,
    seal_pending,
    sm3,
    target_of,
)
from sushui.kernel.audit_check import Finding, Flaw, verify_chain
from sushui.kernel.labels import label_of
from sushui.kernel.models import AuditLine, AuditPending, AuditSeal
from sushui.kernel.viewer import Clockwork
from tests.cast import County

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, settings) -> Path:
    settings.SUSHUI_AUDIT_HEADS = str(tmp_path / "heads.jsonl")
    return tmp_path / "heads.jsonl"


@pytest.fixture
def tampering() -> Iterator[None]:
    """Work as somebody would who owns the database: without its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def write(county: County, *names: str) -> list[AuditLine]:
    """A line for each name, about the works bureau, by its head."""
    agency = county.agencies["works"]
    return [record_act(county.viewer("works_head"), name, agency, after={"said": name}) for name in names]


def found() -> set[tuple[Flaw, str]]:
    return {(finding.flaw, finding.where) for finding in verify_chain().findings}


# --- SM3 (GB/T 32905-2016, appendix A) -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        ("abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_digests_of_the_standard(text: str, digest: str) -> None:
    assert sm3(text) == digest


# --- what a line says ------------------------------------------------------------------------------------------------
def test_line_says_who_in_which_post_when_on_what(county: County) -> None:
    head, agency = county.viewer("works_head"), county.agencies["works"]

    with clock.frozen(MORNING):
        line = record_act(head, "paint", agency, before={"color": "red"}, after={"color": "blue"}, note="in spring")

    assert (line.user_name, line.post_name, line.at) == ("县住建局局长", "县住建局 局长", MORNING)
    assert (line.verb, line.target, line.note) == ("paint", f"organizations.agency:{agency.pk}", "in spring")
    assert (line.before, line.after) == ({"color": "red"}, {"color": "blue"})


def test_line_says_the_longest_names_in_full(county: County) -> None:
    viewer = replace(county.viewer("works_head"), agency_name="长" * 128, post_name="岗" * 64)

    line = record_act(viewer, "greet", county.people["leader"])

    assert AuditLine.objects.get(pk=line.pk).post_name == f"{'长' * 128} {'岗' * 64}"


def test_line_belongs_to_the_division_of_its_record(county: County) -> None:
    line = record_act(county.viewer("city_leader"), "look", county.agencies["works"])

    assert line.division_id == county.county.pk


def test_line_about_a_record_without_division_belongs_to_the_actors(county: County) -> None:
    line = record_act(county.viewer("works_head"), "greet", county.people["leader"])

    assert line.division_id == county.county.pk


def test_line_of_the_clockwork_names_nobody(county: County) -> None:
    line = record_act(Clockwork(county.county.pk), "tick", county.agencies["works"])

    assert (line.user_id, line.post_id, line.user_name) == (None, None, "clockwork")


def test_line_reads_back_with_the_digest_it_was_written_with(county: County) -> None:
    written = record_act(county.viewer("office"), "note", county.agencies["works"], after={"on": date(2026, 3, 2)})

    read = AuditLine.objects.get(pk=written.pk)

    assert digest_of(read) == written.digest


def test_many_lines_are_written_in_a_fixed_number_of_statements(county: County, django_assert_num_queries) -> None:
    office, agency = county.viewer("office"), county.agencies["works"]

    with django_assert_num_queries(3):
        lines = record_acts(office, "count", [(agency, {}, {"number": number}, "") for number in range(50)])

    assert [line.after["number"] for line in lines] == list(range(50))


def test_line_and_what_says_that_it_waits_are_of_one_transaction(committed_county: County) -> None:
    (line,) = write(committed_county, "alone")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line.xmin = waiting.xmin FROM kernel_auditline line JOIN kernel_auditpending waiting"
            " ON waiting.line_id = line.id WHERE line.id = %s",
            [line.pk],
        )
        assert cursor.fetchall() == [(True,)]


def test_gathered_lines_are_written_together_in_the_order_of_the_acts(
    county: County, django_assert_num_queries
) -> None:
    office, agency = county.viewer("office"), county.agencies["works"]

    with django_assert_num_queries(3 + 2), gathered_lines():  # and a savepoint, as tests run inside a transaction
        lines = [record_act(office, "count", agency, after={"number": number}) for number in range(50)]

    numbers = AuditLine.objects.filter(verb="count").order_by("pk").values_list("after__number", flat=True)
    assert list(numbers) == list(range(50))
    assert [digest_of(line) for line in AuditLine.objects.filter(verb="count").order_by("pk")] == [
        line.digest for line in lines
    ]


def test_gathered_lines_inside_each_other_are_those_of_the_outer_block(county: County) -> None:
    with gathered_lines():
        with gathered_lines():
            write(county, "inside")
        within = AuditLine.objects.filter(verb="inside").count()

    assert (within, AuditLine.objects.filter(verb="inside").count()) == (0, 1)


def test_of_many_gathered_lines_those_that_fill_a_batch_are_written_at_once(county: County) -> None:
    agency = county.agencies["works"]
    acts = [(agency, {}, {"number": number}, "") for number in range(BATCH)]

    with gathered_lines():
        record_acts(county.viewer("office"), "count", acts)
        within = AuditLine.objects.filter(verb="count").count()
        write(county, "last")

    assert (within, AuditLine.objects.filter(verb="count").count()) == (BATCH, BATCH)
    assert AuditLine.objects.order_by("pk").values_list("verb", flat=True).last() == "last"


def test_gathered_lines_of_a_block_that_fails_are_not_written(county: County) -> None:
    def fail() -> None:
        with gathered_lines():
            write(county, "never")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert AuditLine.objects.filter(verb="never").count() == 0


def test_no_acts_write_no_lines(county: County) -> None:
    assert record_acts(county.viewer("office"), "nothing", []) == []


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), st.text(max_size=8)))
def test_digest_changes_with_any_value(after: dict[str, str]) -> None:
    line = AuditLine(pk=1, at=MORNING, user_name="a", verb="b", target="c", after=after)
    other = AuditLine(pk=1, at=MORNING, user_name="a", verb="b", target="c", after={**after, "more": "x"})

    assert (digest_of(line) == digest_of(other)) is (after == other.after)


def test_digest_does_not_run_values_together() -> None:
    first = AuditLine(pk=1, at=MORNING, user_name="ab", verb="c", target="d")
    second = AuditLine(pk=1, at=MORNING, user_name="a", verb="bc", target="d")

    assert digest_of(first) != digest_of(second)


def test_target_names_table_and_row(county: County) -> None:
    assert target_of(county.posts["office"]) == f"organizations.post:{county.posts['office'].pk}"


# --- the database refuses --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["kernel_auditline", "kernel_auditseal"])
def test_database_refuses_to_change_lines_and_seals(county: County, table: str, act: str) -> None:
    write(county, "first")
    seal_pending()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


# --- seals -----------------------------------------------------------------------------------------------------------
def test_lines_wait_until_they_are_sealed(county: County) -> None:
    lines = write(county, "first", "second")

    waiting = list(AuditPending.objects.values_list("line_id", flat=True))
    sealed = seal_pending()

    assert waiting == [line.pk for line in lines]
    assert (sealed, AuditPending.objects.count()) == (2, 0)


def test_seals_of_a_division_stand_on_each_other(county: County) -> None:
    write(county, "first")
    seal_pending()
    write(county, "second")
    seal_pending()

    first, second = AuditSeal.objects.order_by("number")
    assert (first.number, first.previous) == (1, "")
    assert (second.number, second.previous) == (2, first.hash)


def test_each_division_has_a_chain_of_its_own(county: County) -> None:
    write(county, "here")
    record_act(county.viewer("neighbor_head"), "there", county.agencies["neighbor_head"])
    record_act(Clockwork(), "nowhere", county.people["leader"])
    seal_pending()

    seals = AuditSeal.objects.order_by("division_id").values_list("division_id", "number")
    assert list(seals) == [(county.county.pk, 1), (county.neighbor.pk, 1), (None, 1)]


def test_nothing_to_seal_makes_no_seal(county: County, heads: Path) -> None:
    assert (seal_pending(), AuditSeal.objects.count(), heads.exists()) == (0, 0, False)


def test_heads_outside_the_database_say_the_newest_seal(county: County) -> None:
    write(county, "first", "second")
    seal_pending()

    (head, is_ours) = next(audit_heads.read())

    seal = AuditSeal.objects.get()
    assert (head.division_id, head.number, head.hash, head.lines, is_ours) == (county.county.pk, 1, seal.hash, 2, True)


# --- proof -----------------------------------------------------------------------------------------------------------
def test_untouched_chain_holds(county: County) -> None:
    write(county, "first", "second")
    seal_pending()
    write(county, "third")

    proof = verify_chain()

    assert (proof.lines, proof.seals, proof.pending, proof.findings) == (3, 1, 1, ())


def test_empty_chain_holds(db) -> None:
    assert verify_chain().findings == ()


def test_altered_line_is_found(county: County, tampering) -> None:
    _first, second = write(county, "first", "second")
    seal_pending()

    AuditLine.objects.filter(pk=second.pk).update(note="forged")

    assert found() == {(Flaw.ALTERED, f"line:{second.pk}")}


@pytest.mark.parametrize("field", ["user_name", "post_name", "verb", "target", "before", "after", "at"])
def test_every_value_of_a_line_is_guarded(county: County, tampering, field: str) -> None:
    (line,) = write(county, "only")
    seal_pending()
    forged = {"before": {"x": 1}, "after": {"x": 1}, "at": MORNING}.get(field, "forged")

    AuditLine.objects.filter(pk=line.pk).update(**{field: forged})

    assert found() == {(Flaw.ALTERED, f"line:{line.pk}")}


def test_line_altered_together_with_its_digest_breaks_the_seal(county: County, tampering) -> None:
    (line,) = write(county, "only")
    seal_pending()
    line.note = "forged"

    AuditLine.objects.filter(pk=line.pk).update(note="forged", digest=digest_of(line))

    assert found() == {(Flaw.BROKEN_SEAL, f"seal:{county.county.pk}/1")}


def test_line_altered_before_its_seal_is_found(county: County, tampering) -> None:
    (line,) = write(county, "waits")

    AuditLine.objects.filter(pk=line.pk).update(note="forged")

    assert found() == {(Flaw.ALTERED, f"line:{line.pk}")}


def test_removed_line_is_found(county: County, tampering) -> None:
    first, _second = write(county, "first", "second")
    seal_pending()

    AuditLine.objects.filter(pk=first.pk).delete()

    assert found() == {(Flaw.REMOVED, f"line:{first.pk}")}


def test_line_slipped_in_is_found(county: County, tampering) -> None:
    write(county, "first")
    seal_pending()
    (extra,) = write(county, "extra")

    AuditPending.objects.all().delete()

    assert found() == {(Flaw.UNSEALED, f"line:{extra.pk}")}


def test_lines_in_another_order_are_found(county: County, tampering) -> None:
    lines = write(county, "first", "second", "third")
    seal_pending()

    AuditSeal.objects.update(line_ids=[line.pk for line in reversed(lines)])

    assert found() == {(Flaw.REORDERED, f"seal:{county.county.pk}/1")}


def test_altered_seal_is_found_and_the_head_outside_contradicts_it(county: County, tampering) -> None:
    write(county, "first")
    seal_pending()

    AuditSeal.objects.update(hash="0" * 64)

    place = f"seal:{county.county.pk}/1"
    assert found() == {(Flaw.BROKEN_SEAL, place), (Flaw.CUT_TAIL, place)}


def test_seal_taken_out_of_the_middle_is_found(county: County, tampering) -> None:
    for name in ("first", "second", "third"):
        write(county, name)
        seal_pending()

    AuditSeal.objects.filter(number=2).delete()

    number = AuditLine.objects.get(verb="second").pk
    assert found() == {
        (Flaw.BROKEN_SEAL, f"seal:{county.county.pk}/3"),
        (Flaw.UNSEALED, f"line:{number}"),
        (Flaw.CUT_TAIL, f"seal:{county.county.pk}/2"),
    }


def test_cut_tail_is_found(county: County, tampering) -> None:
    write(county, "first")
    seal_pending()
    (last,) = write(county, "last")
    seal_pending()

    AuditSeal.objects.filter(number=2).delete()
    AuditLine.objects.filter(pk=last.pk).delete()

    assert found() == {(Flaw.CUT_TAIL, f"seal:{county.county.pk}/2")}


def test_head_written_by_somebody_else_is_found(county: County, heads: Path, settings) -> None:
    write(county, "first")
    settings.SUSHUI_AUDIT_KEY = "a stranger's key"
    seal_pending()
    settings.SUSHUI_AUDIT_KEY = "ours"

    assert found() == {(Flaw.FORGED_HEAD, f"seal:{county.county.pk}/1")}


@pytest.mark.parametrize("text", ["rubbish", "[]", "{}", '{"signature": "x", "more": 1}', "\u00ff", ""])
def test_line_of_the_file_that_is_no_head_is_found(county: County, heads: Path, text: str) -> None:
    write(county, "first")
    seal_pending()
    with heads.open("a", encoding="latin-1") as file:
        file.write(f"{text}\n")

    assert found() == {(Flaw.FORGED_HEAD, "head:2")}


def test_sealing_between_two_looks_is_no_flaw(county: County) -> None:
    write(county, "waits")
    sealed = []

    def seal_after(execute: Callable[..., object], sql: str, *rest: object) -> object:
        result = execute(sql, *rest)
        if "EXCEPT" in sql:
            sealed.append(seal_pending())
        return result

    with connection.execute_wrapper(seal_after):
        findings = verify_chain().findings

    assert (sealed, findings) == ([1], ())


def test_flaw_of_the_chain_of_no_division_is_placed_in_the_house(county: County, tampering) -> None:
    record_act(Clockwork(), "nowhere", county.people["leader"])
    seal_pending()

    AuditSeal.objects.update(previous="x")

    assert Finding(Flaw.BROKEN_SEAL, "seal:house/1") in verify_chain().findings


def test_each_flaw_has_a_sentence_of_its_own() -> None:
    assert len({label_of(flaw) for flaw in Flaw}) == len(Flaw)


# --- two at once -----------------------------------------------------------------------------------------------------
def test_two_workers_that_seal_at_once_make_one_whole_chain(committed_county: County) -> None:
    for number in range(40):
        write(committed_county, f"act {number}")
    start, counts = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        counts.append(seal_pending())
        connections.close_all()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (sum(counts), verify_chain().findings) == (40, ())
