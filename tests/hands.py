"""Ways to use a page in a browser: with a mouse, with the keys alone, with a mouse where scripts do not run.

`context` is what a browser is opened with; `sends` says whether a choice is sent without a button. All find things as a
screen reader names them. The keys reach a thing only by Tab, and every stop on the way must show.
"""

from playwright.sync_api import expect

MOST_STOPS = 400
# What has the focus: whether it is the element itself, whether it can be seen, and whether it shows that it has it.
STOP = """wanted => {
  const e = document.activeElement, box = e.getBoundingClientRect()
  const lit = e => { const s = getComputedStyle(e)
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none' }
  const bearers = [e, e.closest('label, .card, li, form')].filter(Boolean)
  return {here: e === wanted, nowhere: e === document.body, what: e.outerHTML.slice(0, 90),
    shows: bearers.some(lit) && box.bottom > 0 && box.top < innerHeight}
}"""


class Mouse:
    """Clicks."""

    context, sends = {}, True

    def __init__(self, page):
        self.page = page

    def follow(self, link):
        link.click()

    press = open = follow

    def tick(self, box):
        box.check()

    def pick(self, radios, radio):
        """One of a group of which one is chosen."""
        radio.check()

    def write(self, box, text):
        box.click()
        self.page.keyboard.type(text)

    def send(self):
        """The form in one of whose boxes something was written."""
        self.page.keyboard.press("Enter")

    def choose(self, box, label):
        box.select_option(label=label)

    def take(self, suggestion):
        """One of the suggestions that show under the search box."""
        suggestion.click()


class NoScripts(Mouse):
    """Clicks where no script runs: forms are sent by their buttons."""

    context, sends = {"java_script_enabled": False}, False


class Keys:
    """Tab, Enter, Space, arrows and letters."""

    context, sends = {}, True

    def __init__(self, page):
        self.page = page

    def follow(self, link):
        self._reach(link)
        self.page.keyboard.press("Enter")

    press = open = follow

    def tick(self, box):
        self._reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def pick(self, radios, radio):
        """Tab comes to the one that is chosen, or to the first, which Space then chooses; arrows to the others."""
        chosen = radios.get_by_role("radio", checked=True)
        if chosen.count():
            self._reach(chosen)
        else:
            self.tick(radios.get_by_role("radio").first)
        for _ in range(radios.get_by_role("radio").count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrow keys do not come to {radio}.")

    def write(self, box, text):
        self._reach(box)
        self.page.keyboard.type(text)

    send = Mouse.send

    def choose(self, box, label):
        """From the first choice down; a choice that sends the form at once would end this early."""
        self._reach(box)
        labels = box.evaluate("box => [...box.options].map(option => option.label)")
        here = box.evaluate("box => box.selectedIndex")
        there = labels.index(label)
        for _ in range(abs(there - here)):
            self.page.keyboard.press("ArrowDown" if there > here else "ArrowUp")

    def take(self, suggestion):
        """Down from the search box, which keeps the focus and names the suggestion that Enter takes."""
        for _ in range(12):
            self.page.keyboard.press("ArrowDown")
            if suggestion.get_attribute("aria-selected") == "true":
                return self.page.keyboard.press("Enter")
        raise AssertionError(f"The arrow keys do not come to {suggestion}.")

    def _reach(self, wanted):
        """From where the focus is, forwards and round."""
        expect(wanted).to_be_visible()
        handle = wanted.element_handle()
        stop, stops = self.page.evaluate(STOP, handle), 0
        while not stop["here"]:
            self.page.keyboard.press("Tab")
            stop, stops = self.page.evaluate(STOP, handle), stops + 1
            assert stop["nowhere"] or stop["shows"], f"The focus does not show: {stop['what']}"
            assert stops < MOST_STOPS, f"Tab does not come to {wanted}"


WAYS = {"mouse": Mouse, "keys": Keys, "no scripts": NoScripts}
