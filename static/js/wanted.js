// A search that ended in vain is counted when somebody has seen its page (catalogue/wanted.py): without who it was.
const page = document.querySelector("[data-in-vain]")
const tell = () => fetch(page.dataset.inVain, { method: "POST", body: new URLSearchParams({ q: page.dataset.query }), keepalive: true })
if (page) setTimeout(tell, 2000) // who types on at once had not finished
