"""What each role sees of the pages of enterprises, and what they send."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sushui.enterprises.enums import EnterpriseStatus, FigureSource, PersonRole
from sushui.enterprises.models import Enterprise, EnterpriseFigure, EnterprisePerson
from sushui.enterprises.services import PersonDraft, add_person
from tests.enterprises.play import CODE, OTHER_CODE, PILOT_CODE, WAN, Play
from tests.enterprises.test_imports import workbook

NEW = {"name": "鑫源铸造有限公司", "has_qualification": "unknown", "code": "", "legal_form": "limited"}


def signed_in(play: Play, who: str) -> Client:
    client = Client()
    client.force_login(play.county.user(who))
    return client


def page(play: Play, who: str, path: str) -> str:
    return signed_in(play, who).get(path).content.decode()


def test_the_register_shows_size_and_who_answers(play: Play) -> None:
    made = play.enter("鑫源铸造有限公司", code=CODE, industry_code="3391", agency="works")
    play.tell(made, 2025, employees=300, revenue=2000)

    shown = page(play, "leader", "/enterprises/")

    assert [word in shown for word in ("鑫源铸造有限公司", CODE, "中型", "3391 黑色金属铸造", "县住建局")] == [True] * 5


@pytest.mark.parametrize(("query", "found"), [("text=鑫源", True), ("status=closed", False), ("industry=34", False)])
def test_the_register_is_narrowed(play: Play, query: str, found: bool) -> None:
    play.enter("鑫源铸造有限公司", industry_code="3391")

    assert ("鑫源铸造有限公司" in page(play, "leader", f"/enterprises/?{query}")) is found


def test_a_page_asks_as_much_for_many_enterprises_as_for_few(play: Play, django_assert_max_num_queries) -> None:
    for number in range(12):
        play.enter(f"甲{number}有限公司", agency="works")
    client = signed_in(play, "leader")

    with django_assert_max_num_queries(22):
        client.get("/enterprises/")


def test_an_enterprise_is_entered_by_its_form(play: Play) -> None:
    answer = signed_in(play, "project_office").post(
        "/enterprises/new/", {**NEW, "code": CODE, "former_names": "甲\n乙"}
    )

    made = Enterprise.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/enterprises/{made.pk}/")
    assert (made.name, made.former_names) == ("鑫源铸造有限公司", ["甲", "乙"])


def test_an_odd_code_is_asked_about_beside_its_field_and_then_confirmed(play: Play) -> None:
    client = signed_in(play, "project_office")

    asked = client.post("/enterprises/new/", {**NEW, "code": PILOT_CODE})
    done = client.post("/enterprises/new/", {**NEW, "code": PILOT_CODE, "confirm_code": "on"})

    assert asked.status_code == 422
    assert "代码的校验位不符" in asked.content.decode()
    assert "主体标识码无误" in asked.content.decode()
    assert (done.status_code, Enterprise.objects.get().code) == (302, PILOT_CODE)


def test_a_name_that_is_nearly_there_is_asked_about_and_then_confirmed(play: Play) -> None:
    play.enter("绛县鑫源（集团）铸造有限责任公司", code=CODE)
    client = signed_in(play, "project_office")

    asked = client.post("/enterprises/new/", NEW)
    done = client.post("/enterprises/new/", {**NEW, "confirm_name": "on"})

    assert (asked.status_code, "名称相近" in asked.content.decode()) == (422, True)
    assert (done.status_code, Enterprise.objects.count()) == (302, 2)


def test_a_name_that_stays_is_not_asked_about(play: Play) -> None:
    made = play.enter("鑫源铸造有限公司")
    said = {**NEW, "version": made.version, "note": "新址"}

    answer = signed_in(play, "project_office").post(f"/enterprises/{made.pk}/edit/", said)

    assert (answer.status_code, Enterprise.objects.get().note) == (302, "新址")


def test_figures_are_reported_in_ten_thousand_yuan(play: Play) -> None:
    made = play.enter()
    said = {"year": 2025, "month": 0, "source": "tax_office", "revenue": "2000.5", "employees": "30"}

    signed_in(play, "project_office").post(f"/enterprises/{made.pk}/report/", said)

    rows = {row.kind: (row.amount, row.source) for row in EnterpriseFigure.objects.all()}
    assert rows == {"revenue": (20005000, FigureSource.TAX_OFFICE), "employees": (30, FigureSource.TAX_OFFICE)}


def test_a_report_without_a_figure_is_asked_for_one(play: Play) -> None:
    made = play.enter()

    answer = signed_in(play, "project_office").post(
        f"/enterprises/{made.pk}/report/", {"year": 2025, "month": 0, "source": "agency"}
    )

    assert (answer.status_code, "没有填写任何数据" in answer.content.decode()) == (422, True)


def test_the_page_shows_years_side_by_side_and_a_chart_of_months(play: Play) -> None:
    made = play.enter()
    play.tell(made, 2025, revenue=2000)
    play.tell(made, 2025, FigureSource.TAX_OFFICE, revenue=1900)
    play.tell(made, 2025, month=11, electricity=5000)

    shown = page(play, "leader", f"/enterprises/{made.pk}/")

    assert [each in shown for each in ("2,000.00", "1,900.00", "税务部门", "<rect", "2025-11 用电量 5,000 千瓦时")] == [
        True
    ] * 5


def test_every_version_stands_on_its_page_the_newest_in_bold(play: Play) -> None:
    made = play.enter()
    play.tell(made, 2025, revenue=2000)
    play.tell(made, 2025, revenue=2100, reason="审计调整")

    shown = page(play, "leader", f"/enterprises/{made.pk}/figures/")

    assert (shown.count("<strong><span class"), shown.count("<del><span class"), "审计调整" in shown) == (1, 1, True)


@pytest.mark.parametrize(
    ("who", "phone", "number"),
    [
        ("project_office", True, True),
        ("works_handler", True, False),
        ("leader", True, False),
        ("statistics", True, False),
        ("office", False, False),
    ],
)
def test_personal_data_is_masked_by_role(play: Play, who: str, phone: bool, number: bool) -> None:
    made = play.enter(agency="works")
    draft = PersonDraft("赵某", PersonRole.CONTACT, phone="19900001234", id_number="14082619000101123X")
    add_person(play.county.viewer("project_office"), made, draft)

    shown = page(play, who, f"/enterprises/{made.pk}/")

    assert ("19900001234" in shown, "14082619000101123X" in shown) == (phone, number)
    assert ("199******34" in shown, "1408*************X" in shown) == (not phone, not number)


def test_a_person_is_added_and_leaves(play: Play) -> None:
    made, client = play.enter(), signed_in(play, "project_office")

    client.post(f"/enterprises/{made.pk}/add-person/", {"role": "manager", "name": "钱某", "from_on": "2026-01-05"})
    person = EnterprisePerson.objects.get()
    client.post(f"/enterprises/people/{person.pk}/end/", {"on": "2026-03-01", "version": person.version})

    assert (person.role, str(EnterprisePerson.objects.get().to_on)) == (PersonRole.MANAGER, "2026-03-01")


def test_how_it_stands_and_the_list_are_noted_by_those_who_may(play: Play) -> None:
    made = play.enter()
    halted = {"state": "halted", "on": "2026-02-01", "reason": "", "version": 1}

    signed_in(play, "project_office").post(f"/enterprises/{made.pk}/status/", halted)
    signed_in(play, "statistics").post(f"/enterprises/{made.pk}/list/", {"on": "2025-01-01", "version": 2})

    row = Enterprise.objects.get()
    assert (row.status, str(row.listed_on)) == (EnterpriseStatus.HALTED, "2025-01-01")


def test_an_enterprise_comes_to_its_own_page_and_reports_as_itself(play: Play) -> None:
    agency = play.county.agencies["enterprise"]
    agency.code = CODE
    agency.save()
    own, other = play.enter("涑水装备有限公司", code=CODE), play.enter("乙", code=OTHER_CODE)
    client = signed_in(play, "enterprise")

    led = client.get("/enterprises/own/")
    client.post(f"/enterprises/{own.pk}/report/", {"year": 2025, "month": 0, "source": "enterprise", "revenue": "5"})

    assert led["Location"] == f"/enterprises/{own.pk}/"
    assert EnterpriseFigure.objects.get().amount == 5 * WAN
    assert [client.get(f"/enterprises/{other.pk}/{page}").status_code for page in ("", "figures/", "report/")] == [
        404
    ] * 3


def test_an_enterprise_that_is_not_entered_is_told_how_it_comes(play: Play) -> None:
    assert "统一社会信用代码" in page(play, "enterprise", "/enterprises/own/")


@pytest.mark.parametrize("who", ["leader", "office", "works_head"])
def test_who_does_not_keep_the_register_is_not_offered_to_enter(play: Play, who: str) -> None:
    assert "/enterprises/new/" not in page(play, who, "/enterprises/")


def test_the_story_says_what_was_done_in_words(play: Play) -> None:
    made = play.enter()
    play.tell(made, 2025, revenue=2000)

    shown = page(play, "leader", f"/enterprises/{made.pk}/")

    assert [each in shown for each in ("登记了企业", "报送了数据", "营业收入")] == [True] * 3


def test_a_list_is_sent_answered_and_imported(play: Play) -> None:
    play.enter("绛县鑫源（集团）铸造有限责任公司", code=CODE)
    client = signed_in(play, "project_office")
    file = SimpleUploadedFile("名录.xlsx", workbook(("鑫源铸造有限公司", OTHER_CODE), ("乙有限公司", PILOT_CODE)))

    led = client.post("/enterprises/imports/", {"workbook": file})["Location"]
    shown = client.get(led).content.decode()
    client.post(led, {"answer-0": "another", "answer-1": "as_it_stands", "version": 1})
    settled = client.get(led).content.decode()
    done = client.post(f"{led}commit/", {"version": 2, "preview": ""})

    assert [word in shown for word in ("名称相近", "代码有疑问", "待确认")] == [True, True, True]
    assert ("导入清单" in settled, done["Location"]) == (True, "/enterprises/")
    assert set(Enterprise.objects.values_list("code", flat=True)) == {CODE, OTHER_CODE, PILOT_CODE}


def test_a_list_is_dropped(play: Play) -> None:
    client = signed_in(play, "project_office")
    file = SimpleUploadedFile("名录.xlsx", workbook(("鑫源铸造有限公司", CODE)))

    led = client.post("/enterprises/imports/", {"workbook": file})["Location"]
    client.post(f"{led}discard/")

    assert (client.get(led).status_code, Enterprise.objects.count()) == (404, 0)
