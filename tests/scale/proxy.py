"""nginx with the settings of deploy/guide/, on free loopback ports and with a certificate of its own."""

from __future__ import annotations

import datetime
import http.client
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.channels.served import free_port
from tests.scale.redis_server import FOLDER
from tests.tools import tool


class Proxy:
    """A running nginx over the guides at `ports`."""

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        self.folder, self.port = folder, free_port()
        for name in ("run", "etc/tls", "srv"):
            (folder / name).mkdir(parents=True)
        (folder / "srv" / "urgence.html").write_text("la copie", "utf-8")
        _certificate(folder / "etc" / "tls")
        servers = "".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
        (folder / "etc" / "upstream.conf").write_text(f"upstream guide {{ {servers} keepalive 32; }}", "utf-8")
        told = (FOLDER / "nginx.conf").read_text("utf-8")
        for there, here in (
            ("/run/balise-nginx", str(folder / "run")),
            ("/etc/balise", str(folder / "etc")),
            ("/srv/balise", str(folder / "srv")),
            ("listen [::]:80;", ""),
            ("listen [::]:443 ssl http2;", ""),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"),
        ):
            assert there in told
            told = told.replace(there, here)
        settings = folder / "etc" / "nginx.conf"
        settings.write_text(told, "utf-8")
        # The tests' folder belongs to whoever runs them.
        user = " user root;" if os.geteuid() == 0 else ""
        command = [str(tool("nginx-light")), "-e", "stderr", "-c", str(settings), "-g", f"daemon off;{user}"]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(folder / "said").open("wb"))
        while socket.socket().connect_ex(("127.0.0.1", self.port)):
            assert self.process.poll() is None
            time.sleep(0.05)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Status and text of one request, over TLS."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "etc" / "tls" / "fullchain.pem"))
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=60, context=trusted)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def _certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
