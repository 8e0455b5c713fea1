"""Sealed secrets: the published test vector, and that a seal opens only where it belongs."""

from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag

from sushui.kernel.errors import DomainError
from sushui.kernel.seals import decrypt, encrypt, seal, unseal

# RFC 8998, appendix A.1
KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
NONCE = bytes.fromhex("00001234567800000000ABCD")
BOUND = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
PLAIN = bytes.fromhex("A" * 16 + "B" * 16 + "C" * 16 + "D" * 16 + "E" * 16 + "F" * 16 + "E" * 16 + "A" * 16)
SEALED = bytes.fromhex(
    "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
    "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    "83DE3541E4C2B58177E065A9BF7B62EC"
)


def test_encryption_is_that_of_the_standard() -> None:
    assert encrypt(KEY, NONCE, PLAIN, BOUND) == SEALED


def test_decryption_is_that_of_the_standard() -> None:
    assert decrypt(KEY, NONCE, SEALED, BOUND) == PLAIN


def test_decryption_of_a_changed_byte_is_refused() -> None:
    changed = bytes([SEALED[0] ^ 1]) + SEALED[1:]

    with pytest.raises(InvalidTag):
        decrypt(KEY, NONCE, changed, BOUND)


@pytest.mark.parametrize("text", ["SEC5a3e", "口令", "x" * 2000])
def test_secret_comes_back_as_it_was(text: str) -> None:
    assert unseal(seal(text, "robot"), "robot") == text


def test_nothing_stays_nothing() -> None:
    assert (seal("", "robot"), unseal("", "robot")) == ("", "")


def test_seals_of_one_secret_differ() -> None:
    assert len({seal("token", "robot") for _ in range(10)}) == 10


def test_sealed_text_does_not_show_the_secret() -> None:
    raw = base64.urlsafe_b64decode(seal("token-of-the-robot", "robot"))

    assert raw.find(b"token") == -1


def test_seal_for_another_purpose_is_broken() -> None:
    sealed = seal("token", "robot of one county")

    with pytest.raises(DomainError) as refusal:
        unseal(sealed, "robot of another county")

    assert refusal.value.code == "seal_broken"


@pytest.mark.parametrize("sealed", ["AAAA", "not base64!", base64.urlsafe_b64encode(b"x" * 40).decode()])
def test_what_is_no_seal_is_broken(sealed: str) -> None:
    with pytest.raises(DomainError) as refusal:
        unseal(sealed, "robot")

    assert refusal.value.code == "seal_broken"


def test_seal_under_another_key_is_broken(settings: object) -> None:
    sealed = seal("token", "robot")
    settings.SECRET_KEY = "another key"  # type: ignore[attr-defined]

    with pytest.raises(DomainError) as refusal:
        unseal(sealed, "robot")

    assert refusal.value.code == "seal_broken"
