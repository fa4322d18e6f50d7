// The queue: a courtesy on top of its forms. htmx swaps #queue; this keeps the focus and the scrolling, lets a film be
// dragged by its dots, shows that numbers wait to be sent, and says so when something did not reach us.
(() => {
	const $ = (id) => document.getElementById(id);
	const say = (words) => {
		const said = document.createElement("p");
		said.className = "say-so bad";
		said.textContent = words;
		$("messages").replaceChildren(said);
	};

	// ---------------------------------------------------------------- swaps
	document.addEventListener("htmx:beforeSwap", (event) => {
		if (event.detail.xhr.status === 200 && !event.detail.xhr.responseText.includes('id="queue"')) {
			event.detail.shouldSwap = false; // the sign-in page, say: go there whole
			location.assign(event.detail.xhr.responseURL);
		}
	});
	document.addEventListener("htmx:afterSettle", () => {
		if (document.activeElement === document.body) ($("undo-button") || $("h-next")).focus({ preventScroll: true });
	});
	for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
		document.addEventListener(failed, () => say("That did not save, and nothing has moved. Try again, or load the page anew."));
	}

	// ---------------------------------------------------------------- numbers
	document.addEventListener("input", (event) => {
		if (!event.target.id.startsWith("to-")) return;
		const boxes = [...$("order").querySelectorAll('[id^="to-"]')];
		$("order").toggleAttribute("data-changed", boxes.some((box) => box.value !== box.defaultValue));
	});

	// ---------------------------------------------------------------- dragging
	// A drop types the place of the film under it into the dragged one's box and sends the form, as Enter would.
	let dragged = null;
	const box = (row) => row.querySelector('[id^="to-"]');
	const over = (event) => (dragged ? event.target.closest?.(".queue > li") : null);
	const clear = () => {
		for (const row of document.querySelectorAll(".queue > [data-drop]")) row.removeAttribute("data-drop");
	};
	document.addEventListener("dragstart", (event) => {
		if (!event.target.closest?.(".grip")) return;
		dragged = event.target.closest("li");
		dragged.classList.add("held");
		event.dataTransfer.effectAllowed = "move";
		event.dataTransfer.setData("text/plain", "");
		event.dataTransfer.setDragImage(dragged, 20, 20);
	});
	document.addEventListener("dragover", (event) => {
		const row = over(event);
		if (!row) return;
		event.preventDefault();
		clear();
		if (row !== dragged) row.dataset.drop = Number(box(row).defaultValue) < Number(box(dragged).defaultValue) ? "before" : "after";
	});
	document.addEventListener("drop", (event) => {
		const row = over(event);
		if (!row) return;
		event.preventDefault();
		if (row === dragged) return;
		box(dragged).value = box(row).defaultValue;
		$("order").requestSubmit();
	});
	document.addEventListener("dragend", () => {
		clear();
		dragged?.classList.remove("held");
		dragged = null;
	});
})();
