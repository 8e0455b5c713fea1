"""The year's portfolio from its opening to its adjustment, by services; what is final PostgreSQL refuses to change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction

from sushui.kernel.audit import target_of
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.models import AuditLine
from sushui.projects import services
from sushui.projects.enums import FundingSource, PortfolioState, PortfolioVerb, ProjectLevel, ProjectStage
from sushui.projects.models import PortfolioVersion
from sushui.projects.services import portfolios
from sushui.projects.services.portfolios import EntryValues
from tests.projects.play import on
from tests.projects.portfolios.lists import DAY, YI, Lists

pytestmark = pytest.mark.usefixtures("_in_january")


def refusal(caught: pytest.ExceptionInfo[DomainError]) -> str:
    return caught.value.code


# --- opening and drafting --------------------------------------------------------------------------------------------
def test_a_year_is_opened_once_under_a_name(lists: Lists) -> None:
    lists.open()

    with pytest.raises(DomainError) as caught:
        lists.open()

    assert refusal(caught) == "portfolio_taken"


@pytest.mark.parametrize(("year", "name", "code"), [(2026, " ", "text_missing"), (26, "盘子", "year_impossible")])
def test_a_portfolio_has_a_name_and_a_year(lists: Lists, year: int, name: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        lists.open(year, name)

    assert refusal(caught) == code


def test_a_draft_from_the_ledger_ranks_by_level_and_size(lists: Lists) -> None:
    for name, total, level in (("小", 1, ProjectLevel.COUNTY), ("大", 9, ProjectLevel.COUNTY), ("省", 2, "province")):
        lists.sized(name, total, level=ProjectLevel(level))

    assert lists.names(lists.drafted()) == ["省", "大", "小"]


def test_a_draft_takes_what_the_filter_leaves_and_nothing_terminated(lists: Lists) -> None:
    lists.sized("城市", 2, level=ProjectLevel.CITY)
    ended = lists.sized("终止", 3, level=ProjectLevel.CITY)
    lists.sized("其他", 1)
    services.move_project(lists.office, ended, stage=ProjectStage.TERMINATED, on=DAY, note="企业退出")

    assert lists.names(lists.drafted(level="city")) == ["城市"]


def test_an_entry_keeps_what_the_ledger_said_then(lists: Lists) -> None:
    project = lists.sized("甲", 5, funding={(0, FundingSource.BANK_LOANS): 3 * YI})
    services.plan_year(lists.office, project, 2026, YI)
    version = lists.drafted()
    services.edit_project(lists.office, project, lists.draft(name="乙", total_investment=7 * YI))

    entry = lists.entry(version, "甲")

    assert (entry.total, entry.planned, entry.sources) == (5 * YI, YI, {"bank_loans": "300000000.00"})


def test_the_next_version_takes_over_what_was_decided_and_reads_anew_what_describes(lists: Lists) -> None:
    project = lists.sized("甲", 5)
    version = lists.drafted()
    portfolios.change_entry(lists.office, lists.entry(version, "甲"), EntryValues(total=4 * YI, note="压减"))
    services.edit_project(lists.office, project, lists.draft(name="乙", total_investment=9 * YI))

    entry = lists.entry(lists.adjusting(version), "乙")

    assert (entry.total, entry.note, entry.position) == (4 * YI, "压减", 1)


def test_versions_are_numbered_in_their_order(lists: Lists) -> None:
    portfolio = lists.open()

    assert [lists.drafted(portfolio).number for _each in range(3)] == [1, 2, 3]


# --- changing a draft ------------------------------------------------------------------------------------------------
def five(lists: Lists) -> PortfolioVersion:
    for number, name in enumerate("甲乙丙丁戊"):
        lists.sized(name, 9 - number)
    return lists.drafted()


def test_a_project_is_put_in_at_a_rank(lists: Lists) -> None:
    version = five(lists)
    new = lists.sized("新", 1)

    portfolios.put_in(lists.office, version, [new.pk], position=2)

    assert lists.names(version) == list("甲新乙丙丁戊")


def test_a_project_is_put_in_at_the_end(lists: Lists) -> None:
    version = five(lists)

    portfolios.put_in(lists.office, version, [lists.sized(name, 1).pk for name in ("新", "末")])

    assert lists.names(version) == list("甲乙丙丁戊新末")


def test_what_is_in_already_is_not_put_in_again(lists: Lists) -> None:
    version = five(lists)

    with pytest.raises(DomainError) as caught:
        portfolios.put_in(lists.office, version, [lists.entry(version, "甲").project_id])

    assert refusal(caught) == "nothing_to_put_in"


def test_what_nobody_may_know_of_cannot_be_put_in(lists: Lists) -> None:
    with pytest.raises(DomainError) as caught:
        portfolios.put_in(lists.office, five(lists), [999_999])

    assert refusal(caught) == "unknown_project"


def test_who_is_taken_out_leaves_no_gap(lists: Lists) -> None:
    version = five(lists)

    portfolios.take_out(lists.office, lists.entry(version, "乙"), reason="要素未落实")

    assert lists.names(version) == list("甲丙丁戊")


@pytest.mark.parametrize(
    ("name", "rank", "order"), [("丁", 1, "丁甲乙丙戊"), ("甲", 4, "乙丙丁甲戊"), ("丙", 3, "甲乙丙丁戊")]
)
def test_a_project_is_moved_and_the_others_make_room(lists: Lists, name: str, rank: int, order: str) -> None:
    version = five(lists)

    portfolios.move_entry(lists.office, lists.entry(version, name), position=rank)

    assert lists.names(version) == list(order)


@pytest.mark.parametrize("rank", [0, 6])
def test_there_is_no_rank_beyond_the_list(lists: Lists, rank: int) -> None:
    version = five(lists)

    with pytest.raises(DomainError) as caught:
        portfolios.move_entry(lists.office, lists.entry(version, "甲"), position=rank)

    assert refusal(caught) == "rank_impossible"


def test_amounts_and_dates_are_changed_and_the_line_says_which(lists: Lists) -> None:
    version = five(lists)
    values = EntryValues(9 * YI, YI, date(2026, 3, 9), date(2027, 3, 1))

    portfolios.change_entry(lists.office, lists.entry(version, "甲"), values)

    line = AuditLine.objects.filter(target=target_of(version)).latest("pk")
    assert (line.verb, line.before, line.after) == (
        PortfolioVerb.CHANGE,
        {"project": "甲", "planned": None, "start_month": None, "completion_month": None},
        {"project": "甲", "planned": "100000000", "start_month": "2026-03-01", "completion_month": "2027-03-01"},
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (EntryValues(total=Decimal(-1)), "amount_below_zero"),
        (EntryValues(planned=Decimal(10) ** 17), "amount_too_large"),
        (EntryValues(start_month=date(2026, 5, 1), completion_month=date(2026, 4, 1)), "completion_before_start"),
    ],
)
def test_impossible_figures_are_refused(lists: Lists, values: EntryValues, code: str) -> None:
    version = five(lists)

    with pytest.raises(DomainError) as caught:
        portfolios.change_entry(lists.office, lists.entry(version, "甲"), values)

    assert refusal(caught) == code


def test_the_second_of_two_on_one_entry_is_told(lists: Lists) -> None:
    version = five(lists)
    entry = lists.entry(version, "甲")
    portfolios.change_entry(lists.office, entry, EntryValues(total=YI), seen_version=1)

    with pytest.raises(StaleRecord):
        portfolios.change_entry(lists.office, lists.entry(version, "甲"), EntryValues(), seen_version=1)


def test_who_is_taken_out_by_a_rank_of_before_leaves_no_gap(lists: Lists) -> None:
    version = five(lists)
    looked_at = lists.entry(version, "丙")
    portfolios.move_entry(lists.office, lists.entry(version, "甲"), position=5)

    portfolios.take_out(lists.office, looked_at, reason="退出")

    assert lists.names(version) == list("乙丁戊甲")


def test_who_is_moved_by_a_rank_of_before_passes_those_that_stand_there_now(lists: Lists) -> None:
    version = five(lists)
    looked_at = lists.entry(version, "丙")
    portfolios.move_entry(lists.office, lists.entry(version, "甲"), position=5)

    portfolios.move_entry(lists.office, looked_at, position=5)

    assert lists.names(version) == list("乙丁戊甲丙")


def test_who_was_taken_out_meanwhile_is_not_taken_out_again(lists: Lists) -> None:
    version = five(lists)
    looked_at = lists.entry(version, "乙")
    portfolios.take_out(lists.office, lists.entry(version, "乙"), reason="退出")

    with pytest.raises(StaleRecord):
        portfolios.take_out(lists.office, looked_at, reason="退出")


def test_who_discusses_is_told_of_a_list_that_changed_meanwhile(lists: Lists) -> None:
    version = five(lists)
    portfolios.take_out(lists.office, lists.entry(version, "乙"), reason="退出")

    with pytest.raises(StaleRecord):
        portfolios.discuss_version(lists.office, version, on=DAY, note="会", seen_version=1)


# --- discussing, approving, adjusting --------------------------------------------------------------------------------
def test_a_version_goes_from_draft_to_approved(lists: Lists) -> None:
    version = five(lists)

    states = [version.state, lists.discussed(version).state]
    made = portfolios.approve_version(lists.viewer("leader"), version, on=DAY)

    assert (*states, made.state, made.approved_by_id) == (
        PortfolioState.DRAFT,
        PortfolioState.DISCUSSED,
        PortfolioState.APPROVED,
        lists.viewer("leader").post_id,
    )


def test_what_follows_an_approved_version_adjusts_it(lists: Lists) -> None:
    approved = lists.approved(five(lists))

    assert lists.approved(lists.adjusting(approved)).state is PortfolioState.ADJUSTED


def test_an_adjustment_says_why(lists: Lists) -> None:
    approved = lists.approved(five(lists))

    with pytest.raises(DomainError) as caught:
        lists.adjusting(approved, note=" ")

    assert refusal(caught) == "text_missing"


def test_the_supervision_office_names_the_document(lists: Lists) -> None:
    version = lists.discussed(five(lists))

    with pytest.raises(DomainError) as caught:
        portfolios.approve_version(lists.viewer("office"), version, on=DAY)
    made = portfolios.approve_version(lists.viewer("office"), version, on=DAY, document="绛政纪〔2026〕1号")

    assert (refusal(caught), made.document) == ("text_missing", "绛政纪〔2026〕1号")


def test_a_draft_is_not_approved_undiscussed(lists: Lists) -> None:
    with pytest.raises(DomainError) as caught:
        portfolios.approve_version(lists.viewer("leader"), five(lists), on=DAY)

    assert refusal(caught) == "not_discussed"


def test_nothing_is_approved_before_it_was_discussed(lists: Lists) -> None:
    version = lists.discussed(five(lists))

    with pytest.raises(DomainError) as caught:
        portfolios.approve_version(lists.viewer("leader"), version, on=date(2026, 1, 9))

    assert refusal(caught) == "before_discussion"


def test_an_empty_version_is_not_discussed(lists: Lists) -> None:
    with pytest.raises(DomainError) as caught:
        lists.discussed(lists.drafted())

    assert refusal(caught) == "version_empty"


def test_what_was_drafted_before_another_was_approved_is_overtaken(lists: Lists) -> None:
    first = five(lists)
    second = lists.discussed(lists.drafted(first.portfolio))
    with on("2026-01-11"):
        lists.approved(first)

        with pytest.raises(DomainError) as caught:
            portfolios.approve_version(lists.viewer("leader"), second, on=DAY)

    assert refusal(caught) == "overtaken"


def test_what_was_discussed_is_not_changed(lists: Lists) -> None:
    version = lists.discussed(five(lists))

    with pytest.raises(DomainError) as caught:
        portfolios.take_out(lists.office, lists.entry(version, "甲"), reason="退出")

    assert refusal(caught) == "version_closed"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_portfolioversion SET note = 'x'",
        "DELETE FROM projects_portfolioversion",
        "UPDATE projects_portfolioentry SET total = 1",
        "DELETE FROM projects_portfolioentry",
        "INSERT INTO projects_portfolioentry SELECT * FROM projects_portfolioentry",
    ],
)
def test_postgresql_itself_keeps_what_was_approved(lists: Lists, statement: str) -> None:
    lists.approved(five(lists))

    with pytest.raises(ProgrammingError, match="is final"), transaction.atomic():
        connection.cursor().execute(statement)


def test_postgresql_lets_drafts_be_changed_beside_what_was_approved(lists: Lists) -> None:
    approved = lists.approved(five(lists))
    draft = lists.adjusting(approved)

    portfolios.take_out(lists.office, lists.entry(draft, "戊"), reason="退出")

    assert (lists.names(approved), lists.names(draft)) == (list("甲乙丙丁戊"), list("甲乙丙丁"))


def test_the_chain_tells_a_version_from_its_draft_to_its_approval(lists: Lists) -> None:
    version = lists.approved(five(lists))

    assert list(AuditLine.objects.filter(target=target_of(version)).order_by("pk").values_list("verb", flat=True)) == [
        PortfolioVerb.DRAFT,
        PortfolioVerb.DISCUSS,
        PortfolioVerb.APPROVE,
    ]


# --- who may ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["leader", "office", "works_head", "statistics", "neighbor_head", "city_leader"])
def test_only_the_project_office_of_the_division_drafts(lists: Lists, key: str) -> None:
    version = five(lists)

    with pytest.raises(Forbidden):
        portfolios.draft_from_version(lists.viewer(key), version, note="x")


@pytest.mark.parametrize("key", ["project_office", "works_head", "statistics", "neighbor_office", "city_leader"])
def test_only_leaders_and_the_supervision_office_of_the_division_approve(lists: Lists, key: str) -> None:
    version = lists.discussed(five(lists))

    with pytest.raises(Forbidden):
        portfolios.approve_version(lists.viewer(key), version, on=DAY, document="文件")


def test_only_the_project_office_opens_a_year(lists: Lists) -> None:
    with pytest.raises(Forbidden):
        portfolios.open_portfolio(lists.viewer("leader"), year=2026, name="盘子")
