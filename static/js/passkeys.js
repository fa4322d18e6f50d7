// Passkeys: what cannot be done without scripts shows only with them, and says when the browser got none.
document.addEventListener("allauth.error", event => {
  event.preventDefault()
  const fault = document.getElementById("passkey-fault")
  if (fault) fault.hidden = false
})
for (const part of document.querySelectorAll(".needs-scripts")) part.classList.add("has-scripts")
