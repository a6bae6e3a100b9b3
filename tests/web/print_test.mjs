// What comes out of the printer: a case, a referral's sheet, the queue, one-time
// codes.  No navigation and no buttons; references, numbers and names readable;
// nothing cut off at the edge of a page of A4.
//
//   node tests/web/print_test.mjs [FOLDER]     keeps the pages as PDF there
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPage, press, signIn } from "./browser.mjs";
import { PARTNER, claimedCase, clientOf, openDataLab } from "./data_lab.mjs";
import { PASSWORD, STAFF } from "./lab.mjs";
import { check, fold } from "./looking.mjs";
import { run } from "./proofs.mjs";

const NUMBER = "+9779830000050";
const PAPER = { format: "A4", preferCSSPageSize: true };
/* Of A4 between its margins, in CSS pixels; and the smallest type. */
const PAPER_WIDTH = 680;
const LEAST_TYPE_PX = 12;
const NO_TEXT_OF_PDF = !existsSync("/usr/bin/pdftotext");

let kept = process.argv[2];

/* The words of a PDF, where poppler is there to read them. */
function wordsOf(pdf) {
	return execFileSync("pdftotext", ["-layout", "-", "-"],
		{ input: pdf, encoding: "utf8" });
}

/* What somebody would see on paper that has no business there, and what hangs
   over the edge or is too small. */
async function faults(page) {
	return page.evaluate((least) => {
		const isSeen = (one) => one.getClientRects().length > 0 &&
			getComputedStyle(one).visibility !== "hidden";
		const found = [];
		for (const one of document.querySelectorAll("nav, button," +
			" input, select, textarea, form, .top, .list, .skip"))
			if (isSeen(one))
				found.push(`${one.tagName} ${one.className}`);
		for (const one of document.querySelectorAll("main *")) {
			if (!isSeen(one) || one.closest(".hidden") !== null)
				continue;
			const { left, right } = one.getBoundingClientRect();
			if (left < -1 || right > innerWidth + 1)
				found.push(`cut: ${one.tagName} ${one.className}`);
			if (one.innerText?.trim() !== "" && parseFloat(
				getComputedStyle(one).fontSize) < least)
				found.push(`small: ${one.tagName}`);
		}
		if (document.documentElement.scrollWidth > innerWidth)
			found.push("it is wider than the paper");
		return found;
	}, LEAST_TYPE_PX);
}

/* `wanted` must stand on the paper, `unwanted` must not. */
async function prints(page, name, wanted, unwanted = []) {
	await page.setViewport({ width: PAPER_WIDTH, height: 1000 });
	await page.emulateMediaType("print");
	const found = await faults(page);
	check(found.length === 0, `${name}: ${found.join("; ")}`);
	const pdf = Buffer.from(await page.pdf(PAPER));
	if (kept !== undefined)
		writeFileSync(join(kept, `${name}.pdf`), pdf);
	check(pdf.subarray(0, 5).toString() === "%PDF-", `${name}: no PDF`);
	if (!NO_TEXT_OF_PDF) {
		const words = wordsOf(pdf);
		for (const one of wanted)
			check(words.includes(one),
				`${name}: '${one}' is not on the paper: ${words}`);
		for (const one of [...unwanted, "Sign out", "Office", "Account"])
			check(!words.includes(one),
				`${name}: '${one}' is on the paper`);
	}
	await page.emulateMediaType("screen");
	await page.setViewport({ width: 1280, height: 800 });
}

/* -- the pages ------------------------------------------------------------ */

async function theQueue(page, lab, refs) {
	await page.goto(`${lab.address}/`);
	await prints(page, "queue", [...refs, "danger now"],
		["Claim the next"]);
}

async function aCase(page, lab, ref) {
	await page.goto(`${lab.address}/case/${ref}`);
	await press(page, 'form[action$="/number"] button');
	await fold(page, true);
	await prints(page, "case", [ref, NUMBER, "Call on Monday.", STAFF,
		"agreed to be", "What they answered"],
		["Send", "Erase", "Ready-made"]);
}

async function aLongCase(page, lab, sita, ref) {
	const token = await sita.token();
	for (let i = 1; i <= 40; i++)
		await sita.post(`/case/${ref}/note`, { token,
			note: `Note ${i} of forty: ` + "she waits for a call ".repeat(6) +
			"x".repeat(120) });
	await page.goto(`${lab.address}/case/${ref}`);
	await prints(page, "long-case", [ref, "Note 1 of forty",
		"Note 40 of forty"]);
}

async function aSheet(page, lab, ref) {
	await page.goto(`${lab.address}/case/${ref}/refer`);
	await fold(page, true);
	await page.type("#wording", "Yes, tell the shelter about me.");
	await press(page, "#noted form button");
	await page.click("#field-number");
	await page.click("#field-language");
	await press(page, 'form[action$="/refer"] button.main');
	await prints(page, "sheet", [ref, NUMBER, PARTNER],
		["Print this page"]);
}

async function codes(page, lab) {
	lab.run("staff", "phone", STAFF, "+9779812000009", "--staff", STAFF,
		"--password-file", lab.passwordFile);
	await page.goto(`${lab.address}/account`);
	await fold(page, true);
	const own = await page.$("#own");
	if (own !== null) {
		await own.type(PASSWORD);
		await press(page, 'form[action="/confirm"] button');
		await page.goto(`${lab.address}/account`);
		await fold(page, true);
	}
	await press(page, 'form[action$="/codes"] button');
	const list = await page.$$eval(".codes li", (items) =>
		items.map((item) => item.textContent.trim()));
	check(list.length > 0, "there are no codes to print");
	await prints(page, "codes", [...list, STAFF]);
}

async function prove(browser, lab) {
	const sita = await clientOf(lab);
	const first = await claimedCase(lab, NUMBER, sita);
	const second = await claimedCase(lab, "+9779830000051", sita);
	await sita.post(`/case/${first}/note`,
		{ token: await sita.token(), note: "Call on Monday." });
	for (const scheme of ["light", "dark"]) {
		const page = await openPage(browser, { scheme });
		await signIn(page, lab.address, STAFF, PASSWORD);
		await theQueue(page, lab, [first, second]);
		await aCase(page, lab, first);
		if (scheme === "light") {
			await aSheet(page, lab, first);
			await codes(page, lab);
			await aLongCase(page, lab, sita, second);
		}
		await page.browserContext().close();
		kept = undefined;
	}
	sita.end();
}

const own = kept === undefined ? mkdtempSync(join(tmpdir(), "print-"))
	: undefined;
kept = kept ?? own;
process.on("exit", () => {
	if (own !== undefined)
		rmSync(own, { recursive: true, force: true });
});
await run(prove, { open: openDataLab,
	skipped: NO_TEXT_OF_PDF
		? ["words on paper, there is no pdftotext here"] : [] });
