"""A web app that stands in for the built one: small, and there whether or not the real one can be built."""

import gzip
from pathlib import Path

SCRIPT = "\n\t\t\tconsole.log('<b>started</b>');\n\t\t"
INDEX = f"""<!doctype html>
<html lang="en"><head><title>App</title>
<link rel="stylesheet" href="/app/theme.css">
<script src="/app/_app/immutable/entry/start.abc.js" type="module"></script></head>
<body><div><script>{SCRIPT}</script></div></body></html>
"""
CHUNK = "export const answer = 42;\n" * 50


def build(folder: Path) -> Path:
    """Put the app into `folder`, as the build makes it."""
    entry = folder / "_app" / "immutable" / "entry"
    entry.mkdir(parents=True)
    (folder / "index.html").write_text(INDEX)
    (folder / "service-worker.js").write_text("self.addEventListener('fetch', () => {});\n")
    (folder / "prow.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / ".sources").write_text("not for all to see")
    (folder / "_app" / "version.json").write_text('{"version":"1"}')
    (entry / "start.abc.js").write_text(CHUNK)
    (entry / "start.abc.js.gz").write_bytes(gzip.compress(CHUNK.encode(), 9))
    (entry / "start.abc.js.br").write_bytes(b"brotli, let us say")
    return folder
