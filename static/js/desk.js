// The desk: a courtesy on top of its forms. What is scanned is kept here until it has arrived, in its order, each with a
// key of its own, so that type-ahead, a cut line or five minutes without a network lose nothing and double nothing.
(() => {
	const KEPT = "kinopost-desk-scans";
	const RETRY = 3000;
	const LETTERS = { F2: "C", F3: "S", F4: "W", F6: "E", F7: "T", F8: "Z" };
	const TONES = { good: [880], note: [660, 660], bad: [220, 180] };
	const $ = (id) => document.getElementById(id);
	const form = $("scan-form");
	const box = $("scan");

	// ---------------------------------------------------------------- what waits
	const kept = () => JSON.parse(localStorage.getItem(KEPT) || "[]");
	const keep = (scans) => localStorage.setItem(KEPT, JSON.stringify(scans));
	const station = () => form.elements.station.value;
	const put = (code) => {
		if (!code.trim()) return;
		keep([...kept(), { code, station: station(), at: new Date().toISOString(), form_key: crypto.randomUUID?.() ?? uuid() }]);
		send();
	};
	const uuid = () => {
		const bytes = crypto.getRandomValues(new Uint8Array(16));
		bytes[6] = (bytes[6] & 15) | 64;
		bytes[8] = (bytes[8] & 63) | 128;
		const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
		return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
	};
	const warn = (words) => {
		$("offline").textContent = words;
		$("offline").hidden = !words;
	};

	// ---------------------------------------------------------------- sending, one after the other
	let sending = false;
	const send = async () => {
		if (sending) return;
		sending = true;
		try {
			for (let scans = kept(); scans.length; scans = kept()) {
				const first = scans[0];
				if (!(await arrived(first))) return;
				keep(kept().filter((scan) => scan.form_key !== first.form_key)); // another tab may have sent it, too
				warn("");
			}
		} finally {
			sending = false;
		}
	};
	const arrived = async (scan) => {
		let response;
		try {
			response = await fetch(form.action, { method: "POST", body: body(scan), headers: { "X-Desk": "1" }, signal: AbortSignal.timeout(20000) });
		} catch {
			return later(`No network. ${kept().length} scanned and kept; they are sent as soon as it is back. Go on scanning.`);
		}
		const text = await response.text();
		if (response.ok && !response.redirected && text.includes('id="answer"')) return show(text);
		if (response.status >= 500 || response.status === 429) return later(`The shop does not answer. ${kept().length} kept; they are sent again by themselves.`);
		warn(`You are signed out. ${kept().length} scanned and kept: sign in again, then come back to this page.`);
		return false;
	};
	const body = (scan) => {
		const data = new FormData();
		data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
		for (const [name, value] of Object.entries(scan)) data.set(name, value);
		return data;
	};
	const later = (words) => {
		warn(words);
		setTimeout(send, RETRY);
		return false;
	};

	// ---------------------------------------------------------------- the answer
	const show = (text) => {
		const page = new DOMParser().parseFromString(text, "text/html");
		for (const id of ["answer", "counts"]) $(id).replaceChildren(...page.getElementById(id).childNodes);
		const now = $("answer").querySelector(".now");
		if (!now) return true;
		beep(now.dataset.kind);
		if (now.dataset.kind === "bad") remember(now);
		if (now.dataset.packed) packed($(now.dataset.packed));
		return true;
	};
	const packed = (row) => {
		if (!row) return;
		row.className = "done";
		row.cells[0].textContent = "Packed";
	};
	const remember = (now) => {
		const item = document.createElement("li");
		const words = document.createElement("p");
		words.textContent = `${now.dataset.code}: ${[...now.querySelectorAll("p")].map((line) => line.textContent.trim()).join(". ")}`;
		const seen = document.createElement("button");
		seen.type = "button";
		seen.className = "btn";
		seen.textContent = "Seen";
		seen.addEventListener("click", () => {
			item.remove();
			$("unread").hidden = !$("unread").children.length;
			box.focus();
		});
		item.append(words, seen);
		$("unread").prepend(item);
		$("unread").hidden = false;
	};
	let audio = null;
	const beep = (kind) => {
		audio ??= new AudioContext();
		TONES[kind].forEach((pitch, number) => {
			const tone = audio.createOscillator();
			const begins = audio.currentTime + number * 0.14;
			tone.frequency.value = pitch;
			tone.connect(audio.destination);
			tone.start(begins);
			tone.stop(begins + (kind === "bad" ? 0.13 : 0.08));
		});
	};

	// ---------------------------------------------------------------- hands
	document.addEventListener("submit", (event) => {
		const sent = event.target;
		if (sent.matches("[data-scan]")) {
			event.preventDefault();
			put(event.submitter?.name === "code" ? event.submitter.value : box.value);
			box.value = "";
			box.focus();
		} else if (sent.matches("[data-undo]")) {
			event.preventDefault();
			put("Z");
			box.focus();
		}
	});
	document.addEventListener("keydown", (event) => {
		const letter = LETTERS[event.key];
		if (letter && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
			event.preventDefault();
			put(letter);
			return;
		}
		if (event.key === "Tab" && event.target === box && box.value && !event.shiftKey) {
			event.preventDefault(); // scanners end with Enter or with a tab
			form.requestSubmit();
		}
		const free = document.activeElement === document.body || document.activeElement === $("main");
		if (free && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) box.focus();
	});
	window.addEventListener("online", send);
	send();
})();
