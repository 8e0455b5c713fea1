"""Saying what a project needs, committing to it, delivering it, chasing what is late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.projects import queries, services
from sushui.projects.enums import FundingSource, GapState, ResourceFactor, ResourceVerb
from sushui.projects.models import ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.queries import NeedFilter
from sushui.projects.services import NeedDraft
from sushui.supervision.models import SupervisedTask
from tests.projects.play import on
from tests.projects.resources.conftest import Supply

F = ResourceFactor


# --- needs -----------------------------------------------------------------------------------------------------------
def test_a_need_is_said_with_its_line(supply: Supply) -> None:
    need = supply.need(120, what="建设用地指标", needed_by=date(2026, 6, 30))

    line = supply.play.last_line(supply.project)
    assert (need.amount, need.committed, need.delivered) == (Decimal(120), 0, 0)
    assert (line.verb, line.after) == (
        ResourceVerb.ADD_NEED,
        {"factor": "land", "what": "建设用地指标", "quantity": "120", "needed_by": "2026-06-30"},
    )


def test_grams_are_kept_as_the_line_says_them(supply: Supply) -> None:
    need = supply.need(Decimal("0.325"), F.EMISSIONS, what="COD")
    promised = supply.commit(need, Decimal("0.004"))
    supply.deliver(promised, Decimal("0.003"))

    now = ResourceNeed.objects.get()
    kept = (now.amount, now.committed, now.delivered, now.undelivered)
    assert (kept, supply.play.last_line(supply.project).after["quantity"]) == (
        (Decimal("0.325"), Decimal("0.004"), Decimal("0.003"), Decimal("0.001")),
        "0.003",
    )


@pytest.mark.parametrize("amount", [Decimal("0.0000001"), Decimal("1.1234567")])
def test_a_commitment_finer_than_its_factor_is_refused(supply: Supply, amount: Decimal) -> None:
    need = supply.need(1, F.EMISSIONS)

    with pytest.raises(DomainError) as refused:
        supply.commit(need, amount)

    assert refused.value.code == "amount_too_fine"
    assert refused.value.sentence == f"{amount} 的小数位数超过“排放指标”可保留的位数：6 位。"


def test_a_correction_finer_than_the_fen_is_refused(supply: Supply) -> None:
    wrong = supply.deliver(supply.commit(supply.need(1, F.FUNDS), 1), 1)

    with pytest.raises(DomainError) as refused:
        services.correct_delivery(supply.play.office, wrong, amount=Decimal("0.005"), reason="写错")

    assert refused.value.code == "amount_too_fine"


def test_how_much_may_be_unknown(supply: Supply) -> None:
    assert supply.need(None).amount is None


def test_funds_have_a_source_and_a_month(supply: Supply) -> None:
    need = supply.need(5, F.FUNDS, source=FundingSource.BANK_LOANS, month=date(2026, 5, 20))

    assert (need.source, need.month) == (FundingSource.BANK_LOANS, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (NeedDraft(F.LAND, amount=Decimal(-1)), "amount_below_zero"),
        (NeedDraft(F.LAND, amount=Decimal(10**17)), "amount_too_large"),
        (NeedDraft(F.FUNDS, amount=Decimal("0.001")), "amount_too_fine"),
        (NeedDraft(F.EMISSIONS, amount=Decimal("0.0000001")), "amount_too_fine"),
        (NeedDraft(F.WATER, month=date(2026, 5, 1)), "not_funds"),
        (NeedDraft(F.POWER, source=FundingSource.OTHER), "not_funds"),
    ],
)
def test_a_need_that_cannot_be_is_refused(supply: Supply, draft: NeedDraft, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.add_need(supply.play.office, supply.project, draft)

    assert (refused.value.code, ResourceNeed.objects.count()) == (code, 0)


def test_the_responsible_agency_says_what_its_project_needs(supply: Supply) -> None:
    made = services.add_need(supply.play.viewer("works_handler"), supply.project, NeedDraft(F.LABOR))

    assert made.factor is F.LABOR


@pytest.mark.parametrize("who", ["finance_head", "leader", "statistics", "township"])
def test_others_do_not_say_what_it_needs(supply: Supply, who: str) -> None:
    with pytest.raises(Forbidden):
        services.add_need(supply.play.viewer(who), supply.project, NeedDraft(F.LAND))


def test_a_need_is_changed_on_the_version_that_was_seen(supply: Supply) -> None:
    need = supply.need(100)
    services.edit_need(supply.play.office, need, NeedDraft(F.LAND, amount=Decimal(80)), seen_version=1)

    with pytest.raises(StaleRecord):
        services.edit_need(supply.play.office, need, NeedDraft(F.LAND, amount=Decimal(90)), seen_version=1)

    assert ResourceNeed.objects.get().amount == Decimal(80)


def test_what_is_committed_in_mu_does_not_become_tons(supply: Supply) -> None:
    need = supply.need(100)
    supply.commit(need, 10)

    with pytest.raises(DomainError) as refused:
        services.edit_need(supply.play.office, need, NeedDraft(F.ENERGY))

    assert refused.value.code == "factor_committed"


def test_a_need_taken_away_leaves_the_list_and_stays_in_the_story(supply: Supply) -> None:
    need = supply.need()

    services.drop_need(supply.play.office, need, reason="设计变更")

    assert list(queries.needs(supply.play.office)) == []
    assert supply.play.last_line(supply.project).note == "设计变更"


# --- commitments and deliveries --------------------------------------------------------------------------------------
def test_sums_follow_what_is_promised_and_there(supply: Supply) -> None:
    need = supply.need(100)
    first, second = supply.commit(need, 60), supply.commit(need, 30, "2026-05-31")
    supply.deliver(first, 20)
    seen = [supply.sums(need)]

    supply.deliver(second, 30)
    seen.append(supply.sums(need))

    assert seen == [(90, 20, date(2026, 5, 31)), (90, 50, date(2026, 6, 30))]


def test_an_agency_promises_for_itself_alone(supply: Supply) -> None:
    need = supply.need(agency_id=supply.play.agency_id("finance"))
    made = supply.commit(need, 10, by="finance_handler")

    with pytest.raises(Forbidden):
        supply.commit(need, 10, by="works_handler")

    assert str(made.agency) == "县财政局"


def test_nothing_is_no_commitment(supply: Supply) -> None:
    with pytest.raises(DomainError) as refused:
        supply.commit(supply.need(), 0)

    assert refused.value.code == "amount_not_above_zero"


def test_a_delivery_lies_in_the_past(supply: Supply) -> None:
    promised = supply.commit(supply.need(), 10)

    with pytest.raises(DomainError) as refused:
        services.deliver_resource(supply.play.office, promised, amount=Decimal(1), on=date(2026, 3, 3))

    assert refused.value.code == "day_in_future"


@pytest.mark.parametrize("who", ["works_handler", "leader", "statistics"])
def test_only_who_promised_and_the_office_deliver(supply: Supply, who: str) -> None:
    promised = supply.commit(supply.need(), 10)

    with pytest.raises(Forbidden):
        supply.deliver(promised, 5, by=who)


def test_a_commitment_withdrawn_counts_no_more(supply: Supply) -> None:
    need = supply.need()
    promised = supply.commit(need, 60)
    supply.deliver(promised, 20)

    services.withdraw_commitment(supply.play.viewer("finance_head"), promised, reason="指标收回")

    assert supply.sums(need) == (0, 0, None)
    assert ResourceCommitment.objects.get().withdrawn_reason == "指标收回"


def test_a_delivery_is_corrected_beside_what_was_said(supply: Supply) -> None:
    need = supply.need()
    wrong = supply.deliver(supply.commit(need, 60), 50)

    services.correct_delivery(supply.play.viewer("finance_handler"), wrong, amount=Decimal(5), reason="多写一个零")

    assert supply.sums(need)[:2] == (60, 5)
    assert list(ResourceDelivery.objects.order_by("pk").values_list("amount", "reason")) == [
        (Decimal(50), ""),
        (Decimal(5), "多写一个零"),
    ]


def test_a_delivery_is_corrected_once(supply: Supply) -> None:
    wrong = supply.deliver(supply.commit(supply.need(), 60), 50)
    services.correct_delivery(supply.play.office, wrong, amount=Decimal(), reason="没有来")

    with pytest.raises(DomainError) as refused:
        services.correct_delivery(supply.play.office, wrong, amount=Decimal(5), reason="又改")

    assert refused.value.code == "corrected_already"


# --- what is late ----------------------------------------------------------------------------------------------------
def late(supply: Supply) -> ResourceCommitment:
    return supply.commit(supply.need(), 60, "2026-02-27")


def test_an_overdue_commitment_becomes_a_task_of_the_agency_that_promised(supply: Supply) -> None:
    promised = services.chase_commitment(supply.play.office, late(supply))

    task = SupervisedTask.objects.get()
    assert (promised.task_id, task.lead_agency_id, task.subject_id) == (
        task.pk,
        supply.play.agency_id("finance"),
        supply.project.subject_id,
    )
    assert task.title.startswith("请落实2026-02-27前承诺的用地")


def test_a_commitment_is_chased_once(supply: Supply) -> None:
    promised = services.chase_commitment(supply.play.office, late(supply))

    with pytest.raises(DomainError) as refused:
        services.chase_commitment(supply.play.office, promised)

    assert (refused.value.code, SupervisedTask.objects.count()) == ("chased_already", 1)


@pytest.mark.parametrize("until", ["2026-03-02", "2026-06-30"])
def test_what_is_not_overdue_is_not_chased(supply: Supply, until: str) -> None:
    promised = supply.commit(supply.need(), 60, until)

    with pytest.raises(DomainError) as refused:
        services.chase_commitment(supply.play.office, promised)

    assert refused.value.code == "not_overdue"


def test_what_is_there_is_not_chased(supply: Supply) -> None:
    promised = late(supply)
    supply.deliver(promised, 60)

    with pytest.raises(DomainError) as refused:
        services.chase_commitment(supply.play.office, promised)

    assert refused.value.code == "not_overdue"


# --- the wall --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("project_office", 2),
        ("leader", 2),
        ("works_handler", 2),
        ("finance_handler", 1),
        ("township", 0),
        ("bank", 0),
        ("neighbor_head", 0),
    ],
)
def test_an_agency_sees_its_projects_needs_and_what_it_is_asked(supply: Supply, who: str, seen: int) -> None:
    supply.need(agency_id=supply.play.agency_id("finance"))
    supply.need(factor=F.LABOR)

    assert queries.needs(supply.play.viewer(who)).count() == seen


def test_an_agency_sees_the_need_to_which_it_committed(supply: Supply) -> None:
    need = supply.need()
    before = queries.needs(supply.play.viewer("finance_handler")).count()

    supply.commit(need, 10)

    assert (before, queries.need_for(supply.play.viewer("finance_handler"), need.pk)) == (0, need)


def test_a_need_of_others_is_not_found(supply: Supply) -> None:
    need = supply.need()

    for who in ("township", "neighbor_head"):
        with pytest.raises(NotFound):
            queries.need_for(supply.play.viewer(who), need.pk)


# --- sums ------------------------------------------------------------------------------------------------------------
def stand(supply: Supply) -> None:
    supply.deliver(supply.commit(supply.need(100), 60), 20)
    supply.commit(supply.need(10), 40, "2026-02-27")
    supply.need(None)
    supply.need(7, F.POWER)


def test_each_factor_is_summed_with_its_gaps_apart(supply: Supply) -> None:
    stand(supply)

    land, power = queries.factor_sums(queries.needs(supply.play.office))

    assert (land.count, land.unknown, land.need, land.committed, land.delivered) == (3, 1, 110, 100, 20)
    assert (land.uncommitted, land.undelivered, land.overdue) == (40, 80, 1)
    assert (power.factor, power.uncommitted) == (F.POWER, 7)


@pytest.mark.parametrize(
    ("state", "count"),
    [
        (GapState.UNKNOWN, 1),
        (GapState.UNCOMMITTED, 2),
        (GapState.UNDELIVERED, 2),
        (GapState.OVERDUE, 1),
        (GapState.MET, 0),
    ],
)
def test_each_figure_opens_the_rows_that_it_counts(supply: Supply, state: GapState, count: int) -> None:
    stand(supply)

    assert queries.needs(supply.play.office, NeedFilter(state=state)).count() == count


@pytest.mark.parametrize(("state", "field"), [("uncommitted", "uncommitted"), ("undelivered", "undelivered")])
def test_the_rows_behind_a_figure_sum_to_it(supply: Supply, state: str, field: str) -> None:
    stand(supply)
    whole = queries.needs(supply.play.office)

    opened = queries.needs(supply.play.office, NeedFilter(state=state))

    sums: list[list[Any]] = [[getattr(each, field) for each in queries.factor_sums(rows)] for rows in (whole, opened)]
    assert [value for value in sums[0] if value] == sums[1]


def test_more_than_was_promised_meets_the_need(supply: Supply) -> None:
    need = supply.need(10)
    supply.deliver(supply.commit(need, 10), 12)

    assert list(queries.needs(supply.play.office, NeedFilter(state=GapState.MET))) == [need]


def test_more_from_one_agency_hides_no_gap_of_another(supply: Supply) -> None:
    need = supply.need(20)
    supply.deliver(supply.commit(need, 10), 20)
    supply.commit(need, 10, agency="works")

    found = {state: queries.needs(supply.play.office, NeedFilter(state=state)).count() for state in GapState}

    assert (found[GapState.UNDELIVERED], found[GapState.MET]) == (1, 0)
    assert [each.undelivered for each in queries.factor_sums(queries.needs(supply.play.office))] == [10]


def test_what_the_own_agency_is_late_with_leaves_out_what_others_are(supply: Supply) -> None:
    own, other = supply.need(), supply.need(agency_id=supply.play.agency_id("finance"))
    for day in ("2026-02-26", "2026-02-27"):
        supply.commit(own, 10, day)
    supply.commit(other, 10, "2026-02-27", agency="works")
    supply.commit(other, 10)

    viewer = supply.play.viewer("finance_head")
    late, mine = NeedFilter(state=GapState.OVERDUE, mine=True), NeedFilter(mine=True)

    assert list(queries.needs(viewer, late)) == [own]
    assert set(queries.needs(viewer, mine)) == {own, other}


def test_days_pass_and_a_promise_is_late(supply: Supply) -> None:
    supply.commit(supply.need(), 60, "2026-03-05")
    counts = []
    for day in ("2026-03-05", "2026-03-06"):
        with on(day):
            counts.append(queries.overdue_commitments(supply.play.viewer("finance_head")).count())

    assert counts == [0, 1]
