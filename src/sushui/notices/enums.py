"""Words of the room of notices."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class NoticeTone(Word):
    """How a notice is shown."""

    PLAIN = "plain", msg("Notice")
    YELLOW = "yellow", msg("Yellow notice")
    RED = "red", msg("Red notice")


class Channel(Word):
    """By what way a notice may leave the house; all but the inbox are off until an administrator sets them up."""

    EMAIL = "email", msg("E-mail")
    DINGTALK = "dingtalk", msg("DingTalk")
    WECOM = "wecom", msg("WeCom")
    FEISHU = "feishu", msg("Feishu")
    WEBHOOK = "webhook", msg("Webhook")
