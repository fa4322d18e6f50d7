// Rating: a courtesy on top of a form. htmx sends the stars that are chosen, once no other was chosen for a moment. What
// a choice did stands below the stars, so the stars themselves are not swapped and keep the focus.
const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
const rating = (element) => element?.closest?.(".rate")
const said = (element) => rating(element).querySelector("[role=status]")
const radios = (form) => form.querySelectorAll("input[type=radio]")

function ready() {
  for (const form of document.querySelectorAll(".stars-form")) form.classList.add("sends")
}

ready()
document.addEventListener("htmx:afterSettle", ready)
// One form is sent many times, and each time is a thing of its own (members/once.py).
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.matches(".stars-form")) detail.parameters.form_key = key()
})
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const part = rating(detail.requestConfig?.elt)
  if (part && detail.xhr.status === 200 && !detail.xhr.responseText.includes(`id="${part.id}"`)) {
    detail.shouldSwap = false // the sign-in page, say: go there whole
    location.assign(detail.xhr.responseURL)
  }
})
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!rating(detail.elt)) return
  if (!detail.successful) {
    detail.elt.reset() // to what is kept
    said(detail.elt).textContent = "That did not save. Your rating is as it was before. Try again."
  } else if (detail.elt.matches(".stars-form")) {
    const kept = new FormData(detail.elt).get("half_stars")
    if (kept === detail.requestConfig.parameters.half_stars) for (const radio of radios(detail.elt)) radio.defaultChecked = radio.checked
  }
})
