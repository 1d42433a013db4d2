"""Text made to keep a parser busy takes linear time: all of it together, seconds of CPU time."""

import resource
import subprocess
import sys

PROGRAM = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from rostra.core import text
from rostra.core.text import entities

SIZE = 100_000
PIECES = [
    "https://a/(", "https://", "https://a.", "https://a-", "https://a@", "https://a.b/[{('",
    "https://a.b/::", "https://a/'", "https://a.b/?https://a.b/(", "https://xn--a.", "https://a.b/..",
    "https://a!", "@a", "@a.", "@", "@a@a", "@a@a.", "@é.", "#", "#a·", "#1", "＃", "#ﷺ", "a\\u0301",
    "\\u0301\\u0327", "\\u0327\\u0301", "\\u200d", "\\u0600", "\\u1100", "\\u202a\\u2066", "\\u2066 ",
    "\\U0001f469\\u200d", "a", " ", "\\t\\n", "\\n", "<", "<<b>", "</p>", "&", "&#x3c;", "<b ", "<b x=",
    "<!--",
]
for piece in PIECES:
    hostile = (piece * SIZE)[:SIZE]
    text.clean(hostile)
    entities.find_entities.cache_clear()
    text.render(hostile, {}, str)
    text.length(hostile)
    text.sanitize(hostile)
    text.plain_text(hostile)

text.render("https://a/(" * 300_000, {}, str)

NESTED = [
    "".join(f"<b id={n}><p>" for n in range(4_999)), "".join(f"<i class=p-{n}></p>" for n in range(4_999)),
    "".join(f"<b/id={n}>" for n in range(9_999)), "".join(f"<a href=x:{n}><p>" for n in range(4_999)),
    "<div>" * 9_999, "<b " * 9_999, "<blockquote>" * 9_999,
    "".join(f"<b id={n}><object></b></object>" for n in range(2_400)),
]
for hostile in NESTED:
    text.sanitize(hostile)
    text.plain_text(hostile)
"""


def test_hostile_text_takes_linear_time_and_bounded_memory():
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > 0
