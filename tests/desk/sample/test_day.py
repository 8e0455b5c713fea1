"""The day of each account of the sample county: its figures are the rows behind them."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from sushui.desk.sample.county import SampleCounty
from sushui.kernel.front import Figure, front
from sushui.kernel.models import User
from sushui.organizations.queries import viewer_for

pytestmark = pytest.mark.django_db

ROLES = ["administrator", "bank", "enterprise", "handler", "head", "hospital", "leader", "office", "project"]
ROLES += ["statistics", "township", "city", "neighbor"]


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def figures_of(username: str) -> list[Figure]:
    viewer = viewer_for(User.objects.get(username=username))
    assert viewer is not None
    return list(front.day_for(viewer).figures)


def titles_of(username: str) -> list[str]:
    viewer = viewer_for(User.objects.get(username=username))
    assert viewer is not None
    return [str(block.title) for block in front.day_for(viewer).blocks]


# --- the sample county -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("username", ROLES)
def test_everybody_has_a_day(sample: SampleCounty, username: str) -> None:
    answer = signed_in(username).get("/")

    assert answer.status_code == 200


@pytest.mark.parametrize("username", ROLES)
def test_figures_are_the_rows_behind_them(sample: SampleCounty, username: str) -> None:
    client = signed_in(username)
    few = [figure for figure in figures_of(username) if figure.value <= 50]  # what one page shows

    shown = {
        str(figure.label): len(re.findall("<tr data-row", client.get(figure.url).content.decode())) for figure in few
    }
    assert shown == {str(figure.label): figure.value for figure in few if "directory" not in figure.url}


def test_a_handlers_day_is_what_is_due_with_one_act_each(sample: SampleCounty) -> None:
    page = signed_in("handler").get("/").content.decode()
    awaited = len(re.findall(r'<tr data-row>\s*<td [^>]*><a href="/relief/', page))

    assert titles_of("handler") == ["待答复诉求", "我的待办，期限近的在前"]
    assert page.count("<tr data-row") == awaited + len(re.findall(r'class="btn btn-(?:outline-)?primary btn-sm"', page))


def test_a_heads_day_says_who_is_late(sample: SampleCounty) -> None:
    assert titles_of("head") == ["本单位逾期情况", "待答复诉求", "我的待办，期限近的在前"]


def test_the_offices_day_begins_with_its_decisions(sample: SampleCounty) -> None:
    assert titles_of("office") == [
        "待您审定，最早的在前",
        "红灯最久的事项",
        "红灯在哪些单位，从何时起",
        "亮红灯最久的项目",
        "待交办诉求",
    ]


def test_a_leaders_day_begins_with_whose_is_red(sample: SampleCounty) -> None:
    assert titles_of("leader") == [
        "红灯在哪些单位，从何时起",
        "红灯最久的事项",
        "亮红灯最久的项目",
        "等您走访",
    ]


def test_an_administrators_day_is_the_house(sample: SampleCounty) -> None:
    assert titles_of("administrator") == ["无人任职的岗位", "未任职账号", "系统运行"]


def test_the_command_says_the_accounts_again(sample: SampleCounty) -> None:
    out = StringIO()

    call_command("sample_county", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0].split() == ["岗位", "账号", "密码", "可以看什么"]
    assert lines[1].split()[:3] == ["县住建局经办人", "handler", "sushui-demo"]
    assert len(lines) == 15
