"""Drives the page as a person would, and fails on the first thing that is not as it should be. Started by src/it/ui.sh."""

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(__file__))
import ui_incidents as incidents  # noqa: E402
from webdriver import Browser, until  # noqa: E402

RUN, SHOTS = os.environ["RUN"], os.environ["SHOTS"]
HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class Served:
    """kubesent ui, as one person."""

    def __init__(self, person):
        environment = {**os.environ, "KUBECONFIG": f"{RUN}/{person}"}
        self.process = subprocess.Popen(shlex.split(os.environ["KUBESENT"]) + ["ui"], env=environment, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[-1]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/#token=[\w-]{22}", self.address), self.address

    def close(self):
        self.process.terminate()


def said(what):
    print("ok:", what, flush=True)


def one(browser, namespace, name):
    browser.run(f"location.hash = '#/i/{namespace}/{name}'")
    until(lambda: "The story" in browser.text() and name in browser.text(), "the story of " + name)


def spec(namespace, name):
    return json.loads(incidents.kubectl("get", "incident", name, "-n", namespace, "-o", "json"))["spec"]


def no_sideways(browser, what):
    wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{what} is {wide} px too wide"


def strangers(address):
    port = address.split(":")[2].split("/")[0]
    for headers, code in [({}, 401), ({"Host": "evil.example"}, 403), ({"Origin": "https://evil.example"}, 403)]:
        try:
            urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/ui/api/incidents", headers=headers))
            raise AssertionError("let in with " + str(headers))
        except urllib.error.HTTPError as e:
            assert e.code == code, e.code
    said("who has no token, another Host or another Origin is refused")


def opened(browser, address):
    browser.open(address)
    until(lambda: "live, read at" in browser.text(), "the page to be live")
    text = until(lambda: "Deployment/cart" in browser.text() and browser.text(), "the list")
    assert "token" not in browser.address(), "the token stays in the address"
    for expected in ["demo", "shop", "waits for you", "Healed", "MEMORY_LIMIT_TOO_LOW"]:
        assert expected in text, expected
    hosts = browser.run("return [...new Set(performance.getEntriesByType('resource').map((entry) => new URL(entry.name).host))]")
    assert len(hosts) == 1 and hosts[0].startswith("127.0.0.1:"), hosts
    said("the list is live, by namespace, and everything came from 127.0.0.1")


def keyboard(browser):
    browser.press("\ue00c")
    until(lambda: browser.find("a.row"), "the list, by Escape")
    browser.press("j")
    browser.press("\ue007")
    until(lambda: "The story" in browser.text(), "the first incident, by j and Enter")
    browser.press("t")
    until(lambda: "By cause" in browser.text(), "trends, by t")
    browser.press("\ue00c")
    until(lambda: browser.find("#search"), "the list, by Escape")
    browser.press("/")
    browser.press("probe")
    until(lambda: "MEMORY_LIMIT" not in browser.text() and "KILLED_BY_PROBE" in browser.text(), "a search, by /")
    browser.run("const box = document.getElementById('search'); box.value = ''; box.dispatchEvent(new Event('input'))")
    said("j, Enter, t, Escape and / do what the page says")


def follow(browser):
    """The page is not loaded again: a mark in its window stays."""
    name = "live-app-oomkilled-aa03"
    one(browser, "shop", name)
    browser.run("window.mark = 1")
    at = incidents.ago(seconds=20)
    whole = incidents.told(at, *incidents.HEAL)
    for phase, lines, more in [
        ("Acting", 3, {}),
        ("Verifying", 4, {"acts": [incidents.act(at)]}),
        ("Healed", 5, {"outcome": {"detail": incidents.HEAL[4], "verification": "", "at": at}}),
    ]:
        verdict = incidents.oom(phase, "Deployment/live", at)["verdict"]
        incidents.state("shop", name, {"phase": phase, "verdict": verdict, "story": whole[:lines], **more})
        until(lambda: browser.run("return document.querySelector('.title .badge').textContent") == phase, f"{phase} to be shown", 10)
        circles = browser.run("return document.querySelectorAll('.moment').length")
        assert circles == lines, (phase, circles)
    assert browser.run("return window.mark") == 1
    assert "32Mi" in browser.text() and "after 132Mi" in browser.text()
    said("a heal was followed live from Diagnosed to Healed, with its timeline and its memory")


def hostile(browser):
    one(browser, "shop", "evil-app-crashloopbackoff-aa04")
    html = browser.run("return document.body.innerHTML")
    assert browser.run("return document.querySelectorAll('main img, main script, main iframe, main textarea').length") == 0
    assert browser.run("return window.pwned") is None and browser.run("return document.title").endswith("KubeSent")
    assert '<img src=x onerror="window.pwned=1">' in browser.text(), "it is not shown as what it is"
    found = HIDDEN.search(browser.run("return document.body.textContent"))
    assert not found, repr(found)
    assert len(html) < 100_000, len(html)
    no_sideways(browser, "the hostile story")
    refused = browser.run("try { document.body.innerHTML = '<b>x</b>'; return 'let through' } catch (e) { return e.name }")
    assert refused == "TypeError", refused
    said("markup, escape sequences, bidirectional marks and 1 MB in one line are shown as text, and cut; the browser itself refuses innerHTML")


def approve(browser):
    name = "cart-app-oomkilled-aa01"
    one(browser, "demo", name)
    browser.click("#approve")
    browser.click("#sure")
    until(lambda: "You approved it" in browser.text(), "the yes")
    until(lambda: "KubeSent has not looked at it yet" in browser.text(), "the yes in the incident", 10)
    written = spec("demo", name)
    assert written["approved"] is True and written["approvedFingerprint"] == "ab" * 32, written
    said("alice approved, and the incident has it: exactly this change")


def refused(browser, address):
    browser.open(address)
    until(lambda: "StatefulSet/search" in browser.text(), "the list")
    name = "search-app-oomkilled-aa02"
    one(browser, "demo", name)
    browser.click("#approve")
    browser.click("#sure")
    text = until(lambda: "Nothing was changed" in browser.text() and browser.text(), "the refusal")
    assert "needs the verb approve on incidents.kubesent.dev" in text and "kubesent-approver" in text, text
    assert not spec("demo", name).get("approved")
    said("bob, who may patch incidents and not approve, was refused and told which right it takes")


def reject(browser):
    """Where the CRD knows a no."""
    name = "search-app-oomkilled-aa02"
    one(browser, "demo", name)
    browser.click("#reject")
    until(lambda: browser.run("return document.activeElement.id") == "because", "the focus in the reason")
    browser.press("we deploy at night")
    browser.press("\ue007")
    text = until(lambda: ("You rejected it" in browser.text() or "Nothing was changed" in browser.text()) and browser.text(), "the answer to a no")
    if "You rejected it" in text:
        assert spec("demo", name)["rejected"] == "we deploy at night"
        said("alice rejected with a reason, and the incident has it")
    else:
        said("this cluster's CRD knows no rejection: the page says that nothing was changed")


def pictures(browser, theme):
    browser.size(1100, 900)
    browser.run("location.hash = '#/'")
    until(lambda: browser.find("#search"), "the list")
    browser.picture(f"{SHOTS}/ui-list-{theme}.png")
    one(browser, "demo", "web-oom-app-oomkilled-51725a51")
    browser.picture(f"{SHOTS}/ui-story-{theme}.png")
    browser.run("location.hash = '#/trends'")
    until(lambda: "By cause" in browser.text(), "trends")
    browser.picture(f"{SHOTS}/ui-trends-{theme}.png")


def narrow(browser):
    browser.size(500, 900)
    for where in ["#/", "#/trends", "#/i/demo/cart-app-oomkilled-aa01", "#/i/demo/web-oom-app-oomkilled-51725a51"]:
        browser.run(f"location.hash = '{where}'")
        until(lambda: "Reading" not in browser.run("return document.getElementById('main').innerText"), where)
        no_sideways(browser, where)
    browser.picture(f"{SHOTS}/ui-narrow.png")
    said("500 px wide, nothing has to be moved sideways")


def main():
    incidents.write_all()
    alice, bob = Served("alice"), Served("bob")
    browser = Browser(int(os.environ.get("DRIVERPORT", "9515")))
    dark = Browser(int(os.environ.get("DRIVERPORT", "9515")) + 1, dark=True)
    try:
        strangers(alice.address)
        opened(browser, alice.address)
        pictures(browser, "light")
        keyboard(browser)
        follow(browser)
        hostile(browser)
        approve(browser)
        errors = browser.errors()
        assert len(errors) == 1 and "TrustedHTML" in errors[0], errors
        said("the browser's console has no error but the one that was provoked")
        narrow(browser)
        reject(browser)
        opened_dark = dark.open(alice.address)
        until(lambda: "live, read at" in dark.text(), "the dark page")
        assert opened_dark is None and dark.run("return matchMedia('(prefers-color-scheme: dark)').matches"), "not dark"
        pictures(dark, "dark")
        refused(dark, bob.address)
    finally:
        for each in (browser, dark, alice, bob):
            each.close()


main()
