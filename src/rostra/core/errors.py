"""What can go wrong in a use case. The doors (api, pages) turn these into status codes.

`NotFound` serves for absent and for forbidden alike, so that nobody learns what they may not see.
"""


class RostraError(Exception):
    """A use case was refused; the message is meant for the person who asked."""

    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(RostraError):
    """The request can't be understood."""

    status = 400


class Unauthorized(RostraError):
    """Nobody valid is asking."""

    status = 401

    def __init__(self, message: str = "The access token is invalid") -> None:
        super().__init__(message)


class Forbidden(RostraError):
    """They are known, the thing is visible to them, and they may not do this to it."""

    status = 403

    def __init__(self, message: str = "This action is not allowed") -> None:
        super().__init__(message)


class NotFound(RostraError):
    """There is no such thing, as far as the one who asks may know."""

    status = 404

    def __init__(self, message: str = "Record not found") -> None:
        super().__init__(message)


class TooSlow(RostraError):
    """The request did not arrive in time."""

    status = 408

    def __init__(self, message: str = "The request took too long to arrive") -> None:
        super().__init__(message)


class Conflict(RostraError):
    """Somebody else changed the same thing in this very moment."""

    status = 409


class TooLarge(RostraError):
    """The request is larger than the limit."""

    status = 413

    def __init__(self, message: str = "Payload too large") -> None:
        super().__init__(message)


class Invalid(RostraError):
    """The input breaks a rule. `details` has Mastodon's form: field -> (error code, description) list."""

    status = 422

    def __init__(self, message: str, details: dict[str, list[tuple[str, str]]] | None = None) -> None:
        super().__init__(
            message if message.startswith("Validation failed") else f"Validation failed: {message}"
        )
        self.details = details


class TooMany(RostraError):
    """Asked too often. `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str = "Too many requests", retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(RostraError):
    """Something that we need does not answer now; trying again later is right."""

    status = 503

    def __init__(self, message: str = "Temporarily unavailable") -> None:
        super().__init__(message)
