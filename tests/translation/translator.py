"""A translator for tests, on 127.0.0.2, which stands for the Internet: it writes texts in capitals."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

HOST = "127.0.0.2"
LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["de", "en", "pt-BR"]},
    {"code": "de", "name": "German", "targets": ["en", "de"]},
]
_TAG = re.compile(r'(<span translate="no">.*?</span>|<[^>]*>|&\w+;)')


def capitals(html: str) -> str:
    parts = _TAG.split(html)
    parts[::2] = [text.upper() for text in parts[::2]]
    return "".join(parts)


class Translator:
    """A LibreTranslate and a DeepL. `asked` has what was to be translated."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[Any] = []
        self.status = 200
        self.answer: bytes | None = None
        """Answered in place of a translation."""
        self.hold: asyncio.Event | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = re.search(r"(?i)content-length: (\d+)", head)
            body = await reader.readexactly(int(length[1])) if length else b""
            data = await self._answer(head.split(" ")[1], head, body)
            writer.write(
                b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                b"Connection: close\r\n\r\n%b" % (self.status, len(data), data)
            )
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, path: str, head: str, body: bytes) -> bytes:
        if path == "/languages":
            return json.dumps(LANGUAGES).encode()
        if path.startswith("/v2/languages"):
            codes = ["EN", "DE"] if path.endswith("source") else ["EN-GB", "DE", "PT-BR"]
            return json.dumps([{"language": code, "name": code} for code in codes]).encode()
        if self.hold is not None:
            await self.hold.wait()
        if path == "/v2/translate":
            fields = parse_qs(body.decode())
            self.asked.append(fields | {"authorization": re.findall(r"Authorization: (.*)\r", head)})
            texts: Any = fields["text"]
            found = [{"detected_source_language": "EN", "text": capitals(text)} for text in texts]
            return self.answer or json.dumps({"translations": found}).encode()
        asked = json.loads(body)
        self.asked.append(asked)
        answer: dict[str, Any] = {"translatedText": [capitals(text) for text in asked["q"]]}
        if asked["source"] == "auto":
            answer["detectedLanguage"] = [{"confidence": 90.0, "language": "en"} for _ in asked["q"]]
        return self.answer or json.dumps(answer).encode()


@asynccontextmanager
async def serving() -> AsyncGenerator[Translator]:
    """A translator that runs."""
    translator = Translator()
    server = await asyncio.start_server(translator.serve, HOST, 0)
    translator.port = server.sockets[0].getsockname()[1]
    async with server:
        yield translator
