"""Who sets a channel, what is refused, what is kept secret, and what a test message tells."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from sushui.kernel.audit import target_of
from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.models import AuditLine, OutboxMessage
from sushui.kernel.outbox import MOST_ATTEMPTS
from sushui.notices import queries, services
from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.models import ChannelSetting
from sushui.notices.services import ChannelDraft, set_channel
from sushui.notices.services.sending import robot_of
from tests.cast import County
from tests.notices.exchange import Exchange
from tests.notices.play import MONDAY_MORNING, give_address, turn_on

HOME = "https://robot.example.cn"
CREDENTIALS = HOME.replace("robot", "user:password@robot")


def refusal_of(county: County, channel: Channel, **more: Any) -> str:
    """The code with which turning a channel on is refused."""
    with pytest.raises(DomainError) as refusal:
        turn_on(county, channel, **more)
    return refusal.value.code


def trial_refusal_of(county: County, channel: Channel) -> str:
    """The code with which a test message is refused."""
    with pytest.raises(DomainError) as refusal:
        services.send_test(county.viewer("administrator"), channel)
    return refusal.value.code


def lines(row: ChannelSetting) -> list[AuditLine]:
    return list(AuditLine.objects.filter(target=target_of(row)).order_by("pk"))


# --- who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("post", ["office", "leader", "works_head", "bank"])
def test_only_an_administrator_keeps_channels(county: County, post: str) -> None:
    viewer = county.viewer(post)

    with pytest.raises(Forbidden):
        set_channel(viewer, Channel.EMAIL, ChannelDraft(False, NoticeTone.RED), seen_version=0)
    with pytest.raises(NotFound):
        services.send_test(viewer, Channel.EMAIL)
    assert queries.channels(viewer) == []


def test_channel_belongs_to_the_division_of_its_administrator(county: County) -> None:
    turn_on(county, Channel.WECOM, base_url=HOME, token="key")

    neighbor = queries.channels(county.viewer("neighbor_administrator"))

    assert [(state.channel, state.setting.is_on) for state in neighbor] == [(channel, False) for channel in Channel]


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["robot.example.cn", "file:///etc/passwd", CREDENTIALS])
def test_address_that_cannot_be_sent_to_is_refused(county: County, address: str) -> None:
    assert refusal_of(county, Channel.DINGTALK, base_url=address, token="t") == "channel_address"


@pytest.mark.parametrize("more", [{}, {"base_url": HOME}, {"token": "t"}])
def test_channel_that_does_not_know_enough_cannot_be_on(county: County, more: dict[str, str]) -> None:
    assert refusal_of(county, Channel.FEISHU, **more) == "channel_incomplete"


def test_channel_that_does_not_know_enough_may_be_kept_off(county: County) -> None:
    row = turn_on(county, Channel.FEISHU, is_on=False, base_url=HOME)

    assert (row.is_on, row.base_url, row.version) == (False, HOME, 1)


def test_email_cannot_be_on_without_a_mail_server(county: County, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    assert refusal_of(county, Channel.EMAIL) == "no_mail_server"


def test_secrets_do_not_move_to_another_address(county: County) -> None:
    """Who can change the address but does not know the token must not have it sent to himself."""
    turn_on(county, Channel.DINGTALK, base_url=HOME, token="t", secret="s")

    assert refusal_of(county, Channel.DINGTALK, base_url="https://thief.example.cn") == "channel_retype"
    assert refusal_of(county, Channel.DINGTALK, base_url="https://thief.example.cn", token="x") == "channel_retype"


def test_another_path_at_the_same_place_keeps_the_secret(county: County) -> None:
    turn_on(county, Channel.WEBHOOK, base_url=f"{HOME}/old", secret="s")

    row = turn_on(county, Channel.WEBHOOK, base_url=f"{HOME}/new")

    assert (robot_of(row).address, robot_of(row).secret) == (f"{HOME}/new", "s")


def test_channel_that_somebody_else_set_meanwhile_is_not_overwritten(county: County) -> None:
    turn_on(county, Channel.WECOM, base_url=HOME, token="first")
    draft = ChannelDraft(True, NoticeTone.RED, HOME, "second")

    with pytest.raises(StaleRecord):
        set_channel(county.viewer("administrator"), Channel.WECOM, draft, seen_version=0)

    assert robot_of(ChannelSetting.objects.get()).token == "first"


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_token_and_secret_are_stored_sealed(county: County) -> None:
    row = turn_on(county, Channel.DINGTALK, base_url=HOME, token="token-1", secret="SEC-1")

    stored = ChannelSetting.objects.filter(pk=row.pk).values_list("token", "secret").get()

    assert [text.find(secret) for text, secret in zip(stored, ("token-1", "SEC-1"), strict=True)] == [-1, -1]
    assert (robot_of(row).token, robot_of(row).secret) == ("token-1", "SEC-1")


def test_secret_left_empty_is_kept(county: County) -> None:
    turn_on(county, Channel.DINGTALK, base_url=HOME, token="token", secret="SEC")

    row = turn_on(county, Channel.DINGTALK, base_url=HOME, token="newer")

    assert (robot_of(row).token, robot_of(row).secret, row.version) == ("newer", "SEC", 2)


def test_sealed_token_is_worth_nothing_in_another_channel(county: County) -> None:
    row = turn_on(county, Channel.DINGTALK, base_url=HOME, token="token")
    row.channel = Channel.WECOM

    with pytest.raises(DomainError) as refusal:
        robot_of(row)

    assert refusal.value.code == "seal_broken"


def test_channel_keeps_nothing_that_it_does_not_need(county: County) -> None:
    row = turn_on(county, Channel.EMAIL, base_url=HOME, token="t", secret="s")

    assert (row.base_url, row.token, row.secret) == ("", "", "")


def test_chain_tells_what_was_set_and_no_secret(county: County) -> None:
    turn_on(county, Channel.DINGTALK, base_url=HOME, token="token-1", secret="SEC-1")
    row = turn_on(county, Channel.DINGTALK, base_url=HOME, token="token-2", least_tone=NoticeTone.RED)

    first, second = lines(row)

    assert (first.verb, second.before["least_tone"], second.after["least_tone"]) == ("set_channel", "plain", "red")
    assert (second.before["token"] == second.after["token"], second.before["secret"] == second.after["secret"]) == (
        False,
        True,
    )
    said = f"{first.after} {second.after}"
    assert [said.find(secret) for secret in ("token-1", "token-2", "SEC-1")] == [-1, -1, -1]


def test_list_of_channels_tells_what_was_given_up(county: County) -> None:
    turn_on(county, Channel.WECOM, base_url=HOME, token="key")
    for number in range(3):
        OutboxMessage.objects.create(
            key=f"wecom:{number}",
            topic=queries.topic_of(Channel.WECOM),
            division=county.county,
            payload={},
            due_at=MONDAY_MORNING,
            attempts=MOST_ATTEMPTS,
            error=f"UndeliverableError: HTTP 50{number}",
        )

    states = {state.channel: state for state in queries.channels(county.viewer("administrator"))}

    assert (states[Channel.WECOM].given_up, states[Channel.WECOM].last_error) == (3, "HTTP 502")
    assert (states[Channel.FEISHU].given_up, states[Channel.FEISHU].last_error) == (0, "")


# --- trying it -------------------------------------------------------------------------------------------------------


def test_test_message_reaches_the_service_and_the_chain(county: County, service: Exchange) -> None:
    row = turn_on(county, Channel.WECOM, base_url=service.address, token="key", is_on=False)

    services.send_test(county.viewer("administrator"), Channel.WECOM)

    assert service.last.body["text"]["content"] == "【涑水】涑水测试消息，由县政府系统管理员发送。"
    assert [line.verb for line in lines(row)] == ["set_channel", "test_channel"]


def test_test_message_by_email_goes_to_the_administrator(county: County) -> None:
    turn_on(county, Channel.EMAIL)
    give_address(county, "administrator", "admin@example.cn")

    services.send_test(county.viewer("administrator"), Channel.EMAIL)

    assert [sent.to for sent in mail.outbox] == [["admin@example.cn"]]


def test_test_message_that_is_refused_says_why(county: County, service: Exchange) -> None:
    row = turn_on(county, Channel.DINGTALK, base_url=service.address, token="robot")
    service.answer = b'{"errcode":310000,"errmsg":"keywords not in content"}'

    with pytest.raises(DomainError) as refusal:
        services.send_test(county.viewer("administrator"), Channel.DINGTALK)

    assert refusal.value.sentence == "测试消息没有送达：310000 keywords not in content。"
    assert lines(row)[-1].note == "310000 keywords not in content"


def test_test_message_needs_a_channel_that_was_saved(county: County) -> None:
    assert trial_refusal_of(county, Channel.WECOM) == "stale"


def test_test_message_by_email_needs_an_address_of_ones_own(county: County) -> None:
    turn_on(county, Channel.EMAIL)

    assert trial_refusal_of(county, Channel.EMAIL) == "no_address_of_own"


def test_test_message_needs_a_complete_channel(county: County) -> None:
    turn_on(county, Channel.FEISHU, is_on=False)

    assert trial_refusal_of(county, Channel.FEISHU) == "channel_incomplete"
