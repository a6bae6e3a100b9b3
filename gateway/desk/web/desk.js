/* Comfort for those who live in the desk; every page works without it.

   The queue renews itself, a reply counts its parts while it is typed, nobody
   loses a text by leaving, and four keys move about: j and k down and up the
   queue, c claims, r begins a reply. */
"use strict";

(() => {
	const LOOK_AGAIN_MS = 5000;

	/* -- the queue ---------------------------------------------------- */

	const live = document.getElementById("live");

	/* Whoever is signed out meanwhile is sent to the sign-in page. */
	async function lookAgain() {
		if (document.hidden || live.contains(document.activeElement))
			return;
		const address = new URL("/queue/live", location.href);
		for (const [name, value] of new URLSearchParams(location.search))
			address.searchParams.set(name, value);
		address.searchParams.set("here", live.dataset.here);
		const answer = await fetch(address, {
			headers: { Accept: "text/html" },
		});
		if (answer.redirected) {
			location.assign("/sign-in");
			return;
		}
		const list = answer.ok ? await answer.text() : "";
		if (list !== "" && list !== live.dataset.list) {
			live.dataset.list = list;
			live.innerHTML = list;
		}
	}

	if (live !== null)
		setInterval(() => {
			/* The next look comes anyway. */
			lookAgain().catch(() => {});
		}, LOOK_AGAIN_MS);

	/* -- the reply ---------------------------------------------------- */

	/* GSM 03.38: what costs one septet, and what costs two. */
	const BASIC =
	    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;" +
	    "<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyz" +
	    "äöñüà";
	const ESCAPED = "^{}\\[~]|€";

	/* As gateway/text/segments.c counts, but for its rare longer ones:
	   what is sent is counted there. */
	function countParts(text) {
		let septets = 0;
		for (const sign of text) {
			if (BASIC.includes(sign))
				septets += 1;
			else if (ESCAPED.includes(sign))
				septets += 2;
			else
				return text.length <= 70
				    ? 1
				    : Math.ceil(text.length / 67);
		}
		return septets <= 160 ? 1 : Math.ceil(septets / 153);
	}

	const reply = document.getElementById("reply");
	const cost = document.getElementById("cost");

	function showParts() {
		const text = reply.value.trim();
		const parts = text === "" ? 0 : countParts(text);
		let words = "";

		if (parts > 0)
			words = cost.dataset.words.replace("{count}", parts);
		if (parts > 0 && cost.dataset.price !== "")
			words += " " + (parts * Number(cost.dataset.price))
			    .toFixed(2) + " " + cost.dataset.currency;
		cost.textContent = words;
		cost.classList.toggle("many", parts > 3);
	}

	if (reply !== null && cost !== null) {
		reply.addEventListener("input", showParts);
		if (reply.value.trim() !== "")
			showParts();
	}

	/* -- unsent texts ------------------------------------------------- */

	let isSending = false;

	function hasUnsent() {
		for (const field of document.querySelectorAll("textarea"))
			if (field.value.trim() !== field.defaultValue.trim())
				return true;
		return false;
	}

	document.addEventListener("submit", () => {
		isSending = true;
	});
	window.addEventListener("beforeunload", (event) => {
		if (!isSending && hasUnsent())
			event.preventDefault();
	});
	window.addEventListener("pageshow", () => {
		isSending = false;
	});

	/* -- keys --------------------------------------------------------- */

	function entries() {
		return [...document.querySelectorAll(".queue .entry a, " +
		    ".list .entry a")];
	}

	function move(step) {
		const all = entries();
		let at = all.indexOf(document.activeElement);
		if (at < 0)
			at = all.findIndex((entry) =>
			    entry.hasAttribute("aria-current"));
		const next = all[Math.max(0, Math.min(all.length - 1,
		    at < 0 ? 0 : at + step))];
		if (next !== undefined)
			next.focus();
	}

	function press(selector) {
		const button = document.querySelector(selector);
		if (button !== null)
			button.click();
	}

	const keys = {
		j: () => move(1),
		k: () => move(-1),
		c: () => press('form[action$="/claim"] button, ' +
		    'form[action="/next"] button'),
		r: () => reply?.focus(),
	};

	document.addEventListener("keydown", (event) => {
		const isTyping = event.target.closest(
		    "input, textarea, select") !== null;
		const act = keys[event.key];
		if (isTyping || act === undefined || event.ctrlKey ||
		    event.altKey || event.metaKey)
			return;
		event.preventDefault();
		act();
	});
})();
