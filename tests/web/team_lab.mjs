// What the tests of the team's pages share: a person in a browser, and one
// without.
import { join } from "node:path";
import { Client } from "./client.mjs";
import { PASSWORD, STAFF } from "./lab.mjs";
import { openPage, press, signIn } from "./browser.mjs";
import { check, fold } from "./looking.mjs";

/* What the page tells at its top. */
export async function told(page) {
	return page.$eval(".notice", (notice) => notice.textContent)
		.catch(() => "");
}

export async function go(page, lab, path) {
	await page.goto(lab.address + path);
}

/* Gives the lead's own password, as the page asks for it. */
export async function confirm(page, lab, path, password = PASSWORD) {
	await go(page, lab, path);
	await fold(page, true);
	await page.type("#own", password);
	await press(page, 'form[action="/confirm"] button');
}

export async function send(page, selector, what, expected) {
	await press(page, selector);
	const words = await told(page);
	check(words.includes(expected), `${what}: '${words}'`);
}

/* The rows of the audit trail that say this. */
export function trail(lab, what) {
	const file = join(lab.folder, "password");
	const rows = JSON.parse(lab.run("audit", "list", "--most", "500",
		"--json", "--staff", STAFF, "--password-file", file));
	return rows.filter((row) => row.what === what);
}

export async function signedIn(browser, lab, name, password, options) {
	const page = await openPage(browser, options);
	await signIn(page, lab.address, name, password);
	return page;
}

export async function clientOf(lab, name, password = PASSWORD) {
	const client = new Client(lab);
	const answer = await client.signIn(name, password);
	check(answer.status === 303, `${name} cannot sign in: ${answer.status}`);
	return client;
}
