"""What the web app may load and where it may send, as its Content Security Policy (CSP 3)."""

from rostra.core.settings import Settings

LOOPBACK = ("localhost:*", "127.0.0.1:*")  # policies have no words for [::1]


def content_policy(settings: Settings, script_hashes: list[str]) -> str:
    """The policy: scripts are ours alone; data and media may be of other servers, whose members sign in here.

    A network without HTTPS is on this machine alone, and so may be the servers that it talks to.
    """
    plain = not settings.base_url.startswith("https://")
    servers = " ".join(f"http://{host}" for host in LOOPBACK) if plain else ""
    sockets = " ".join(f"ws://{host}" for host in LOOPBACK) if plain else ""
    sources = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "connect-src": f"'self' https: wss: {servers} {sockets}",
        "img-src": f"'self' https: data: blob: {servers}",
        "media-src": f"'self' https: blob: {servers}",
        "font-src": "'self'",
        "frame-src": "https:",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'self'",
        "form-action": f"'self' https: {servers}",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}".strip() for name, value in sources.items())
