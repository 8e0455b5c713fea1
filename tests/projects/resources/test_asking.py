"""What is odd about needs, commitments and deliveries: asked about with both figures, done once it is confirmed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError
from sushui.projects import services
from sushui.projects.enums import ResourceFactor
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.models import ResourceNeed
from sushui.projects.services import NeedDraft, QuestionsAskedError
from tests.projects.pages.reading import desk
from tests.projects.resources.conftest import Supply

D = ActDoubt


def sentence(act: Any, *args: Any, **more: Any) -> tuple[list[str], str]:
    with pytest.raises(QuestionsAskedError) as asked:
        act(*args, **more)
    return [each.doubt for each in asked.value.questions], asked.value.sentence


def test_more_than_is_needed_is_asked_about(supply: Supply) -> None:
    need = supply.need(12)

    found = sentence(supply.commit, need, 500, confirmed=())

    assert found == (["above_need"], "需求为12 亩，承诺合计将达500 亩。")
    assert supply.sums(need) == (0, 0, None)


def test_what_others_promised_counts(supply: Supply) -> None:
    need = supply.need(100)
    supply.commit(need, 60)

    assert sentence(supply.commit, need, 60, confirmed=())[0] == ["above_need"]


def test_a_commitment_until_a_day_that_passed_is_asked_about(supply: Supply) -> None:
    found = sentence(supply.commit, supply.need(100), 60, "2020-01-01", confirmed=())

    assert found == (["day_past"], "承诺期限2020-01-01已过。")


def test_both_questions_stand_together_and_the_line_keeps_what_was_confirmed(supply: Supply) -> None:
    need = supply.need(12)
    assert sentence(supply.commit, need, 500, "2020-01-01", confirmed=())[0] == ["above_need", "day_past"]

    supply.commit(need, 500, "2020-01-01", confirmed={D.ABOVE_NEED, D.DAY_PAST})

    assert supply.play.last_line(supply.project).after["confirmed"] == ["above_need", "day_past"]


def test_a_need_that_nobody_knows_asks_nothing(supply: Supply) -> None:
    need = supply.need(None)

    supply.commit(need, 500, confirmed=())

    assert supply.sums(need)[0] == 500


def test_more_than_was_committed_is_asked_about_in_ten_thousand_yuan(supply: Supply) -> None:
    promised = supply.commit(supply.need(60_000_000, ResourceFactor.FUNDS), 30_000_000)

    found = sentence(supply.deliver, promised, 90_000_000, confirmed=())

    assert found == (["above_commitment"], "承诺3,000.00万元，兑现合计将达9,000.00万元。")


def test_deliveries_before_count(supply: Supply) -> None:
    promised = supply.commit(supply.need(100), 60)
    supply.deliver(promised, 40)

    assert sentence(supply.deliver, promised, 40, confirmed=())[0] == ["above_commitment"]


def test_a_delivery_corrected_upward_is_asked_about_and_downward_is_not(supply: Supply) -> None:
    made = supply.deliver(supply.commit(supply.need(100), 60), 60)
    viewer = supply.play.viewer("finance_handler")

    asked = sentence(services.correct_delivery, viewer, made, amount=Decimal(70), reason="补录")
    services.correct_delivery(viewer, made, amount=Decimal(50), reason="多录")

    assert asked[0] == ["above_commitment"]
    assert ResourceNeed.objects.get().delivered == 50


def test_a_need_cut_below_what_is_committed_is_asked_about(supply: Supply) -> None:
    need = supply.need(100)
    supply.commit(need, 60)
    draft = NeedDraft(ResourceFactor.LAND, amount=Decimal(50))

    assert sentence(services.edit_need, supply.play.office, need, draft)[0] == ["below_committed"]

    services.edit_need(supply.play.office, need, draft, confirmed={D.BELOW_COMMITTED})
    assert ResourceNeed.objects.get().amount == 50


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda supply: supply.commit(supply.need(), 10, "2206-03-01"), "day_too_far"),
        (lambda supply: supply.need(needed_by=date(1026, 1, 1)), "day_too_early"),
    ],
)
def test_days_that_cannot_be_are_refused(supply: Supply, act: Any, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        act(supply)

    assert refused.value.code == code


def test_a_delivery_before_the_horizon_is_refused(supply: Supply) -> None:
    promised = supply.commit(supply.need(), 10)

    with pytest.raises(DomainError) as refused:
        services.deliver_resource(supply.play.office, promised, amount=Decimal(1), on=date(1026, 11, 24))

    assert refused.value.sentence == "1026-11-24早于1990年，本系统登记的项目没有这么早的日期。"


def test_the_form_asks_with_a_box_and_keeps_what_was_typed(supply: Supply) -> None:
    promised, finance = supply.commit(supply.need(100), 30), desk(supply.play.county, "finance_handler")
    typed = {"amount": "90", "on": "2026-03-02"}

    asked = finance.send("commitment-deliver", promised.pk, **typed)
    done = finance.send("commitment-deliver", promised.pk, **typed, confirm_above_commitment="on")

    assert (asked.status, asked.value("amount"), 'name="confirm_above_commitment"' in asked.html) == (422, "90", True)
    assert (done.status, ResourceNeed.objects.get().delivered) == (200, 90)
