"""Looks at the recording in real Chromium, as a page shows it: in <img>. Started by recording.sh with SHOTS; needs chromedriver."""

import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(__file__))
from webdriver import Browser, until  # noqa: E402


def seen(svg, folder, name, after, **more):
    with tempfile.TemporaryDirectory() as pages:
        page = pathlib.Path(pages, "page.html")
        page.write_text(f'<!doctype html><meta name="color-scheme" content="light dark"><body style="margin:8px"><img src="{svg.as_uri()}">')
        browser = Browser(9517, width=860, height=1060, **more)
        try:
            browser.open(page.as_uri())
            until(lambda: browser.run("const i = document.images[0]; return i.complete && i.naturalWidth"), "the picture")
            time.sleep(after)
            browser.picture(f"{folder}/{name}.png")
            assert not browser.errors(), browser.errors()
            return pathlib.Path(folder, f"{name}.png").read_bytes()
        finally:
            browser.close()


def main(svg, folder):
    svg = pathlib.Path(svg).resolve()
    begin = seen(svg, folder, "recording-begin", 0)
    end = seen(svg, folder, "recording-light", 12)
    dark = seen(svg, folder, "recording-dark", 12, dark=True)
    assert begin != end, "it does not play"
    assert end == seen(svg, folder, "recording-still", 0, still=True), "who wants no motion does not see the last frame at once"
    assert end != dark, "it is not dark where the reader is"
    print("ok: it plays, is still where no motion is wanted, and is dark where that is wanted")


main(*sys.argv[1:])
