"""Runs a command in a pty, with the time of each line, and draws what is chosen of it as an SVG that plays. Started by recording.sh.

The picture has no script and nothing from elsewhere, so that GitHub shows it. Where CSS does not play, or the reader wants no motion, it shows the last frame.
"""

import contextlib
import datetime
import fcntl
import html
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

COLUMNS, LONGEST_PAUSE, LONGEST_RUN = 100, 1.5, 600
LAST = "Open http://localhost:"
"""Shown: the Deployment that is healed, the crash that has only a cause, and what is there in the end."""
SHOWN = ("● 02-", "● 05-", "2 minutes later", LAST)
CHARACTER, LINE, SIZE, MARGIN, INDENT = 7.83, 18, 13, 16, 13


def recorded(command):
    """Each line with the second at which it was there."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe("sh", ["sh", "-c", "exec " + command], {**os.environ, "TERM": "xterm"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    start, rest, lines = time.monotonic(), b"", []
    try:
        while not (lines and plain(lines[-1][1]).startswith(LAST)):
            if time.monotonic() - start > LONGEST_RUN or not select.select([terminal], [], [], LONGEST_RUN)[0]:
                raise SystemExit(f"it did not come to its end in {LONGEST_RUN} s")
            rest += os.read(terminal, 65536)
            *whole, rest = rest.split(b"\n")
            lines += [(time.monotonic() - start, line.decode().rstrip("\r")) for line in whole]
    except OSError as e:
        raise SystemExit("it ended too early:\n" + "\n".join(line for _, line in lines)) from e
    finally:
        with contextlib.suppress(OSError):
            os.write(terminal, b"\x03")  # as a person ends it
        ended(pid)
    return lines


def ended(pid):
    for _ in range(100):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def plain(line):
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def blocks(lines):
    """A block begins after an empty line."""
    block = []
    for second, line in lines:
        if block and not plain(block[-1][1]) and plain(line):
            yield block
            block = []
        block.append((second, line))
    yield block


def chosen(lines):
    """(second, kind, line): lines as they were, and in place of all others how many they are."""
    hidden = 0
    for block in blocks(lines):
        if not plain(block[0][1]).startswith(SHOWN):
            hidden += len(block)
            continue
        if hidden:
            yield block[0][0], "left-out", f"⋮ {hidden} more lines"
            yield block[0][0], "left-out", ""
            hidden = 0
        for second, line in block:
            for i, row in enumerate(wrapped(line)):
                yield second, "more" if i else "line", row


def wrapped(line):
    """At words and within the columns, under the text of the first line; a colour goes on in the next one."""
    rows, now, colour, indent = [""], 0, "", INDENT if plain(line).startswith("  ") else 0
    for part in re.findall(r"\x1b\[[0-9;]*m| *[^ \x1b]+| +", line):
        if part.startswith("\x1b"):
            colour = "" if part == "\x1b[0m" else part
        elif now and now + len(part) > COLUMNS:
            rows, now = [*rows, " " * indent + colour], indent
            part = part.lstrip()
        rows[-1] += part
        now += 0 if part.startswith("\x1b") else len(part)
    return rows


def spans(line):
    """One element for each colour: the codes are those of report/Colour.java."""
    classes = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow"}
    now = ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if code := re.fullmatch(r"\x1b\[([0-9;]*)m", part):
            now = classes.get(code.group(1), "")
        elif part:
            text = html.escape(part, quote=False)
            yield f'<tspan class="{now}">{text}</tspan>' if now else text


def played(shown):
    """When each line comes in the picture: pauses are cut, and nothing is stretched."""
    at, before = 0.0, 0.0
    for second, kind, line in shown:
        at, before = at + min(second - before, LONGEST_PAUSE), second
        yield at, second, kind, line


STYLE = """
  .screen { fill: #ffffff; stroke: #d0d7de } .bar { fill: #f6f8fa } text { fill: #1f2328; white-space: pre; font: %dpx ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
  .bold, .command { font-weight: bold } .dim, .time, .left-out, .note { fill: #59636e } .red { fill: #cf222e } .green { fill: #116329 } .yellow { fill: #7d4e00 }
  @media (prefers-color-scheme: dark) {
    .screen { fill: #0d1117; stroke: #3d444d } .bar { fill: #151b23 } text { fill: #f0f6fc }
    .dim, .time, .left-out, .note { fill: #9198a1 } .red { fill: #ff7b72 } .green { fill: #3fb950 } .yellow { fill: #d29922 }
  }
  @media (prefers-reduced-motion: no-preference) { .comes { animation: comes 1ms both } }
  @keyframes comes { from { opacity: 0 } to { opacity: 1 } }
""" % SIZE


def svg(command, lines, day):
    shown = list(played(chosen(lines)))
    width, bar = round(COLUMNS * CHARACTER + 2 * MARGIN), 30
    height = bar + (len(shown) + 2) * LINE + MARGIN
    note = f"Recorded on {day}. Pauses over {LONGEST_PAUSE} s are cut; the seconds at the right are real."
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title desc">',
        "<title id=\"title\">KubeSent's local run</title>",
        f'<desc id="desc">A terminal runs {html.escape(command)}. It shows an OOM-killed Deployment: what was seen, the cause, the verdict, the change of the memory '
        f"limit, and that the API server accepted it. Then a crash that has a cause and no automatic fix. The run moves its clock by two minutes, and a table shows all "
        f"incidents: two of seven are healed. {note}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="screen" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
        f'<path class="bar" d="M1 {bar}V8a7 7 0 0 1 7-7H{width - 8}a7 7 0 0 1 7 7V{bar}z"/>',
        f'<text class="note" x="{MARGIN}" y="20">{note}</text>',
        f'<text class="command" x="{MARGIN}" y="{bar + LINE}">$ {html.escape(command)}</text>',
    ]
    y, told = bar + LINE, None
    for at, second, kind, line in shown:
        y += LINE
        comes = f'class="comes {kind}" style="animation-delay: {at:.2f}s"'
        if line:
            out.append(f'<text {comes} x="{MARGIN}" y="{y}" xml:space="preserve">{"".join(spans(line))}</text>')
        if kind == "line" and line and f"{second:.1f}" != told:
            told = f"{second:.1f}"
            out.append(f'<text class="comes time" style="animation-delay: {at:.2f}s" x="{width - MARGIN}" y="{y}" text-anchor="end">{told} s</text>')
    return "\n".join([*out, "</svg>", ""])


def main(file, command):
    lines = recorded(command)
    missing = [start for start in SHOWN if not any(plain(line).startswith(start) for _, line in lines)]
    if missing:
        raise SystemExit(f"the run printed nothing that begins with {missing}")
    with open(file, "w", encoding="utf-8") as out:
        out.write(svg(command, lines, datetime.date.today().isoformat()))
    print(f"{file}: {len(lines)} lines in {lines[-1][0]:.1f} s")


main(*sys.argv[1:])
