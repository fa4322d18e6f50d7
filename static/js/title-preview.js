// The page beside the form follows the typing, in its place. Without this script the buttons show it, at the press of one.
{
  const form = document.getElementById("title_form")
  const frame = document.querySelector("iframe[name=page]")
  const what = document.getElementById("page-what")
  const buttons = [...form.querySelectorAll(".bar__page")]
  const PAUSE = 900 // milliseconds after the last key
  let shown = buttons[0], timer = 0, asked = null, last = ""

  const isBeside = () => frame.checkVisibility()
  const press = (button) => {
    shown = button
    for (const each of buttons) each.ariaPressed = String(each === button)
  }

  function later() {
    clearTimeout(timer)
    timer = setTimeout(() => isBeside() && typed() !== last && show(), PAUSE)
  }
  const typed = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]))

  // A newer request takes the place of one under way: what it would have shown is old.
  async function show() {
    clearTimeout(timer)
    last = typed()
    asked?.abort()
    const mine = asked = new AbortController()
    const data = new FormData(form)
    data.delete("form_key") // a preview may be sent as often as one likes
    what.textContent = "Being made …"
    try {
      const answer = await fetch(shown.formAction, { method: "POST", body: data, signal: mine.signal })
      if (answer.redirected) throw new Error("signed out")
      put(await answer.text())
      what.textContent = answer.ok ? "As typed, not saved" : "This cannot be shown."
    } catch (problem) {
      if (problem.name !== "AbortError") what.textContent = "Kinopost cannot be reached, or you are signed out. This is as it was before."
    }
  }

  // In place of what stands there, at the same height. No scripts run, and styles that stay are not loaded again.
  function put(html) {
    const page = new DOMParser().parseFromString(html, "text/html")
    const there = frame.contentDocument
    const height = there.documentElement.scrollTop
    const part = styles(page) === styles(there) ? "body" : "documentElement"
    there[part].replaceWith(there.adoptNode(page[part]))
    there.documentElement.scrollTop = height
  }
  const styles = (page) => [...page.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href")).join()

  last = typed()
  frame.addEventListener("load", () => asked && show()) // what is saved came later than what is typed
  const typing = (event) => event.target.name && later()
  form.addEventListener("input", typing)
  django.jQuery(form).on("change", typing) // Django's autocompletes tell only jQuery of what is chosen in them
  document.addEventListener("formset:removed", later)
  addEventListener("submit", (event) => {
    if (!buttons.includes(event.submitter)) return
    event.preventDefault()
    press(event.submitter)
    show()
  })
  document.getElementById("beside").addEventListener("change", () => isBeside() && show())
  press(shown)
  if (document.querySelector("#taken-up, #overlap, .errornote") && isBeside()) show() // more is typed than is saved
}
