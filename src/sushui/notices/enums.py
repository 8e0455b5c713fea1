"""Words of the room of notices."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class NoticeTone(Word):
    """How a notice is shown, the least pressing first."""

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


class AddressFlaw(Word):
    """Why an address is none that messages can be sent to."""

    SCHEME = "scheme", msg("The address does not begin with https or http.")
    HOST = "host", msg("The address names no host.")
    CREDENTIALS = "credentials", msg("The address carries a password. A password belongs into the fields below.")
    UNREADABLE = "unreadable", msg("This address cannot be read.")


class Failure(Word):
    """Why a message did not reach the other machine."""

    REFUSED = "refused", msg("nobody answers at this address")
    TIMEOUT = "timeout", msg("no answer came within 10 seconds")
    UNKNOWN_HOST = "unknown_host", msg("the name of the host is not known")
    CERTIFICATE = "certificate", msg("the certificate of the host is not trusted")


class Verb(Word):
    """Acts on notices, as the audit chain names them. Reading one's own inbox is none."""

    SET_CHANNEL = "set_channel", msg("set the message channel")
    TEST_CHANNEL = "test_channel", msg("sent a test message")


# What the values in a line of the audit chain are.
FIELDS = {
    "channel": msg("Channel"),
    "base_url": msg("Address"),
    "is_on": msg("Turned on"),
    "least_tone": msg("Carries"),
    "token": msg("Mark of the token"),
    "secret": msg("Mark of the secret"),
}
# The words that some of them hold.
VALUES: dict[str, tuple[type[Word], ...]] = {"channel": (Channel,), "least_tone": (NoticeTone,)}
# What the records are called that the lines are about.
RECORDS = {"notices.channelsetting": msg("Message channel")}
