"""The one place where a request leaves: what arrives, and every way in which it may not."""

from __future__ import annotations

import socket
from threading import Thread

import pytest

from sushui.notices.services.posting import UndeliverableError, post_parcel
from sushui.notices.services.robots import Parcel
from tests.notices.exchange import Exchange


def refusal_of(parcel: Parcel) -> str:
    with pytest.raises(UndeliverableError) as refusal:
        post_parcel(parcel)
    return str(refusal.value)


def test_parcel_arrives_as_json_in_utf8(service: Exchange) -> None:
    answer = post_parcel(Parcel(f"{service.address}/hook?a=b", {"text": "修路"}, {"Idempotency-Key": "k"}))

    assert (answer, service.last.method, service.last.path) == (service.answer, "POST", "/hook?a=b")
    assert (service.last.body, service.last.content) == ({"text": "修路"}, '{"text":"修路"}'.encode())
    assert service.last.headers["Content-Type"] == "application/json; charset=utf-8"
    assert service.last.headers["Idempotency-Key"] == "k"


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_answer_that_is_no_success_is_refused(service: Exchange, status: int) -> None:
    service.status = status

    assert refusal_of(Parcel(service.address, {})).split(" ")[:2] == ["HTTP", str(status)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(service: Exchange, status: int) -> None:
    service.status, service.headers = status, {"Location": f"{service.address}/elsewhere"}

    refusal = refusal_of(Parcel(service.address, {}))

    assert (refusal.split(" ")[1], len(service.received)) == (str(status), 1)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "127.0.0.1"])
def test_what_is_not_http_is_not_opened(address: str) -> None:
    assert refusal_of(Parcel(address, {})) == "The address does not begin with https or http."


def test_nobody_at_the_address_is_said(service: Exchange) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert refusal_of(Parcel(f"http://127.0.0.1:{port}/", {})) == "nobody answers at this address"


def test_answer_that_is_no_http_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        refusal = _answer_garbage(server, f"http://127.0.0.1:{server.getsockname()[1]}/")

    assert refusal.strip() == "SSH-2.0-OpenSSH_9.2"


def _answer_garbage(server: socket.socket, address: str) -> str:
    def answer() -> None:
        desk, _from = server.accept()
        desk.recv(65536)
        desk.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
        desk.close()

    thread = Thread(target=answer)
    thread.start()
    try:
        return refusal_of(Parcel(address, {}))
    finally:
        thread.join()


@pytest.mark.parametrize("status", [400, 500])
def test_refusal_does_not_name_the_address_with_its_token(service: Exchange, status: int) -> None:
    service.status = status

    assert refusal_of(Parcel(f"{service.address}/robot/send?access_token=secret", {})).find("secret") == -1


def test_host_that_is_not_known_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")

    assert refusal_of(Parcel("http://robot.invalid/", {})) == "the name of the host is not known"
