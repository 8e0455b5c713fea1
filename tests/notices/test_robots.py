"""What each service is sent, byte for byte as its own documentation shows it, and how its answers are read.

Signatures were computed by another program: ``openssl dgst -sha256 -hmac``.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.services.robots import Parcel, Robot, Saying, parcel_for, refusal_in
from tests.notices.play import at

SAYING = Saying(
    key="supervision.clock:7:2026-03-02:red",
    headline="【涑水】红灯：县住建局逾期",
    sentence="红灯：县住建局逾期",
    audience="致：县政府 常务副县长",
    link="https://work.example.cn/supervision/tasks/1/",
    tone=NoticeTone.RED,
    at=at("2026-03-02"),
)
TEXT = "【涑水】红灯：县住建局逾期\n致：县政府 常务副县长\nhttps://work.example.cn/supervision/tasks/1/"
SECRET = "this is secret"
WEBHOOK_SIGNATURE = "cf276b8fe1c6e688ce5220c96abc744e40115a9c7d57e4708b57dab81093447c"
DINGTALK_AT = datetime.fromtimestamp(1577262236.757, UTC)
FEISHU_AT = datetime.fromtimestamp(1599360473, UTC)


def parcel(channel: Channel, *, moment: datetime = FEISHU_AT, saying: Saying = SAYING, secret: str = "") -> Parcel:
    return parcel_for(Robot(channel, "https://robot.example.cn", "a/b&c", secret), saying, moment)


# --- DingTalk --------------------------------------------------------------------------------------------------------


def test_dingtalk_is_sent_a_text() -> None:
    sent = parcel(Channel.DINGTALK)

    assert sent.address == "https://robot.example.cn/robot/send?access_token=a%2Fb%26c"
    assert sent.body == {"msgtype": "text", "text": {"content": TEXT}}


def test_dingtalk_is_signed_in_its_address() -> None:
    sent = parcel(Channel.DINGTALK, moment=DINGTALK_AT, secret=SECRET)

    assert sent.address == (
        "https://robot.example.cn/robot/send?access_token=a%2Fb%26c&timestamp=1577262236757"
        "&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"
    )


# --- WeCom -----------------------------------------------------------------------------------------------------------


def test_wecom_is_sent_a_text_under_its_key() -> None:
    sent = parcel(Channel.WECOM)

    assert sent.address == "https://robot.example.cn/cgi-bin/webhook/send?key=a%2Fb%26c"
    assert sent.body == {"msgtype": "text", "text": {"content": TEXT}}


@pytest.mark.parametrize(("length", "kept"), [(682, 682), (683, 681), (5000, 681)])
def test_wecom_is_sent_at_most_2048_bytes(length: int, kept: int) -> None:
    long = Saying(key="k", headline="督" * length, sentence="", audience="", link="", tone=NoticeTone.RED, at=SAYING.at)

    content = parcel(Channel.WECOM, saying=long).body["text"]["content"]

    assert (content.count("督"), len(content.encode()) <= 2048, content.endswith("…")) == (kept, True, kept < length)


# --- Feishu ----------------------------------------------------------------------------------------------------------


def test_feishu_is_sent_a_text() -> None:
    sent = parcel(Channel.FEISHU)

    assert sent.address == "https://robot.example.cn/open-apis/bot/v2/hook/a%2Fb%26c"
    assert sent.body == {"msg_type": "text", "content": {"text": TEXT}}


def test_feishu_is_signed_in_its_body() -> None:
    sent = parcel(Channel.FEISHU, secret=SECRET)

    assert sent.body == {
        "timestamp": "1599360473",
        "sign": "/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw=",
        "msg_type": "text",
        "content": {"text": TEXT},
    }


# --- our own ---------------------------------------------------------------------------------------------------------


def test_webhook_is_sent_the_parts_and_its_key() -> None:
    sent = parcel(Channel.WEBHOOK)

    assert sent.address == "https://robot.example.cn"
    assert sent.headers == {"Idempotency-Key": "supervision.clock:7:2026-03-02:red"}
    assert sent.body == {
        "key": "supervision.clock:7:2026-03-02:red",
        "tone": "red",
        "sentence": "红灯：县住建局逾期",
        "audience": "致：县政府 常务副县长",
        "link": "https://work.example.cn/supervision/tasks/1/",
        "at": "2026-03-02T10:00:00+08:00",
    }


def test_webhook_is_signed_over_the_bytes_that_are_sent() -> None:
    plain = Saying(key="k", headline="h", sentence="s", audience="", link="", tone=NoticeTone.PLAIN, at=SAYING.at)

    sent = parcel(Channel.WEBHOOK, saying=plain, secret=SECRET)

    assert sent.content == (
        b'{"key":"k","tone":"plain","sentence":"s","audience":"","link":"","at":"2026-03-02T10:00:00+08:00"}'
    )
    assert (
        sent.headers["X-Sushui-Signature"] == "sha256=cf276b8fe1c6e688ce5220c96abc744e40115a9c7d57e4708b57dab81093447c"
    )


def test_text_leaves_out_what_is_empty() -> None:
    plain = Saying(key="k", headline="h", sentence="s", audience="", link="", tone=NoticeTone.PLAIN, at=SAYING.at)

    assert parcel(Channel.DINGTALK, saying=plain).body["text"] == {"content": "h"}


# --- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "answer"),
    [
        (Channel.DINGTALK, b'{"errcode":0,"errmsg":"ok"}'),
        (Channel.WECOM, b'{"errcode":0,"errmsg":"ok"}'),
        (Channel.FEISHU, b'{"code":0,"msg":"success","data":{},"StatusCode":0,"StatusMessage":"success"}'),
        (Channel.FEISHU, b'{"Extra":null,"StatusCode":0,"StatusMessage":"success"}'),
        (Channel.WEBHOOK, b""),
        (Channel.WEBHOOK, b"whatever"),
    ],
)
def test_answer_that_takes_it_is_no_refusal(channel: Channel, answer: bytes) -> None:
    assert refusal_in(channel, answer) == ""


@pytest.mark.parametrize(
    ("channel", "answer", "refusal"),
    [
        (Channel.DINGTALK, b'{"errcode":310000,"errmsg":"sign not match"}', "310000 sign not match"),
        (Channel.WECOM, b'{"errcode":93000,"errmsg":"invalid webhook url"}', "93000 invalid webhook url"),
        (Channel.FEISHU, b'{"code":19021,"msg":"sign match fail"}', "19021 sign match fail"),
        (Channel.WECOM, b'{"errmsg":"no code"}', "None no code"),
        (Channel.DINGTALK, b"<html>login</html>", "<html>login</html>"),
        (Channel.DINGTALK, b"[]", "[]"),
        (Channel.FEISHU, b"", "an empty answer"),
    ],
)
def test_answer_that_refuses_is_said_in_the_words_of_the_service(channel: Channel, answer: bytes, refusal: str) -> None:
    assert refusal_in(channel, answer) == refusal
