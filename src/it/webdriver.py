"""A small client of chromedriver (W3C WebDriver), with what Python has: no package has to be installed."""

import base64
import json
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """Headless Chromium, with a profile of its own. Its console is kept, so that a script can fail on any error there."""

    def __init__(self, port, dark=False, width=1100, height=900, still=False):
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={width},{height}"]
        if dark:
            arguments.append("--force-prefers-color-scheme=dark")
            arguments.append("--blink-settings=preferredColorScheme=0")
        if still:
            arguments.append("--force-prefers-reduced-motion")
        options = {"goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = until(lambda: self._open(options), "chromedriver to answer")

    def _open(self, options):
        try:
            return self._send("POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        except OSError:
            return None

    def _send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise AssertionError(e.read().decode()[:600]) from e

    def _do(self, method, path, body=None):
        return self._send(method, f"/session/{self.session}{path}", body)

    def open(self, address):
        self._do("POST", "/url", {"url": address})

    def address(self):
        return self._do("GET", "/url")

    def run(self, script, *arguments):
        return self._do("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def text(self):
        return self.run("return document.body.innerText")

    def click(self, css):
        found = until(lambda: self.find(css), f"{css} to be there")
        self._do("POST", f"/element/{found}/click", {})

    def find(self, css):
        all_found = self._do("POST", "/elements", {"using": "css selector", "value": css})
        return all_found[0][ELEMENT] if all_found else None

    def press(self, keys):
        """To what has the focus, as a person at the keyboard."""
        actions = [step for key in keys for step in ({"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})]
        self._do("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def size(self, width, height):
        self._do("POST", "/window/rect", {"width": width, "height": height})

    def picture(self, file):
        with open(file, "wb") as out:
            out.write(base64.b64decode(self._do("GET", "/screenshot")))

    def errors(self):
        return [line["message"] for line in self._do("POST", "/se/log", {"type": "browser"}) if line["level"] == "SEVERE"]

    def close(self):
        try:
            self._do("DELETE", "")
        finally:
            self.driver.terminate()


def until(condition, what, seconds=30):
    """Whatever the condition gives, once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s for {what}")
