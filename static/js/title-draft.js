// What is typed into a title's form is kept as a draft, by us a moment after the last key; when we cannot be reached, or
// the session has ended, by the browser until the form is opened again. Without this script a button keeps the draft.
{
  const form = document.getElementById("title_form")
  const said = document.getElementById("kept")
  const address = document.getElementById("keep").formAction
  const place = `title draft ${said.dataset.member} ${address}`
  const PAUSE = 2000, AGAIN = 10000 // milliseconds
  const MOST = 60000 // bytes a browser sends of a page that is closing
  let timer = 0, dirty = false, leaving = false, sending = null, last = ""

  const say = (words) => { said.textContent = words }

  function typed() {
    const data = new FormData(form)
    for (const name of ["form_key", "take"]) data.delete(name) // a draft may be kept as often as one likes
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name)
    data.set("quiet", "1")
    return new URLSearchParams(data)
  }

  // ---------------------------------------------------------------- in the browser, which may forbid it
  function remember(data) {
    try {
      localStorage.setItem(place, data)
    } catch {}
  }
  function recall() {
    try {
      return localStorage.getItem(place)
    } catch {
      return null
    }
  }
  function forget() {
    try {
      localStorage.removeItem(place)
    } catch {}
  }

  // ---------------------------------------------------------------- by us
  function later(wait = PAUSE) {
    clearTimeout(timer)
    if (!leaving) timer = setTimeout(keep, wait)
  }

  async function keep() {
    if (sending) return later()
    const data = typed()
    dirty = false
    if (String(data) === last) return // a script said so, but nothing was typed
    last = String(data)
    sending = send(data)
    try {
      const answer = await sending
      say(answer.said)
      if (answer.kept) forget()
      else remember(data)
    } catch (problem) {
      if (leaving) return
      dirty = true
      last = ""
      remember(data)
      say(problem.words ?? "Not kept: Kinopost cannot be reached. What you typed is safe in this browser, and we try again.")
      later(AGAIN)
    } finally {
      sending = null
    }
  }

  async function send(data) {
    const answer = await fetch(address, { method: "POST", body: data, signal: AbortSignal.timeout(20000) })
    if (answer.redirected) throw { words: "Not kept: you are signed out. Sign in in another tab; what you typed is safe in this browser." }
    if (!answer.ok) throw { words: "Not kept. What you typed is safe in this browser, and we try again." }
    return answer.json()
  }

  function change(event) {
    if (event.target.name === "") return // a box that is no part of what is typed
    dirty = true
    later()
  }
  last = String(typed())
  form.addEventListener("input", change)
  django.jQuery(form).on("change", change) // Django's autocompletes tell only jQuery of what is chosen in them
  document.addEventListener("formset:added", change)
  document.addEventListener("formset:removed", change)

  // The page is put aside or closed: what is not with us yet goes at once.
  function putAside() {
    if (!dirty || leaving) return
    clearTimeout(timer)
    const data = typed()
    if (String(data) === last) return
    if (String(data).length < MOST && navigator.sendBeacon(address, data)) dirty = false
    else remember(data)
  }
  addEventListener("pagehide", putAside)
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && putAside())
  addEventListener("submit", (event) => {
    if (event.target !== form || event.submitter?.formTarget || event.defaultPrevented) return
    leaving = true
    clearTimeout(timer)
  })
  addEventListener("pageshow", () => { leaving = false })
  addEventListener("online", () => dirty && later(0))

  // ---------------------------------------------------------------- what had not reached us
  function button(words, act) {
    const made = document.createElement("button")
    Object.assign(made, { type: "button", className: "button", textContent: words, onclick: act })
    return made
  }

  async function bringBack() {
    const data = new URLSearchParams(recall())
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
    try {
      const answer = await send(data)
      if (!answer.kept) return say(answer.said)
      forget()
      location.assign(`${location.pathname}?draft=1`)
    } catch (problem) {
      say(problem.words ?? "Kinopost cannot be reached. What you typed is safe in this browser.")
    }
  }

  if (recall()) {
    say("What you typed here before had not reached us. ")
    said.append(button("Bring it back", bringBack), " ", button("Forget it", () => { forget(); say("") }))
  }
}
