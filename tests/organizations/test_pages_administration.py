"""What administrators keep: accounts, divisions, settings, the calendar, the audit chain."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from sushui.kernel import clock
from sushui.kernel.audit import seal_pending
from sushui.kernel.audit_check import Finding, Flaw
from sushui.kernel.days import register_consequence, working_calendar
from sushui.kernel.models import AuditLine, DatedSetting, User
from sushui.organizations import services
from sushui.organizations.models import Division
from sushui.organizations.panels import finding_in_words
from sushui.supervision.queries import TaskFilter
from sushui.supervision.services.exports import export_register
from tests.cast import County
from tests.supervision.play import Play

HOUSE = "/organizations/administration/"
DIVISIONS = "/organizations/directory/divisions/"
PAGES = ["", "people/new/", "settings/", "settings/supervision.general_days/", "calendar/", "calendar/notice/"]
PAGES += ["calendar/day/", "audit/"]


@pytest.fixture(autouse=True)
def heads(tmp_path, settings) -> None:
    settings.SUSHUI_AUDIT_HEADS = str(tmp_path / "heads.jsonl")


@pytest.fixture
def administrator(county: County) -> Client:
    return signed_in(county, "administrator")


def signed_in(county: County, account: str) -> Client:
    client = Client()
    client.force_login(county.user(account))
    return client


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


@pytest.mark.parametrize("page", PAGES)
def test_administrator_opens_every_page(administrator: Client, page: str) -> None:
    assert administrator.get(HOUSE + page).status_code == 200


@pytest.mark.parametrize("account", ["office", "leader", "works_head", "city_leader", "enterprise"])
def test_nobody_else_opens_any(county: County, account: str) -> None:
    client = signed_in(county, account)

    assert {client.get(HOUSE + page).status_code for page in PAGES} == {403}


# --- accounts --------------------------------------------------------------------------------------------------------
def test_registered_person_gets_a_password_that_is_shown_once(administrator: Client, county: County) -> None:
    response = administrator.post(f"{HOUSE}people/new/", {"name": "新任", "username": "newcomer"})

    person = User.objects.get(username="newcomer")
    (account, password) = re.findall(r"<dd><strong>(.*?)</strong>", response.content.decode())
    assert (account, person.check_password(password), person.must_change_password) == ("newcomer", True, True)
    assert "no-store" in response["Cache-Control"]
    assert password not in administrator.get(f"{HOUSE}people/{person.pk}/").content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "新任", "username": "office"}, "账号“office”已存在。"),
        ({"name": "新任", "username": "新任"}, "只能用字母、数字"),
    ],
)
def test_account_that_cannot_be_is_refused_in_words(
    administrator: Client, county: County, typed: dict[str, str], sentence: str
) -> None:
    response = administrator.post(f"{HOUSE}people/new/", typed)

    assert (response.status_code, sentence in text_of(response)) == (422, True)


def test_password_is_set_anew_from_the_page(administrator: Client, county: County) -> None:
    person = county.user("works_head")

    response = administrator.post(f"{HOUSE}people/{person.pk}/reset-password/")

    person.refresh_from_db()
    password = re.findall(r"<dd><strong>(.*?)</strong>", response.content.decode())[1]
    assert (person.check_password(password), "no-store" in response["Cache-Control"]) == (True, True)


def test_account_is_closed_and_opened_from_the_page(administrator: Client, county: County) -> None:
    person = services.register_person(county.viewer("administrator"), username="gone", name="x", password=None)

    states = []
    for act in ("deactivate", "reactivate"):
        administrator.post(f"{HOUSE}people/{person.pk}/{act}/")
        states.append(User.objects.get(pk=person.pk).is_active)

    assert states == [False, True]


def test_account_that_holds_a_post_is_not_closed(administrator: Client, county: County) -> None:
    response = administrator.post(f"{HOUSE}people/{county.user('works_head').pk}/deactivate/")

    assert (response.status_code, User.objects.get(username="works_head").is_active) == (422, True)


@pytest.mark.parametrize("act", ["", "reset-password/", "deactivate/", "reactivate/"])
def test_account_of_another_county_is_not_there(administrator: Client, county: County, act: str) -> None:
    address = f"{HOUSE}people/{county.user('neighbor_head').pk}/{act}"

    response = administrator.post(address) if act else administrator.get(address)

    assert response.status_code == 404


def test_accounts_come_in_pages(administrator: Client, county: County) -> None:
    User.objects.bulk_create(
        User(username=f"u{number:03}", name=f"人{number:03}", registered_in=county.county) for number in range(120)
    )

    first = administrator.get(HOUSE)
    after = re.findall(r'href="\?after=([^"]+)"', first.content.decode())
    second = administrator.get(HOUSE, {"after": after[0]})

    names = [re.findall(r">(人\d+)<", page.content.decode()) for page in (first, second)]
    assert set(names[0]).isdisjoint(names[1])


# --- divisions -------------------------------------------------------------------------------------------------------
def test_county_is_loaded_from_the_page(administrator: Client, county: County) -> None:
    administrator.post(f"{DIVISIONS}load/", {"code": "140826"})

    assert "横水镇" in text_of(administrator.get(DIVISIONS))


@pytest.mark.parametrize(("code", "status"), [("14082", 422), ("abcdef", 422), ("140823", 403)])
def test_county_that_cannot_be_loaded_is_refused(administrator: Client, code: str, status: int) -> None:
    assert administrator.post(f"{DIVISIONS}load/", {"code": code}).status_code == status


def test_zone_is_added_from_the_page(administrator: Client, county: County) -> None:
    administrator.post(f"{DIVISIONS}zones/new/", {"parent": county.county.pk, "code": "141161", "name": "开发区"})

    assert Division.objects.get(code="141161").path == "1408/140826/141161"
    assert "不在 GB/T 2260 内" in text_of(administrator.get(DIVISIONS))


def test_official_sees_the_divisions_and_changes_none(county: County) -> None:
    client = signed_in(county, "office")

    assert [client.get(DIVISIONS + page).status_code for page in ("", "load/", "zones/new/")] == [200, 403, 403]


# --- settings --------------------------------------------------------------------------------------------------------
def set_value(client: Client, key: str, value: object, from_on: date | None = None) -> HttpResponse:
    typed = {"value": value, "from_on": (from_on or clock.today()).isoformat(), "source": "县委办发〔2026〕3号"}
    return client.post(f"{HOUSE}settings/supervision.{key}/", typed)


def test_every_setting_says_what_it_means_and_who_states_it(administrator: Client) -> None:
    text = text_of(administrator.get(f"{HOUSE}settings/"))

    assert [words in text for words in ("一般事项办结的天数", "涑水默认值，来源未作规定")] == [True] * 2


def test_what_the_sources_leave_open_about_clocks_is_a_setting(administrator: Client) -> None:
    text = text_of(administrator.get(f"{HOUSE}settings/"))

    shown = [
        "起算当天（如交办当天）是否算第 1 天 是 默认",
        "时限中的“一个月”怎么算 到下月同日，无此日的到月末 默认",
        "完成时限逢休息日怎么办 顺延到下一个工作日 默认",
        "职责异议未认定期间，时限是否暂停 是 默认",
        "退回重办后，牵头单位的时限是否暂停到其再次报告或申请销号 否 默认",
    ]
    assert [words in text for words in shown] == [True] * 5


def test_time_zone_is_shown_as_a_fact(administrator: Client) -> None:
    text = text_of(administrator.get(f"{HOUSE}settings/"))

    assert "全系统统一按时区 Asia/Shanghai 计算" in text


def test_setting_without_a_value_says_so(administrator: Client) -> None:
    assert "外发消息中链接使用的本站地址 未设置 默认" in text_of(administrator.get(f"{HOUSE}settings/"))


def test_page_of_a_setting_names_its_source_and_its_key(administrator: Client) -> None:
    text = text_of(administrator.get(f"{HOUSE}settings/supervision.general_days/"))

    assert "现行 7 默认 山西“13710”工作制度（2016年） supervision.general_days" in text


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [("general_days", "9", 9), ("basis", "calendar", "calendar"), ("rest_day", "earlier", "earlier")],
)
def test_value_is_set_from_the_page(administrator: Client, key: str, typed: str, stored: object) -> None:
    set_value(administrator, key, typed)

    row = DatedSetting.objects.get()
    assert (row.key, row.value, row.source) == (f"supervision.{key}", stored, "县委办发〔2026〕3号")


def test_value_to_come_is_shown_beside_the_one_in_force(administrator: Client) -> None:
    later = clock.today() + timedelta(days=9)

    set_value(administrator, "general_days", 9, later)

    text = text_of(administrator.get(f"{HOUSE}settings/supervision.general_days/"))
    assert ["现行 7" in text, f"9 待生效 {later.isoformat()} 绛县" in text] == [True, True]


@pytest.mark.parametrize(("value", "days"), [("many", 0), ("-1", 0), ("9", -1)])
def test_value_or_day_that_cannot_be_is_refused(administrator: Client, value: str, days: int) -> None:
    response = set_value(administrator, "general_days", value, clock.today() + timedelta(days=days))

    assert (response.status_code, DatedSetting.objects.count()) == (422, 0)


def test_setting_that_is_not_is_not_there(administrator: Client) -> None:
    assert administrator.get(f"{HOUSE}settings/no.such/").status_code == 404


# --- the calendar ----------------------------------------------------------------------------------------------------
def upload(client: Client, content: bytes) -> HttpResponse:
    return client.post(f"{HOUSE}calendar/notice/", {"file": SimpleUploadedFile("2031.json", content), "source": "x"})


def test_notice_is_loaded_from_a_file(administrator: Client) -> None:
    notice = {"year": 2031, "days": [{"date": "2031-01-01", "isOffDay": True}]}

    response = upload(administrator, json.dumps(notice).encode())

    assert (response.status_code, working_calendar().is_announced(date(2031, 5, 5))) == (302, True)
    assert "工作日已确定至 2031 年底" in text_of(administrator.get(f"{HOUSE}calendar/"))


@pytest.mark.parametrize("content", [b"no notice", b"\xff\xfe\x00", b"{}", b" " * 1_000_001])
def test_file_that_is_no_notice_is_refused(administrator: Client, content: bytes) -> None:
    assert upload(administrator, content).status_code == 422


def test_calendar_says_what_is_provisional(administrator: Client) -> None:
    register_consequence("Trial", lambda viewer: 12)

    text = text_of(administrator.get(f"{HOUSE}calendar/"))
    register_consequence("Trial", lambda viewer: 0)

    assert "Trial 12" in text


def test_days_off_are_shown_as_spans(administrator: Client) -> None:
    text = text_of(administrator.get(f"{HOUSE}calendar/")).replace(" ", "")

    assert "1月1日–1月3日、2月15日–2月23日、4月4日–4月6日" in text


@pytest.mark.parametrize(("on", "status", "is_working"), [("2026-10-08", 302, False), ("2031-01-02", 422, True)])
def test_one_day_is_changed_where_the_year_is_announced(
    administrator: Client, on: str, status: int, is_working: bool
) -> None:
    response = administrator.post(f"{HOUSE}calendar/day/", {"on": on, "is_working": "off"})

    assert (response.status_code, working_calendar().is_working_day(date.fromisoformat(on))) == (status, is_working)


# --- the audit chain -------------------------------------------------------------------------------------------------
def test_lines_are_shown_newest_first_in_words(administrator: Client, county: County) -> None:
    services.hand_over_post(county.viewer("administrator"), county.posts["works_handler"], successor=None)
    set_value(administrator, "general_days", 9)

    text = text_of(administrator.get(f"{HOUSE}audit/"))

    assert text.index("修改参数") < text.index("交接岗位")
    assert "任职人员 县住建局经办人 → 空" in text


def test_lines_about_a_task_say_their_values_and_the_record_in_words(administrator: Client, county: County) -> None:
    play = Play(county)
    task = play.signed()

    response = administrator.get(f"{HOUSE}audit/", {"target": f"supervision.supervisedtask:{task.pk}"})

    assert f"事项 {task.pk} 状态 已交办 → 已签收" in text_of(response)
    assert "承办状态 已签收" in text_of(response)


def test_line_about_an_export_says_the_filters_in_words(administrator: Client, county: County) -> None:
    export_register(county.viewer("office"), TaskFilter(light="red", is_open=True), io.BytesIO())

    assert "筛选条件 红黄绿灯 红灯、尚在办理 是" in text_of(administrator.get(f"{HOUSE}audit/"))


def test_lines_of_other_counties_are_not_shown(administrator: Client, county: County) -> None:
    neighbor = county.viewer("neighbor_administrator")
    services.hand_over_post(neighbor, county.posts["neighbor_head"], successor=None)

    assert "闻喜" not in text_of(administrator.get(f"{HOUSE}audit/"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "系统管理员"}, 1),
        ({"who": "督查室"}, 0),
        ({"from_on": "2000-01-01"}, 1),
        ({"to_on": "2000-01-01"}, 0),
        ({"target": "organizations.post:0"}, 0),
        ({"from_on": "soon"}, 1),
    ],
)
def test_lines_are_narrowed(administrator: Client, county: County, asked: dict[str, str], found: int) -> None:
    services.hand_over_post(county.viewer("administrator"), county.posts["works_handler"], successor=None)

    response = administrator.get(f"{HOUSE}audit/", asked)

    assert response.content.decode().count('class="story-head"') == found


def test_chain_that_holds_says_so(administrator: Client, county: County) -> None:
    set_value(administrator, "general_days", 9)
    seal_pending()

    text = text_of(administrator.post(f"{HOUSE}audit/proof/"))

    assert ("审计链完整。" in text, "已核验记录 1 已核验封存 1 待封存记录 0" in text) == (True, True)


def test_chain_that_does_not_hold_names_the_line(administrator: Client, county: County) -> None:
    set_value(administrator, "general_days", 9)
    seal_pending()
    line = AuditLine.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        AuditLine.objects.update(user_name="nobody")
        cursor.execute("SET session_replication_role = DEFAULT")

    text = text_of(administrator.post(f"{HOUSE}audit/proof/"))

    assert ("发现 1 处问题" in text, f"审计记录 {line.pk}" in text) == (True, True)


@pytest.mark.parametrize(
    ("where", "said"),
    [("line:12", "审计记录 12"), ("seal:3/7", "封存 3/7（区划/链中序号）"), ("head:7", "链首文件第 7 行")],
)
def test_every_place_of_a_flaw_has_words(where: str, said: str) -> None:
    assert finding_in_words(Finding(Flaw.ALTERED, where))[0] == said


def test_link_does_not_prove(administrator: Client) -> None:
    assert administrator.get(f"{HOUSE}audit/proof/").status_code == 405
