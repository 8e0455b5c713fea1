"""The one place where a request leaves the house."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse
from socket import gaierror
from ssl import SSLCertVerificationError
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from sushui.notices.enums import Failure
from sushui.notices.rules import address_flaw
from sushui.notices.services.robots import Parcel

TIMEOUT_S = 10
MOST_READ = 64 * 1024
FAILURES = {
    ConnectionRefusedError: Failure.REFUSED,
    TimeoutError: Failure.TIMEOUT,
    gaierror: Failure.UNKNOWN_HOST,
    SSLCertVerificationError: Failure.CERTIFICATE,
}


class UndeliverableError(Exception):
    """The parcel did not arrive; says why, often by a msgid, without naming the address, in which a token may stand."""


def _opener() -> OpenerDirector:
    """Speaks HTTP and HTTPS only, through the proxy of the environment if there is one, and follows no redirect."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    return opener


def post_parcel(parcel: Parcel) -> bytes:
    """Send it and give the body of the answer.

    Raises:
        UndeliverableError: the address cannot be used, nobody answers within 10 seconds, or the answer is not 2xx.
    """
    if flaw := address_flaw(parcel.address):
        raise UndeliverableError(flaw.msgid)
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "sushui", **parcel.headers}
    request = Request(parcel.address, data=parcel.content, headers=headers, method="POST")
    try:
        answer = _opener().open(request, timeout=TIMEOUT_S)
        assert isinstance(answer, HTTPResponse)
        with answer:
            return _body(answer)
    except (OSError, HTTPException) as error:
        raise UndeliverableError(_reason(getattr(error, "reason", None) or error)) from error


def _reason(error: object) -> str:
    """Why there was no answer: a msgid where it is a common reason, else what the machine says."""
    for kind, failure in FAILURES.items():
        if isinstance(error, kind):
            return failure.msgid
    return str(error).strip() or type(error).__name__


def _body(answer: HTTPResponse) -> bytes:
    body = answer.read(MOST_READ)
    if not 200 <= answer.status < 300:
        raise UndeliverableError(f"HTTP {answer.status} {answer.reason}")
    return body
