"""Secrets that must be used again, such as the token of a robot, kept unreadable in the database.

SM4 (GB/T 32907-2016) in Galois/Counter Mode as in RFC 8998, under a key derived from the site's secret key by HKDF with
SM3. What a seal is for is part of it: moved to another record it cannot be opened.
"""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError

NONCE_BYTES = 12
TAG_BYTES = 16


def seal(text: str, purpose: str) -> str:
    """``text`` sealed for ``purpose``, as base64url; nothing stays nothing."""
    if not text:
        return ""
    nonce = os.urandom(NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + encrypt(_key(), nonce, text.encode(), purpose.encode())).decode()


def unseal(sealed: str, purpose: str) -> str:
    """What was sealed for ``purpose``.

    Raises:
        DomainError: ``seal_broken``: it was changed, sealed for something else, or the site's key is another one now.
    """
    if not sealed:
        return ""
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return decrypt(_key(), raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise DomainError(
            "seal_broken",
            _("A stored secret cannot be opened: the secret key of this site has changed."),
            _("Type the secret again, or bring the old key back."),
        ) from error


def encrypt(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """SM4-GCM of ``plain``, which is bound to ``bound``: the ciphertext and then the tag of 16 bytes."""
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The opposite of `encrypt`.

    Raises:
        InvalidTag: any of the four is not what it was.
        ValueError: there is no whole nonce or tag.
    """
    text, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(bound)
    return decryptor.update(text) + decryptor.finalize()


def _key() -> bytes:
    derivation = HKDF(algorithm=hashes.SM3(), length=16, salt=None, info=b"sushui.seals")
    return derivation.derive(settings.SECRET_KEY.encode())
