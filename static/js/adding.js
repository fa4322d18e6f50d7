// Adding to the queue: a courtesy on top of forms. The button that was pressed says so before the server answers. Each
// button has a key of its own (members/once.py), since one form serves all of a page: a double click sends the same key.
"use strict"

const keys = new WeakMap()
const places = new WeakMap()

function keyOf(button) {
  if (!keys.has(button)) {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))]
    keys.set(button, bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(""))
  }
  return keys.get(button)
}

function busy(button) {
  if (!button || button.ariaBusy === "true") return
  button.dataset.label = button.innerHTML
  button.ariaBusy = "true"
  button.textContent = "Adding"
}

function again(button) {
  button.innerHTML = button.dataset.label
  button.ariaBusy = null
  let said = button.parentElement.querySelector("[role=status]")
  if (!said) {
    said = button.parentElement.appendChild(document.createElement("span"))
    said.className = "own__said"
    said.role = "status"
  }
  said.textContent = "That didn’t save. Try again."
}

const pressed = (element) => element.matches(".own__add") ? element : element.querySelector("button[type=submit]")
const isOurs = (element) => element.matches?.(".own__add, .rent__form")

document.addEventListener("submit", (event) => {
  if (event.target.matches("#adding, .rent__form")) busy(event.submitter)
})
document.addEventListener("htmx:configRequest", (event) => {
  const button = event.detail.elt
  if (button.matches(".own__add")) event.detail.parameters.form_key = keyOf(button)
})
document.addEventListener("htmx:beforeRequest", (event) => {
  if (isOurs(event.detail.elt)) busy(pressed(event.detail.elt))
})
// What takes a button's place takes the focus it had.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const button = detail.requestConfig?.elt
  if (button?.matches(".own__add") && button === document.activeElement) places.set(button, button.closest("li, .card"))
})
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  places.get(detail.requestConfig?.elt)?.querySelector(".own :is(a, button)")?.focus({ preventScroll: true })
})
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = event.detail
  if (isOurs(elt) && !successful) again(pressed(elt))
})
addEventListener("pageshow", (event) => {
  if (!event.persisted) return // the back button shows a page as it was left
  for (const button of document.querySelectorAll("button[aria-busy=true][data-label]")) {
    button.innerHTML = button.dataset.label
    button.ariaBusy = null
  }
})
