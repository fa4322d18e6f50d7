// A review that is being written is kept as a draft, by us a moment after the last key, and by the browser until we have
// it: so nothing is lost where the line is cut or the page is closed. Without this script a button keeps the draft.
const form = document.getElementById("write")
const said = document.getElementById("kept")
const place = `draft ${form.dataset.place}`
const NAMES = ["half_stars", "headline", "body", "contains_spoilers"]
const PAUSE = 1500, AGAIN = 5000 // milliseconds
let timer = 0, sending = null, leaving = false

const say = (words) => { said.textContent = words }
const clock = () => new Date().toTimeString().slice(0, 5)

function written() {
  const data = new FormData(form)
  return Object.fromEntries(NAMES.map((name) => [name, data.get(name)]))
}
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// ---------------------------------------------------------------- in the browser, until we have it
// A browser may forbid this; then it is kept by us alone.
function remember(sent = false) {
  try {
    localStorage.setItem(place, JSON.stringify({ words: written(), version: form.elements.version.value, sent }))
  } catch {}
}
function recall() {
  try {
    return JSON.parse(localStorage.getItem(place))
  } catch {
    return null
  }
}
function forget() {
  try {
    localStorage.removeItem(place)
  } catch {}
}

function fill(words) {
  for (const name of NAMES) {
    const field = form.elements[name]
    if (!field) continue
    if (field.type === "checkbox") field.checked = words[name] !== null
    else field.value = words[name] ?? ""
  }
}

// Words that had not reached us come back, unless they are what a later version of the review was posted from.
function bringBack() {
  const left = recall()
  if (!left) return
  if (left.sent && left.version !== form.elements.version.value) return forget()
  if (same(left.words, written())) return later()
  fill(left.words)
  say("What you wrote here had not reached us. It is back, and will be kept.")
  later()
}

// ---------------------------------------------------------------- by us
function later(wait = PAUSE) {
  clearTimeout(timer)
  if (!leaving) timer = setTimeout(keep, wait)
}

async function keep() {
  if (sending) return later()
  const words = written()
  try {
    sending = send()
    const answer = await sending
    if (answer.said) say(answer.said)
    if (!same(words, written())) later()
    else if (answer.kept) forget()
  } catch (problem) {
    if (leaving) return
    say(problem.words ?? `Not kept since ${clock()}: we cannot be reached. What you wrote is safe in this browser, and we try again.`)
    later(AGAIN)
  } finally {
    sending = null
  }
}

async function send() {
  const data = new FormData(form)
  data.delete("form_key") // a draft may be sent as often as one likes
  data.set("draft", "1")
  const answer = await fetch(form.action, {
    method: "POST", body: new URLSearchParams(data), headers: { accept: "application/json" }, signal: AbortSignal.timeout(20000),
  })
  if (answer.redirected) throw { words: "Not kept: you are signed out. Sign in in another tab; what you wrote is safe in this browser." }
  if (!answer.ok) throw { words: `Not kept since ${clock()}. What you wrote is safe in this browser, and we try again.` }
  return answer.json()
}

form.addEventListener("input", () => {
  remember()
  later()
})
form.addEventListener("submit", () => {
  leaving = true
  clearTimeout(timer)
  remember(true)
})
addEventListener("online", () => recall() && later(0))
addEventListener("pageshow", (event) => {
  leaving = false
  if (event.persisted) bringBack()
})
bringBack()
