"""What pages say in each language: Fluent messages in `locales/`, dates and numbers by Babel.

The reader's language is, first match wins: `?lang=`, the `lang` cookie, `Accept-Language`, English.
"""

from datetime import UTC, date, datetime
from functools import cache, cached_property
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent
from fluent.runtime import FluentBundle, FluentResource
from starlette.requests import Request

LANGUAGES = {"de": "Deutsch", "en": "English"}
"""Language tag -> what its speakers call it."""
DEFAULT = "en"
COOKIE = "lang"
FOLDER = Path(__file__).parent / "locales"
_REGIONS = {"de": "de_DE", "en": "en_GB"}  # dates of plain "en" would be American


class Translator:
    """All texts and formats of one language. Call it with a message's key: `t("log-in")`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(_REGIONS[language])
        self._bundle = FluentBundle([_REGIONS[language].replace("_", "-")], use_isolating=False)
        for path in sorted((FOLDER / language).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(path.read_text("utf-8")))
        self._plain: dict[str, str] = {}

    def __call__(self, key: str, **values: str | float) -> str:
        """The message `key`, with `values` put in.

        Raises:
            LookupError: there is no such message, or it needs a value that is not given.
        """
        if not values and key in self._plain:
            return self._plain[key]
        text = self._format(key, values)
        if not values:
            self._plain[key] = text
        return text

    def _format(self, key: str, values: dict[str, str | float]) -> str:
        message = self._bundle.get_message(key) if self._bundle.has_message(key) else None
        if message is None or message.value is None:
            raise LookupError(f"no message {key!r} in {self.language}")
        text, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise LookupError(f"message {key!r} in {self.language}: {errors[0]}")
        return str(text)

    @property
    def locale_name(self) -> str:
        """Language and region, as OpenGraph has them: `de_DE`."""
        return str(self._locale)

    @cached_property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self._locale.text_direction

    def number(self, value: int) -> str:
        """`value` with its thousands grouped."""
        return format_decimal(value, locale=self._locale)

    def percent(self, share: float) -> str:
        """`share` (0 to 1) as a whole percentage."""
        pattern = "#,##0\u00a0%" if self.language == "de" else "#,##0%"
        return format_percent(share, pattern, locale=self._locale)

    def day(self, at: datetime, today: datetime | None = None) -> str:
        """The date of `at`, short; without its year when that is this year."""
        at = at.astimezone(UTC)
        if at.year == (today or datetime.now(UTC)).year:
            return format_skeleton("MMMd", at, locale=self._locale)
        return format_date(at, "medium", locale=self._locale)

    def date(self, day: date) -> str:
        """`day` in full."""
        return format_date(day, "long", locale=self._locale)

    def month(self, at: datetime) -> str:
        """Month and year of `at`."""
        return format_skeleton("yMMMM", at.astimezone(UTC), locale=self._locale)

    def moment(self, at: datetime) -> str:
        """Date and time of `at`, to the minute, in UTC."""
        pattern = "d. MMMM y, HH:mm" if self.language == "de" else "d MMMM y, HH:mm"
        return format_datetime(at.astimezone(UTC), pattern, locale=self._locale) + " UTC"


@cache
def translator(language: str) -> Translator:
    """The translator of one of `LANGUAGES`."""
    return Translator(language)


def negotiate(request: Request) -> str:
    """The language, one of `LANGUAGES`, that the reader of `request` wants."""
    for wish in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    return _accepted(request.headers.get("accept-language", ""))


def _accepted(header: str) -> str:
    """The best of `LANGUAGES` by an `Accept-Language` header (RFC 9110, 12.5.4)."""
    wishes: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, quality = part.partition(";q=")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES:
            try:
                wishes.append((float(quality or 1), language))
            except ValueError:
                continue
    best = max(wishes, key=lambda wish: wish[0], default=(0.0, DEFAULT))
    return best[1] if best[0] > 0 else DEFAULT
