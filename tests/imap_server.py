"""A real mail server on loopback whose mailbox is read by IMAP over TLS; it lives in a process of its own."""

import asyncio
import datetime
import imaplib
import socket
import ssl
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer

USER, PASSWORD = "upstander", "a-password"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    there, secret = folder / "mail.pem", folder / "mail.key"
    there.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return there, secret


class Lying:
    """The mailbox as its owner sees it: put messages in, count what lies in a folder."""

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        self._port, self._context = port, context

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4_SSL]:
        client = imaplib.IMAP4_SSL("127.0.0.1", self._port, ssl_context=self._context)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def put(self, *messages: bytes) -> None:
        with self._open() as client:
            for message in messages:
                client.append("INBOX", None, None, message)

    def number(self, folder: str = "INBOX") -> int:
        with self._open() as client:
            found, answer = client.select(folder, readonly=True)
            return int(answer[0]) if found == "OK" else 0


class CutLine:
    """A line to the server, for one caller, that breaks once so many bytes have come back."""

    def __init__(self, port: int, after_bytes: int) -> None:
        self._to, self._left, self.over = port, after_bytes, threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        with suppress(OSError):
            caller, _ = self._door.accept()
            with caller, socket.create_connection(("127.0.0.1", self._to)) as server:
                there = threading.Thread(target=self._there, args=(caller, server), daemon=True)
                there.start()
                self._back(caller, server)
                there.join(30)
        self.over.set()

    def _there(self, caller: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := caller.recv(65_536):
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)

    def _back(self, caller: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while self._left > 0 and (data := server.recv(min(self._left, 65_536))):
                self._left -= len(data)
                caller.sendall(data)
        for one in (caller, server):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.over.wait(30)
        self._door.close()


async def serve(there: str, secret: str) -> None:
    """Serves one empty mailbox on any port, which it prints, until it is ended."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(there, secret)
    arguments = Namespace(
        debug=False, demo_data=False, demo_user=USER, demo_password=PASSWORD, host="127.0.0.1", port=0, tls=False,
        cert=None, key=None, proxy_protocol=None, passlib_cfg=None, inherited_sockets=None, skip_services=[],
    )  # fmt: skip
    backend, config = await DictBackend.init(arguments)
    config.apply_context()
    callback = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(backend.login, config))
    server = await asyncio.start_server(callback, "127.0.0.1", 0, ssl=context)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


@contextmanager
def mailbox(folder: Path) -> Iterator[tuple[Lying, dict[str, Any], Path]]:
    """The mailbox, the settings (as `settings.MAILBOX`) and the certificate to trust, as long as the block lasts."""
    there, secret = certificate(folder)
    command = [sys.executable, "-m", "tests.imap_server", str(there), str(secret)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            port = int(server.stdout.readline())
            where = {"host": "127.0.0.1", "port": port, "username": USER, "password": PASSWORD, "folder": "INBOX"}
            yield Lying(port, ssl.create_default_context(cafile=str(there))), where | {"tls": True}, there
        finally:
            server.kill()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
