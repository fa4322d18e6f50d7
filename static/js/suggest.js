// Suggestions under the search field: the combobox with a list box of the ARIA authoring practices (1.2).
// Without this file the form is a plain search form.
"use strict"

const PAUSE = 120 // milliseconds without a key before the server is asked
const FEWEST = 2 // letters

function suggestIn(form) {
  const input = form.querySelector("input[type=search]")
  const list = form.appendChild(document.createElement("ul"))
  const said = form.appendChild(document.createElement("p"))
  let active = -1, timer = 0, asking = null

  Object.assign(list, { className: "suggest", id: `${input.id}-list`, hidden: true, role: "listbox" })
  list.setAttribute("aria-label", "Suggestions")
  Object.assign(said, { className: "vh", role: "status" })
  input.role = "combobox"
  input.setAttribute("aria-autocomplete", "list")
  input.setAttribute("aria-controls", list.id)

  const options = () => [...list.querySelectorAll("[role=option]")]

  function open(shown) {
    list.hidden = !shown
    input.setAttribute("aria-expanded", String(shown))
    if (!shown) choose(-1)
  }

  function choose(index) {
    active = index
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)))
    const option = options()[index]
    if (option) {
      input.setAttribute("aria-activedescendant", option.id)
      option.scrollIntoView({ block: "nearest" })
    } else input.removeAttribute("aria-activedescendant")
  }

  function close() {
    clearTimeout(timer)
    asking?.abort()
    open(false)
    said.textContent = ""
  }

  async function ask() {
    const typed = input.value.trim()
    asking?.abort()
    if (typed.length < FEWEST) return close()
    asking = new AbortController()
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal })
      if (answer.ok) show(await answer.text())
    } catch (error) {
      if (error.name !== "AbortError") close() // no network: the form still searches
    }
  }

  function show(fragment) {
    if (document.activeElement !== input) return
    list.innerHTML = fragment
    const found = options()
    found.forEach((option, at) => { option.id = `${input.id}-option-${at}` })
    open(found.length > 0)
    choose(-1)
    said.textContent = found.length === 0 ? "No suggestions" : found.length === 1 ? "1 suggestion" : `${found.length} suggestions`
  }

  // Up and down go round by way of the field itself.
  function step(by) {
    const stops = options().length + 1
    choose(((active + 1 + by + stops) % stops) - 1)
  }

  const keys = {
    ArrowDown: () => (list.hidden ? reopen() : step(1)),
    ArrowUp: () => (list.hidden ? reopen() : step(-1)),
    Escape: () => !list.hidden && (close(), true),
    Enter: () => active >= 0 && (go(options()[active]), true),
    Tab: () => { close() },
    Home: () => { choose(-1) },
    End: () => { choose(-1) },
  }

  function reopen() {
    if (options().length === 0) return false
    open(true)
    return true
  }

  function go(option) {
    location.assign(option.dataset.url)
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer)
    if (!event.isComposing) timer = setTimeout(ask, PAUSE)
  })
  input.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE) })
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    const done = keys[event.key]?.()
    if (done || (event.key.startsWith("Arrow") && !list.hidden && event.key !== "ArrowLeft" && event.key !== "ArrowRight")) event.preventDefault()
  })
  input.addEventListener("blur", close)
  list.addEventListener("pointerdown", (event) => event.preventDefault()) // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]")
    if (option) go(option)
  })
  open(false)
}

document.querySelectorAll("form[data-suggest]").forEach(suggestIn)
