"""What each service wants to be sent, as plain values: address, JSON body, headers; and what its answers mean.

- DingTalk custom robots: https://open.dingtalk.com/document/robots/custom-robot-access (timestamp in milliseconds,
  signed by HMAC-SHA256 under the secret, over the timestamp and the secret).
- WeCom group robots: https://developer.work.weixin.qq.com/document/path/91770 (the key stands in the address; a text
  has at most 2048 bytes).
- Feishu custom robots: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (timestamp in seconds; the
  timestamp and the secret together are the key of an HMAC-SHA256 over nothing).
- Webhook: our own shape, signed as GitHub signs its own: HMAC-SHA256 over the body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from sushui.notices.enums import Channel, NoticeTone

WECOM_MOST_BYTES = 2048


@dataclass(frozen=True)
class Robot:
    """Where a service is reached, which robot speaks, and the secret that signs what it says (may be empty)."""

    channel: Channel
    address: str
    token: str = ""
    secret: str = ""


@dataclass(frozen=True)
class Saying:
    """What is to be said: ``key`` names it once and for all, ``link`` leads to it (may be empty).

    ``headline`` is the sentence with the name of this software, for a group in which others speak too.
    """

    key: str
    headline: str
    sentence: str
    audience: str
    link: str
    tone: NoticeTone
    at: datetime

    @property
    def text(self) -> str:
        """All of it for a group to read."""
        return "\n".join(line for line in (self.headline, self.audience, self.link) if line)


@dataclass(frozen=True)
class Parcel:
    """One POST request of JSON."""

    address: str
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


def parcel_for(robot: Robot, saying: Saying, moment: datetime) -> Parcel:
    """The request that says it by this robot, signed at ``moment``."""
    return _MAKERS[robot.channel](robot, saying, moment)


def _dingtalk(robot: Robot, saying: Saying, moment: datetime) -> Parcel:
    query = {"access_token": robot.token}
    if robot.secret:
        stamp = str(round(moment.timestamp() * 1000))
        query |= {"timestamp": stamp, "sign": _hmac(robot.secret, f"{stamp}\n{robot.secret}")}
    body = {"msgtype": "text", "text": {"content": saying.text}}
    return Parcel(f"{robot.address}/robot/send?{urlencode(query)}", body)


def _wecom(robot: Robot, saying: Saying, moment: datetime) -> Parcel:
    body = {"msgtype": "text", "text": {"content": _shortened(saying.text, WECOM_MOST_BYTES)}}
    return Parcel(f"{robot.address}/cgi-bin/webhook/send?{urlencode({'key': robot.token})}", body)


def _feishu(robot: Robot, saying: Saying, moment: datetime) -> Parcel:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": saying.text}}
    if robot.secret:
        stamp = str(round(moment.timestamp()))
        body = {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{robot.secret}", ""), **body}
    return Parcel(f"{robot.address}/open-apis/bot/v2/hook/{quote(robot.token, safe='')}", body)


def _webhook(robot: Robot, saying: Saying, moment: datetime) -> Parcel:
    body = {
        "key": saying.key,
        "tone": saying.tone.value,
        "sentence": saying.sentence,
        "audience": saying.audience,
        "link": saying.link,
        "at": saying.at.isoformat(),
    }
    headers = {"Idempotency-Key": saying.key}
    if robot.secret:
        content = Parcel(robot.address, body).content
        headers["X-Sushui-Signature"] = f"sha256={hmac.new(robot.secret.encode(), content, hashlib.sha256).hexdigest()}"
    return Parcel(robot.address, body, headers)


_MAKERS = {
    Channel.DINGTALK: _dingtalk,
    Channel.WECOM: _wecom,
    Channel.FEISHU: _feishu,
    Channel.WEBHOOK: _webhook,
}


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _shortened(text: str, most_bytes: int) -> str:
    """``text`` in at most so many bytes of UTF-8, cut between characters."""
    encoded = text.encode()
    if len(encoded) <= most_bytes:
        return text
    ellipsis = "…"
    return encoded[: most_bytes - len(ellipsis.encode())].decode(errors="ignore") + ellipsis


def refusal_in(channel: Channel, answer: bytes) -> str:
    """Why the service did not take it, in its own words; empty when it did. The vendors refuse with HTTP 200."""
    if channel is Channel.WEBHOOK:
        return ""
    try:
        said = json.loads(answer)
        code = said.get("errcode", said.get("code", said.get("StatusCode")))
    except (ValueError, AttributeError):
        return answer.decode(errors="replace")[:200].strip() or "an empty answer"
    if code == 0:
        return ""
    reason = said.get("errmsg") or said.get("msg") or said.get("StatusMessage") or ""
    return f"{code} {reason}".strip()[:200]
