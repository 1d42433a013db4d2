"""Those who translate: LibreTranslate (https://docs.libretranslate.com/guides/api_usage) and DeepL
(https://developers.deepl.com/docs), by what their servers answer.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlencode

import msgspec

from rostra.core.http import HttpClient, HttpError, Limits
from rostra.core.settings import Settings
from rostra.statuses.translation.model import UNKNOWN

LIMITS = Limits(seconds=20, body_bytes=2 * 1024 * 1024)

Languages = Mapping[str, Sequence[str]]
"""Source (`UNKNOWN`: to be found out) -> targets."""
T = TypeVar("T")


class TranslatorError(Exception):
    """A translator does not answer, not as it should, or no more today. The message is for logs."""


class Provider(Protocol):
    """A translator."""

    name: str
    """As members read it."""

    async def languages(self) -> Languages:
        """What it can do. Raises TranslatorError."""
        ...

    async def translate(self, texts: Sequence[str], source: str | None, target: str) -> tuple[list[str], str]:
        """`texts`, which are HTML, in `target`, and what language they were in. Raises TranslatorError."""
        ...


def provider_of(settings: Settings, http: HttpClient) -> Provider | None:
    """The one that the operator chose."""
    if settings.libretranslate_url:
        return LibreTranslate(http, settings.libretranslate_url, settings.libretranslate_key)
    return DeepL(http, settings.deepl_key) if settings.deepl_key else None


class _LibreLanguage(msgspec.Struct):
    code: str
    targets: list[str] = []


class _Detected(msgspec.Struct):
    language: str


class _LibreAnswer(msgspec.Struct, rename="camel"):
    translated_text: list[str]
    detected_language: list[_Detected] | _Detected | None = None


class LibreTranslate:
    """A LibreTranslate server."""

    name = "LibreTranslate"

    def __init__(self, http: HttpClient, url: str, key: str) -> None:
        self._http, self._url, self._key = http, url.rstrip("/"), key

    async def languages(self) -> Languages:
        """See Provider."""
        rows = await _get(self._http, f"{self._url}/languages", {}, list[_LibreLanguage])
        found = {row.code: [code for code in row.targets if code != row.code] for row in rows}
        return found | {UNKNOWN: sorted({code for targets in found.values() for code in targets})}

    async def translate(self, texts: Sequence[str], source: str | None, target: str) -> tuple[list[str], str]:
        """See Provider."""
        asked = {"q": texts, "source": source or "auto", "target": target, "format": "html"}
        if self._key:
            asked["api_key"] = self._key
        body, kind = msgspec.json.encode(asked), "application/json"
        answer = await _post(self._http, f"{self._url}/translate", body, {"Content-Type": kind}, _LibreAnswer)
        found = answer.detected_language
        first = (found[0] if found else None) if isinstance(found, list) else found
        return answer.translated_text, source or (first.language if first else UNKNOWN)


class _DeepLLanguage(msgspec.Struct):
    language: str


class _DeepLText(msgspec.Struct):
    text: str
    detected_source_language: str = UNKNOWN


class _DeepLAnswer(msgspec.Struct):
    translations: list[_DeepLText]


class DeepL:
    """DeepL's servers; keys of its free plan end in `:fx`."""

    name = "DeepL.com"

    def __init__(self, http: HttpClient, key: str, url: str = "") -> None:
        host = "api-free.deepl.com" if key.endswith(":fx") else "api.deepl.com"
        self._http, self._url = http, url or f"https://{host}"
        self._headers = {"Authorization": f"DeepL-Auth-Key {key}"}

    async def languages(self) -> Languages:
        """See Provider. English and Portuguese are taken as targets without a region, too."""
        sources = [UNKNOWN, *await self._listed("source")]
        targets = list(dict.fromkeys(["en", "pt", *await self._listed("target")]))
        return {source: [target for target in targets if target != source] for source in sources}

    async def translate(self, texts: Sequence[str], source: str | None, target: str) -> tuple[list[str], str]:
        """See Provider."""
        fields = [("text", text) for text in texts]
        fields += [("target_lang", target.upper()), ("tag_handling", "html")]
        if source:
            fields.append(("source_lang", source.partition("-")[0].upper()))
        headers = self._headers | {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        answer = await _post(self._http, f"{self._url}/v2/translate", body, headers, _DeepLAnswer)
        found = [each.detected_source_language.lower() for each in answer.translations]
        return [each.text for each in answer.translations], source or (found[0] if found else UNKNOWN)

    async def _listed(self, kind: str) -> list[str]:
        url = f"{self._url}/v2/languages?type={kind}"
        rows = await _get(self._http, url, self._headers, list[_DeepLLanguage])
        return [_tag(row.language) for row in rows]


def _tag(code: str) -> str:
    """`PT-BR` as `pt-BR`."""
    language, dash, region = code.partition("-")
    return language.lower() + dash + region


async def _get(http: HttpClient, url: str, headers: Mapping[str, str], kind: type[T]) -> T:
    try:
        reply = await http.get(url, headers=headers, limits=LIMITS)
    except HttpError as error:
        raise TranslatorError(str(error)) from error
    return _decoded(reply.status, reply.body, kind)


async def _post(http: HttpClient, url: str, body: bytes, headers: Mapping[str, str], kind: type[T]) -> T:
    try:
        reply = await http.post(url, body, headers=headers, limits=LIMITS)
    except HttpError as error:
        raise TranslatorError(str(error)) from error
    return _decoded(reply.status, reply.body, kind)


def _decoded(status: int, body: bytes, kind: type[T]) -> T:
    if status != 200:
        raise TranslatorError(f"status {status}")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TranslatorError(f"not the answer that was expected: {error}") from error
