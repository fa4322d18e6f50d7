// Passkeys: what cannot be done without scripts shows only with them, and says when the browser got none.
document.addEventListener("allauth.error", event => {
  event.preventDefault()
  const fault = document.getElementById("passkey-fault")
  if (fault) fault.hidden = false
})
// A new passkey is sent by the script that made it, not by the button.
document.getElementById("passkey-new")?.addEventListener("submit", event => event.preventDefault())
for (const part of document.querySelectorAll(".needs-scripts")) part.classList.add("has-scripts")
