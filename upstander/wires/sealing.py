"""Sealing of survey answers: to a public key whose private half is elsewhere, and the spool that hides their order.

A box is X25519 with a key pair of its own, HKDF-SHA256 and ChaCha20-Poly1305 over a record padded to one size, so all
boxes look alike. The spool is ChaCha20-Poly1305 under a key made from the site's secret, with a new nonce each time it
is written, so that two copies of it do not show which box came between them.
"""

import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from upstander.core.errors import Refusal
from upstander.core.survey import RECORD_BYTES

_RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
_KEY_BYTES, _NONCE_BYTES, _TAG_BYTES = 32, 12, 16
#: A key pair is used for one box only, so its nonce may stand still.
_NONCE = bytes(_NONCE_BYTES)
BOX_BYTES = _KEY_BYTES + RECORD_BYTES + _TAG_BYTES
_HEADER = "upstander survey public key v1"


def make_pair() -> tuple[bytes, bytes]:
    """A new private key (PEM) and its public half (32 bytes)."""
    private = X25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem, private.public_key().public_bytes(*_RAW)


def write_private(file: Path, private: bytes) -> None:
    """Writes a private key so that its owner alone can read it; never over another file."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(private)


def fingerprint(public: bytes) -> str:
    return sha256(public).hexdigest()


def public_text(public: bytes) -> str:
    """The public half as the text of a file."""
    return f"{_HEADER}\n{public.hex()}\n"


def public_from(text: str) -> bytes:
    """The public half from the text of its file; refuses `no-survey-key`."""
    lines = text.split("\n")
    try:
        if lines[0].strip() != _HEADER:
            raise ValueError
        public = bytes.fromhex(lines[1].strip())
        X25519PublicKey.from_public_bytes(public)
    except (ValueError, IndexError) as problem:
        raise Refusal("no-survey-key") from problem
    return public


def private_from(file: Path) -> X25519PrivateKey:
    """The private key of a file; refuses `no-survey-key`."""
    try:
        private = serialization.load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as problem:
        raise Refusal("no-survey-key") from problem
    if not isinstance(private, X25519PrivateKey):
        raise Refusal("no-survey-key")
    return private


def public_of(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(*_RAW)


def _derived(secret: bytes, about: str) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=f"upstander survey {about}".encode()).derive(secret)


def seal(public: bytes, record: bytes, name: str) -> bytes:
    """The record as a box of BOX_BYTES for the holder of the private key; it opens under this name only."""
    if len(record) > RECORD_BYTES:
        raise ValueError("a record longer than a box")
    once = X25519PrivateKey.generate()
    fresh = once.public_key().public_bytes(*_RAW)
    key = _derived(once.exchange(X25519PublicKey.from_public_bytes(public)) + fresh + public, "box")
    return fresh + ChaCha20Poly1305(key).encrypt(_NONCE, record.ljust(RECORD_BYTES), name.encode())


def unseal(private: X25519PrivateKey, box: bytes, name: str) -> bytes | None:
    """The record of a box; None where it is not for this key, not of this name, or was altered."""
    fresh, sealed = box[:_KEY_BYTES], box[_KEY_BYTES:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(fresh))
        key = _derived(shared + fresh + public_of(private), "box")
        return ChaCha20Poly1305(key).decrypt(_NONCE, sealed, name.encode()).rstrip()
    except (InvalidTag, ValueError):
        return None


def spooled(boxes: list[bytes], capacity: int, secret: str, name: str) -> bytes:
    """The boxes in a new random order among blanks, enciphered anew: always of the same length."""
    order = list(boxes)
    secrets.SystemRandom().shuffle(order)
    plain = len(order).to_bytes(2) + b"".join(order).ljust(capacity * BOX_BYTES, b"\0")
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_derived(secret.encode(), "spool")).encrypt(nonce, plain, name.encode())


def from_spool(slots: bytes, secret: str, name: str) -> list[bytes]:
    """The boxes of the spool; refuses `spool-locked` where it was written under another secret."""
    cipher = ChaCha20Poly1305(_derived(secret.encode(), "spool"))
    try:
        plain = cipher.decrypt(slots[:_NONCE_BYTES], slots[_NONCE_BYTES:], name.encode())
    except InvalidTag as problem:
        raise Refusal("spool-locked", {"survey": name}) from problem
    count = int.from_bytes(plain[:2])
    return [plain[2 + place * BOX_BYTES : 2 + (place + 1) * BOX_BYTES] for place in range(count)]
