"""How requests come in, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import DatedSetting, OutboxMessage
from sushui.relief import services
from sushui.relief.enums import SupportChannel, SupportKind, SupportState
from sushui.relief.panels.sheet import bill_of
from sushui.relief.services import UnpaidBill
from tests.relief.play import Play

FORM = {"channel": SupportChannel.FORM}


def _refused(play: Play, **said: object) -> str:
    with pytest.raises(DomainError) as refusal:
        play.receive(**said)  # type: ignore[arg-type]
    return refusal.value.code


def test_requests_are_numbered_by_year(play: Play) -> None:
    rows = [play.receive("一"), play.receive("二")]

    assert [row.code for row in rows] == ["2026-0001", "2026-0002"]


def test_what_cannot_be_taken_says_why(play: Play) -> None:
    play.receive("要用电")
    codes = [
        _refused(play, content="  "),
        _refused(play, content="要用电"),
        _refused(play, content="付款", kind=SupportKind.UNPAID),
        _refused(play, content="我打电话", by="enterprise"),
    ]

    assert codes == ["text_missing", "asked_already", "bill_missing", "channel_not_own"]


def test_an_enterprise_asks_for_itself_alone(play: Play) -> None:
    with pytest.raises(NotFound):
        play.receive("别家的事", by="enterprise", of=play.forge, **FORM)


def test_a_bank_enters_nothing(play: Play) -> None:
    with pytest.raises(Forbidden):
        play.receive(by="bank")


def test_a_flood_is_stopped_and_the_office_may_still_write_down_a_call(play: Play) -> None:
    county = play.county.county
    DatedSetting.objects.create(division=county, key="relief.most_a_day", value=2, valid_from_on=date(2026, 1, 1))
    for number in range(2):
        play.receive(f"第 {number} 件", by="enterprise", **FORM)

    assert _refused(play, content="第三件", by="enterprise", **FORM) == "too_many_today"
    assert play.receive("急事").state is SupportState.RECEIVED


def test_obstruction_goes_to_the_public_security_line_at_once(play: Play) -> None:
    county = play.county.county
    named = {"key": "relief.security_agency", "value": "县住建局", "valid_from_on": date(2026, 1, 1)}
    DatedSetting.objects.create(division=county, **named)

    row = play.receive("村民堵门", by="enterprise", kind=SupportKind.OBSTRUCTION, **FORM)

    told = OutboxMessage.objects.get(key__startswith="relief.alerted:").payload["post_ids"]
    assert row.alerted_agency == play.county.agencies["works"]
    assert play.county.posts["works_head"].pk in told
    assert play.fresh(row, "works_head") == row


def test_obstruction_is_not_answered_without_evidence(play: Play) -> None:
    row = play.assign(play.receive("村民堵门", kind=SupportKind.OBSTRUCTION))

    with pytest.raises(DomainError) as refusal:
        play.answer(row)

    assert refusal.value.code == "evidence_missing"


def test_an_unpaid_bill_runs_on_the_clock_of_the_statute(play: Play) -> None:
    bill = UnpaidBill(Decimal(1_000_000), date(2026, 1, 2))
    row = play.assign(play.receive("货款没有付", kind=SupportKind.UNPAID, unpaid=bill))

    found = bill_of(row)
    assert found is not None
    assert row.task is not None
    assert (found.interest, found.due_on, row.task.deadline_on) == (
        Decimal("30000.00"),
        date(2026, 4, 2),
        date(2026, 4, 2),
    )


def test_the_enterprise_takes_its_request_back_until_it_is_worked_on(play: Play) -> None:
    row = play.receive("不用了", by="enterprise", **FORM)

    row = services.withdraw_request(play.viewer("enterprise"), row, reason="自己解决了")

    assert (row.state, row.closed_on) == (SupportState.WITHDRAWN, date(2026, 3, 3))
