"""A push service on this machine, and a device that reads what comes by it.

The device decrypts by the letter of RFC 8291 and of the draft before it, with nothing of what encrypts.
"""

import base64
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.network import Client, Network


@dataclass
class Push:
    """A message as it arrived."""

    headers: dict[str, str]
    body: bytes
    path: str


@dataclass
class PushService:
    """Takes all pushes; answers with `answers` in turn, then with 201."""

    host: str = "127.0.0.2"
    port: int = 0
    received: list[Push] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Push(headers, await request.read(), request.path))
        status, answer = self.answers.pop(0) if self.answers else (201, {})
        return web.Response(status=status, headers=answer)


@asynccontextmanager
async def push_service(host: str = "127.0.0.2", port: int = 0) -> AsyncGenerator[PushService]:
    service = PushService(host)
    app = web.Application()
    app.router.add_post("/{path:.*}", service.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    assert site._server is not None
    service.port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    yield service
    await runner.cleanup()


class Device:
    """Somebody's phone, registered at `service`."""

    def __init__(self, service: PushService, name: str = "phone") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.auth = b"0123456789abcdef"
        self.service = service
        self.path = f"/push/{name}"

    @property
    def subscription(self) -> dict[str, Any]:
        keys = {"p256dh": text(self.public), "auth": text(self.auth)}
        return {"endpoint": self.service.origin + self.path, "keys": keys}

    async def subscribe(
        self, app: Client, *alerts: str, standard: bool = True, policy: str | None = None, expect: int = 200
    ) -> Any:
        data: dict[str, Any] = {"alerts": dict.fromkeys(alerts, True)}
        if policy is not None:
            data["policy"] = policy
        body = {"subscription": {**self.subscription, "standard": standard}, "data": data}
        return await app.post("/api/v1/push/subscription", expect, json=body)

    def messages(self) -> list[Any]:
        """All that came for this device, read."""
        return [json.loads(self.decrypt(push)) for push in self.service.received if push.path == self.path]

    def decrypt(self, push: Push) -> bytes:
        if push.headers["content-encoding"] == "aes128gcm":
            return self._decrypt_standard(push.body)
        assert push.headers["content-encoding"] == "aesgcm"
        return self._decrypt_draft(push)

    def _decrypt_standard(self, body: bytes) -> bytes:
        salt, record_size, id_length = body[:16], int.from_bytes(body[16:20]), body[20]
        theirs, text = body[21 : 21 + id_length], body[21 + id_length :]
        assert len(text) <= record_size
        info = b"WebPush: info\0" + self.public + theirs
        secret = derive(self._shared(theirs), self.auth, info, 32)
        key = derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derive(secret, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, text, None).rstrip(b"\0")
        assert padded.endswith(b"\2")
        return padded[:-1]

    def _decrypt_draft(self, push: Push) -> bytes:
        salt = data(parameter(push.headers["encryption"], "salt"))
        theirs = data(parameter(push.headers["crypto-key"], "dh"))
        secret = derive(self._shared(theirs), self.auth, b"Content-Encoding: auth\0", 32)
        context = b"P-256\0" + b"".join(len(key).to_bytes(2) + key for key in (self.public, theirs))
        key = derive(secret, salt, b"Content-Encoding: aesgcm\0" + context, 16)
        nonce = derive(secret, salt, b"Content-Encoding: nonce\0" + context, 12)
        padded = AESGCM(key).decrypt(nonce, push.body, None)
        return padded[2 + int.from_bytes(padded[:2]) :]

    def _shared(self, theirs: bytes) -> bytes:
        return self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )


def claims(push: Push, server_key: str) -> Any:
    """What the sender says of themselves, if `server_key` signed it."""
    kind, _, value = push.headers["authorization"].partition(" ")
    if kind == "vapid":
        parameters = dict(part.strip().split("=", 1) for part in value.split(","))
        token, public = parameters["t"], parameters["k"]
    else:
        assert kind == "WebPush"
        token, public = value, parameter(push.headers["crypto-key"], "p256ecdsa")
    assert data(public) == data(server_key)
    signed, _, signature = token.rpartition(".")
    raw = data(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data(public))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(data(signed.partition(".")[2]))


async def server_key(network: Network) -> str:
    """The key that the instance document names."""
    instance = await network.anonymous.get("/api/v2/instance")
    return instance["configuration"]["vapid"]["public_key"]


def derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def parameter(header: str, name: str) -> str:
    return dict(part.strip().split("=", 1) for part in header.split(";"))[name]


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def data(encoded: str) -> bytes:
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
