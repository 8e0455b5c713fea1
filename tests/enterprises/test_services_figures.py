"""Figures of enterprises: several sources side by side, corrections keep both, size and threshold follow."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from sushui.enterprises import queries, services
from sushui.enterprises.enums import EnterpriseFigureKind, EnterpriseSize, EnterpriseVerb, FigureSource, Reach
from sushui.enterprises.models import Enterprise, EnterpriseFigure
from sushui.enterprises.services import Recorded
from sushui.kernel.audit import target_of
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import AuditLine
from tests.enterprises.play import CODE, OTHER_CODE, WAN, Play

STATISTICS, TAX, OWN = FigureSource.STATISTICS, FigureSource.TAX_OFFICE, FigureSource.ENTERPRISE


def own_agency(play: Play, code: str = CODE) -> None:
    agency = play.county.agencies["enterprise"]
    agency.code = code
    agency.save()


def test_sources_stand_side_by_side(play: Play) -> None:
    made = play.enter()

    play.tell(made, 2025, OWN, revenue=2000)
    play.tell(made, 2025, TAX, revenue=1900)

    rows = queries.newest_figures(play.county.viewer("leader"), made)
    assert [(row.source, row.amount) for row in rows] == [(OWN, 2000 * WAN), (TAX, 1900 * WAN)]


def test_a_correction_keeps_both_and_says_why(play: Play) -> None:
    made = play.enter()
    play.tell(made, 2025, revenue=2000)

    done = play.tell(made, 2025, revenue=2100, reason="审计调整")

    rows = [(row.number, row.amount, row.reason) for row in queries.figures_of(play.county.viewer("leader"), made)]
    line = AuditLine.objects.filter(target=target_of(made)).latest("id")
    assert done == Recorded(new=0, corrected=1, unchanged=0)
    assert rows == [(2, 2100 * WAN, "审计调整"), (1, 2000 * WAN, "")]
    assert (line.verb, line.before["figures"]["revenue 2025"], line.note) == (
        EnterpriseVerb.CORRECT,
        f"{2000 * WAN}.00",
        "审计调整",
    )


def test_a_silent_correction_is_refused(play: Play) -> None:
    made = play.enter()
    play.tell(made, 2025, revenue=2000)

    with pytest.raises(DomainError) as refused:
        play.tell(made, 2025, revenue=2100)

    assert refused.value.code == "correction_without_reason"


def test_what_stands_already_is_left_alone(play: Play) -> None:
    made = play.enter()
    play.tell(made, 2025, revenue=2000, tax=100)

    done = play.tell(made, 2025, revenue=2000, tax=100)

    assert done == Recorded(new=0, corrected=0, unchanged=2)
    assert EnterpriseFigure.objects.count() == 2


@pytest.mark.parametrize(
    ("year", "said", "code"),
    [
        (2026, {"month": 4, "revenue": 1}, "period_in_future"),
        (1989, {"revenue": 1}, "period_in_future"),
        (2025, {"month": 13, "revenue": 1}, "no_such_month"),
        (2025, {"revenue": -1}, "amount_below_zero"),
        (2025, {"revenue": 10**16}, "amount_too_large"),
    ],
)
def test_figures_that_cannot_be_are_refused(play: Play, year: int, said: dict[str, int], code: str) -> None:
    made = play.enter()

    with pytest.raises(DomainError) as refused:
        play.tell(made, year, **said)

    assert refused.value.code == code


def test_only_profit_may_lie_below_zero(play: Play) -> None:
    made = play.enter()

    play.tell(made, 2025, profit=-300)

    assert EnterpriseFigure.objects.get().amount == -300 * WAN


def test_postgresql_refuses_to_change_a_figure(play: Play) -> None:
    play.tell(play.enter(), 2025, revenue=2000)

    with pytest.raises(DatabaseError), transaction.atomic():
        EnterpriseFigure.objects.update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        EnterpriseFigure.objects.all().delete()


def test_size_and_threshold_follow_the_last_whole_year(play: Play) -> None:
    made = play.enter(industry_code="3217")

    play.tell(made, 2024, employees=1000, revenue=40000)
    play.tell(made, 2025, employees=299, revenue=1999)
    play.tell(made, 2026, month=1, employees=2000, revenue=90000)

    row = Enterprise.objects.get()
    assert (row.size, row.reach, row.measured_year) == (EnterpriseSize.SMALL, Reach.BELOW, 2025)


def test_size_is_unknown_while_a_figure_is_missing(play: Play) -> None:
    made = play.enter(industry_code="3217")

    play.tell(made, 2025, revenue=2000)

    row = Enterprise.objects.get()
    assert (row.size, row.reach) == (EnterpriseSize.UNKNOWN, Reach.REACHED)


def test_the_tax_authority_is_trusted_before_the_enterprise(play: Play) -> None:
    made = play.enter(industry_code="3217")

    play.tell(made, 2025, OWN, employees=300, revenue=2000)
    play.tell(made, 2025, TAX, revenue=1900)

    row = Enterprise.objects.get()
    assert (row.size, row.reach) == (EnterpriseSize.SMALL, Reach.BELOW)


def test_another_industry_is_measured_again(play: Play) -> None:
    made = play.enter("甲", industry_code="3217")
    play.tell(made, 2025, employees=50, revenue=1999)

    services.edit_enterprise(play.county.viewer("project_office"), made, play.draft("甲", industry_code="5211"))

    row = Enterprise.objects.get()
    assert (row.size, row.reach) == (EnterpriseSize.MEDIUM, Reach.REACHED)


def test_statistical_figures_serve_statistics_alone(play: Play) -> None:
    made = play.enter(industry_code="3217", agency="works")
    own_agency(play)
    services.edit_enterprise(
        play.county.viewer("project_office"),
        made,
        play.draft("涑水装备", code=CODE, industry_code="3217", agency="works"),
    )

    play.tell(made, 2025, STATISTICS, by="statistics", employees=1000, revenue=40000)

    seen = {
        who: len(queries.newest_figures(play.county.viewer(who), Enterprise.objects.get()))
        for who in ("statistics", "enterprise", "leader", "office", "project_office", "works_head")
    }
    row, line = Enterprise.objects.get(), AuditLine.objects.filter(target=target_of(made)).latest("id")
    assert seen == {"statistics": 2, "enterprise": 2, "leader": 0, "office": 0, "project_office": 0, "works_head": 0}
    assert (row.size, row.reach) == (EnterpriseSize.UNKNOWN, Reach.UNKNOWN)
    assert line.after["figures"] == {"employees 2025": "", "revenue 2025": ""}


def test_nobody_but_the_bureau_tells_as_the_bureau(play: Play) -> None:
    made = play.enter()

    with pytest.raises(Forbidden):
        play.tell(made, 2025, STATISTICS, by="project_office", revenue=1)


def test_an_enterprise_tells_only_as_itself_and_only_of_itself(play: Play) -> None:
    own_agency(play)
    own, other = play.enter("甲", code=CODE), play.enter("乙", code=OTHER_CODE)

    play.tell(own, 2025, OWN, by="enterprise", revenue=5)

    with pytest.raises(Forbidden):
        play.tell(own, 2025, TAX, by="enterprise", revenue=5)
    with pytest.raises(Forbidden):
        play.tell(other, 2025, OWN, by="enterprise", revenue=5)


def test_the_agency_that_answers_for_it_tells_and_no_other(play: Play) -> None:
    made = play.enter(agency="works")

    play.tell(made, 2025, FigureSource.AGENCY, by="works_handler", revenue=5)

    with pytest.raises(Forbidden):
        play.tell(made, 2025, FigureSource.AGENCY, by="finance_head", revenue=5)


def test_a_figure_told_twice_at_once_is_refused(play: Play) -> None:
    made = play.enter()
    figure = services.FigureDraft(made.pk, 2025, EnterpriseFigureKind.TAX, 1, OWN)

    with pytest.raises(DomainError) as refused:
        services.report_enterprise_figures(play.county.viewer("project_office"), [figure, figure])

    assert refused.value.code == "figure_twice"
