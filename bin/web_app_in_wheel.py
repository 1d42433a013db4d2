"""Hatch's build hook: a wheel has the built web app in it, where src/rostra/web_app/files.py looks for it."""

# Hatch is only there while a wheel is made.
# pyright: basic, reportMissingImports=false

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebAppInWheel(BuildHookInterface[Any]):
    """Takes what `bin/setup app` built. Installed in place, Rostra finds web/build itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the app's files.

        Raises:
            FileNotFoundError: the app is not built: a wheel without it would look whole and not be.
        """
        if version == "editable":
            return
        built = Path(self.root) / "web" / "build"
        if not (built / "index.html").is_file():
            raise FileNotFoundError(f"{built} has no web app. Build it first: bin/setup run")
        build_data["force_include"][str(built)] = "rostra/web_app/build"
