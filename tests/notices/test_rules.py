"""Which tones a channel carries, which addresses may be sent to, and what a channel must know to be on."""

from __future__ import annotations

import pytest

from sushui.notices.enums import AddressFlaw, Channel, NoticeTone
from sushui.notices.rules import NEEDS, address_flaw, is_loud_enough, is_ready

HTTP = "http:" + "//"  # before what is no host


@pytest.mark.parametrize(
    ("least", "carried"),
    [
        (NoticeTone.PLAIN, ["plain", "yellow", "red"]),
        (NoticeTone.YELLOW, ["yellow", "red"]),
        (NoticeTone.RED, ["red"]),
    ],
)
def test_channel_carries_its_least_tone_and_what_is_more_pressing(least: NoticeTone, carried: list[str]) -> None:
    assert [tone.value for tone in NoticeTone if is_loud_enough(tone, least)] == carried


@pytest.mark.parametrize(
    "address",
    [
        "https://oapi.dingtalk.com",
        "http://192.0.2.1:8080/hook",
        "https://robot.example.cn/a?b=c",
        f"{HTTP}[fd00::1]:80/",
        "http://localhost",
    ],
)
def test_address_of_a_public_or_private_service_is_good(address: str) -> None:
    assert address_flaw(address) is None


@pytest.mark.parametrize(
    ("address", "flaw"),
    [
        ("", AddressFlaw.SCHEME),
        ("robot.example.cn", AddressFlaw.SCHEME),
        ("ftp://robot.example.cn", AddressFlaw.SCHEME),
        ("file:///etc/passwd", AddressFlaw.SCHEME),
        ("javascript:alert(1)", AddressFlaw.SCHEME),
        ("https:///path", AddressFlaw.HOST),
        ("https://", AddressFlaw.HOST),
        (f"{HTTP}user:password@robot.example.cn", AddressFlaw.CREDENTIALS),
        (f"{HTTP}user@robot.example.cn", AddressFlaw.CREDENTIALS),
        ("https://robot.example.cn:port", AddressFlaw.UNREADABLE),
        (f"{HTTP}[robot", AddressFlaw.UNREADABLE),
        ("https://robot.example.cn/a b", AddressFlaw.UNREADABLE),
        ("https://robot.example.cn/\x00", AddressFlaw.UNREADABLE),
    ],
)
def test_address_that_cannot_be_sent_to_has_a_flaw(address: str, flaw: AddressFlaw) -> None:
    assert address_flaw(address) is flaw


@pytest.mark.parametrize(
    ("channel", "address", "token", "ready"),
    [
        (Channel.EMAIL, "", "", True),
        (Channel.DINGTALK, "https://d.example.cn", "t", True),
        (Channel.DINGTALK, "https://d.example.cn", "", False),
        (Channel.WECOM, "", "key", False),
        (Channel.FEISHU, "https://f.example.cn", "t", True),
        (Channel.WEBHOOK, "https://w.example.cn/hook", "", True),
        (Channel.WEBHOOK, "", "", False),
    ],
)
def test_channel_is_ready_when_it_knows_what_it_needs(channel: Channel, address: str, token: str, ready: bool) -> None:
    assert is_ready(channel, address=address, token=token) is ready


def test_needs_of_every_channel_are_known() -> None:
    assert set(NEEDS) == set(Channel)


def test_usual_addresses_can_be_sent_to() -> None:
    assert [needs for needs in NEEDS.values() if needs.usual_address and address_flaw(needs.usual_address)] == []
