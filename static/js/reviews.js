// Votes on reviews: a courtesy on top of their forms. What is no answer to a vote is shown as a page of its own: the
// sign-in page, or that the review has gone. What did not reach us is said beside the buttons.
const voting = (event) => {
  const form = event.detail.requestConfig?.elt ?? event.detail.elt
  return form?.matches?.("form.vote") ? form : null
}

function say(form, words) {
  const said = form.querySelector(".vote__said") ?? form.appendChild(document.createElement("span"))
  said.className = "vote__said"
  said.role = "status"
  said.textContent = words
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const form = voting(event)
  const { xhr } = event.detail
  if (!form || xhr.status >= 500 || (xhr.status < 400 && xhr.responseText.includes(`id="${form.id}"`))) return
  event.detail.shouldSwap = event.detail.isError = false
  location.assign(xhr.status < 400 ? xhr.responseURL : form.getAttribute("action"))
})
for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failed, (event) => {
    const form = voting(event)
    if (form) say(form, "That didn’t save. Try again.")
  })
}
