"""The network's own colour, in place of the terracotta of static/base.css: on pages, and in the web app."""

import hashlib

from rostra.core.settings import Settings

THEME = "/app/theme.css"

# Lightness and strength are those of static/base.css and of the app's tokens.css, so what is readable there
# stays so in every hue. `html:root`, because the app's own sheet comes later.
_THEME = """\
@supports (color: light-dark(oklch(from red l c h), red)) {{
  html:root {{
    --accent: light-dark(oklch(from {color} 0.6 min(c, 0.14) h), oklch(from {color} 0.68 min(c, 0.135) h));
    --link: light-dark(oklch(from {color} 0.48 min(c, 0.135) h), oklch(from {color} 0.78 min(c, 0.105) h));
    --button: light-dark(oklch(from {color} 0.53 min(c, 0.14) h), oklch(from {color} 0.72 min(c, 0.125) h));
    --button-hover: light-dark(
      oklch(from {color} 0.47 min(c, 0.13) h),
      oklch(from {color} 0.78 min(c, 0.11) h)
    );
    --tint: light-dark(oklch(from {color} 0.955 min(c, 0.022) h), oklch(from {color} 0.275 min(c, 0.035) h));
  }}
}}
"""


def theme(settings: Settings) -> str:
    """The style sheet of the network's colour; empty without one."""
    return _THEME.format(color=settings.accent_color) if settings.accent_color else ""


def theme_url(settings: Settings) -> str | None:
    """Where pages find it; None without one."""
    if not settings.accent_color:
        return None
    return f"{THEME}?v={hashlib.sha256(theme(settings).encode()).hexdigest()[:10]}"
