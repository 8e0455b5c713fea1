"""Conclusions of inspections, objections, and their review by somebody else."""

from __future__ import annotations

from sushui.supervision import services
from sushui.supervision.enums import OrderKind, RequestState
from sushui.supervision.models import Conclusion, Objection
from tests.supervision.play import march, on


def delivered(play) -> Conclusion:
    order = play.order(kind=OrderKind.INSPECTION, title="营商环境督查")
    return services.deliver_conclusion(play.office, order, agency_id=play.agency_id("works"), text="三项未兑现")


def test_office_delivers_a_conclusion(play, sit):
    with march(2):
        order = play.order(kind=OrderKind.INSPECTION)
        sight = sit("office").send("order-conclude", order.pk, agency=play.agency_id("works"), text="三项未兑现")

    assert (sight.messages, Conclusion.objects.get().text) == (
        ["已送达，该单位可在规定期限内提出异议。"],
        "三项未兑现",
    )


def test_only_an_inspection_is_concluded(play, sit):
    with march(2):
        order = play.order()
        sight = sit("office").send("order-conclude", order.pk, agency=play.agency_id("works"), text="三项未兑现")

    assert (sight.status, sight.value("text")) == (422, "三项未兑现")


def test_conclusions_are_the_agencys_own_and_the_offices_all(play, sit):
    with march(2):
        delivered(play)
        seen = {
            key: len(sit(key).open("conclusions").rows) for key in ("office", "leader", "works_head", "finance_head")
        }

    assert seen == {"office": 1, "leader": 1, "works_head": 1, "finance_head": 0}


def test_head_objects_and_the_office_sees_it(play, sit):
    with march(2):
        conclusion = delivered(play)
        sit("works_head").send("conclusion-object", conclusion.pk, reason="资金未下达")
        sight = sit("office_second").open("conclusion", conclusion.pk)

    assert (sight.answer.endswith("异议 待复核"), "资金未下达" in sight.html) == (True, True)


def test_objection_after_its_time_is_not_offered(play, sit):
    with march(2):
        conclusion = delivered(play)
    with on("2026-04-02"):
        html = sit("works_head").open("conclusion", conclusion.pk).html

    assert html.count("提出异议</a>") == 0


def test_review_is_offered_to_somebody_else_than_the_drafter(play, sit):
    with march(2):
        conclusion = delivered(play)
        services.object_to_conclusion(play.speaker("works"), conclusion, reason="资金未下达")
        objection = Objection.objects.get()

        assert sit("office").open("objection-review", objection.pk).status == 403
        assert sit("office_second").open("objection-review", objection.pk).status == 200


def test_review_decides_and_is_shown(play, sit):
    with march(2):
        conclusion = delivered(play)
        objection = services.object_to_conclusion(play.speaker("works"), conclusion, reason="资金未下达")
        sight = sit("office_second").send("objection-review", objection.pk, decision="upheld", note="情况属实")

    objection.refresh_from_db()
    assert (objection.state, "情况属实" in sight.html) == (RequestState.GRANTED, True)


def test_conclusion_of_another_agency_is_not_there(play, sit):
    with march(2):
        conclusion = delivered(play)

        assert [sit(key).open("conclusion", conclusion.pk).status for key in ("finance_head", "neighbor_office")] == [
            404,
            404,
        ]
