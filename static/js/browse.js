// The list of titles: a courtesy on top of its form. htmx swaps #browse; this keeps what a reader had open and where
// they were, says the new count aloud, and leaves empty fields out of addresses.
(() => {
	const browse = () => document.getElementById("browse");
	let open = null;
	let paged = false;
	let submitted = false;

	// Years are sent with Enter, or with the next choice: else the second would be gone while it is typed.
	document.addEventListener("change", (event) => {
		if (event.target.name?.startsWith("year_")) event.stopPropagation();
	}, true);
	document.addEventListener("htmx:configRequest", (event) => {
		const data = event.detail.formData;
		for (const [name, value] of [...data]) if (value === "") data.delete(name);
	});
	document.addEventListener("htmx:beforeSwap", (event) => {
		open = new Map([...browse().querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
		paged = Boolean(event.detail.requestConfig.elt.closest(".pager"));
		submitted = event.detail.requestConfig.triggeringEvent?.type === "submit";
		if (submitted) open.delete("filters-all"); // on a phone the filters lie over the films that were asked for
	});
	document.addEventListener("htmx:afterSettle", () => {
		if (!open) return;
		for (const [id, was] of open) {
			const each = document.getElementById(id);
			if (each) each.open = was;
		}
		open = null;
		document.getElementById("said").textContent = document.getElementById("found").textContent;
		if (submitted) document.getElementById("found").scrollIntoView();
		if (paged || submitted || document.activeElement === document.body) document.getElementById("results").focus({ preventScroll: true });
	});
})();
