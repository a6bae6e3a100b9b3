// What a case leaves behind, on a helpline run by the real program: facts for
// the record, exports, a caller's own record, erasing by two, partners and
// their keys.  The same walk with and without JavaScript, at 360 and 1,280
// pixels.  Then every page that a link leads to is looked at: axe-core finds
// nothing, nothing hangs over the edge, wide and narrow, light and dark, from
// left to right and from right to left.
import { join } from "node:path";
import { openPage, press, signIn } from "./browser.mjs";
import { COLLEAGUE, PARTNER, TECHNICIAN, claimedCase, clientOf, fillPages,
	openDataLab, sql, weekOf } from "./data_lab.mjs";
import { PASSWORD, STAFF } from "./lab.mjs";
import { check, fold, look, words } from "./looking.mjs";
import { run } from "./proofs.mjs";

const LOOKS = [
	{ width: 360, script: true }, { width: 360, script: false },
	{ width: 1280, script: true }, { width: 1280, script: false },
];
/* Each pair of width, colours and language stands in one of these. */
const EYES = [
	{ width: 360, scheme: "light", language: "en" },
	{ width: 1280, scheme: "dark", language: "en" },
	{ width: 360, scheme: "dark", language: "ar" },
	{ width: 1280, scheme: "light", language: "ar" },
];
const CONTROL = "vic_MethodsOfControl";

async function told(page) {
	return page.$eval(".notice", (notice) => notice.textContent)
		.catch(() => "");
}

async function send(page, selector, what, expected) {
	await press(page, selector);
	check((await told(page)).includes(expected),
		`${what}: '${await told(page)}'`);
}

/* -- facts ---------------------------------------------------------------- */

async function setsFacts(page, lab, how, ref) {
	await page.goto(`${lab.address}/case/${ref}`);
	await fold(page, true);
	check((await words(page)).includes("No fact is set."),
		`${how}: something is filled in by itself`);
	await press(page, '#facts a.button');
	check((await page.$$("optgroup")).length >= 6,
		`${how}: the fields are not grouped`);
	await page.select("#field", CONTROL);
	await press(page, 'form[method="get"] button');
	await page.click('[value="DebtBondage"]');
	await page.click('[value="WithholdsDocuments"]');
	await send(page, "#set button.main", `${how}: a fact`,
		"The fact is kept.");
	await page.goto(`${lab.address}/case/${ref}/facts?field=con_Consent`);
	await page.click('[value="TRUE"]');
	await send(page, "#set button.main", `${how}: consent`,
		"The fact is kept.");
	const list = await page.$eval(".record", (one) => one.textContent);
	check(list.includes("Debt bondage, Withholds documents") &&
		list.includes("Consent") && list.includes(STAFF),
		`${how}: the facts are not shown: ${list}`);
}

async function refusesWhatIsNoFact(page, lab, how, ref) {
	await page.goto(`${lab.address}/case/${ref}/facts` +
		"?field=prs_PrimaryLanguage");
	await page.type("#value", "Nepali!");
	await send(page, "#set button.main", `${how}: what is no language`,
		"cannot stand there");
	check(!(await words(page)).includes("Nepali!"),
		`${how}: what was refused is kept`);
}

async function takesAFactAway(page, lab, how, ref) {
	await page.goto(`${lab.address}/case/${ref}/facts?field=${CONTROL}`);
	await send(page, "#set button.quiet", `${how}: away`,
		"The fact is taken away.");
	check(!(await words(page)).includes("Debt bondage, Withholds"),
		`${how}: it is still there`);
}

/* -- what may leave ------------------------------------------------------- */

async function handsOutTheRecord(lab, how, sita, ref) {
	const token = await sita.token();
	const record = await sita.post(`/case/${ref}/record`, { token });
	check(record.status === 200 &&
		record.headers["content-disposition"] ===
		`attachment; filename="${ref}.txt"` &&
		record.headers["content-type"] === "text/plain; charset=utf-8" &&
		record.headers["cache-control"] === "no-store" &&
		record.text.includes("+97798300"),
		`${how}: the record: ${record.status} ${record.text}`);
	const json = await sita.post(`/case/${ref}/record`,
		{ token, form: "json" });
	check(JSON.parse(json.text).ref === ref, `${how}: the record in JSON`);
	const ram = await clientOf(lab, COLLEAGUE);
	const refused = await ram.post(`/case/${ref}/record`,
		{ token: await ram.token() });
	check(refused.status === 409 && !refused.text.includes("+97798300"),
		`${how}: a colleague gets the record: ${refused.status}`);
	ram.end();
}

async function exportsCases(lab, how, sita, ref) {
	const answer = await sita.post("/exports/htcds",
		{ token: await sita.token() });
	const lines = answer.text.split("\r\n");
	check(answer.headers["content-type"].startsWith("text/csv") &&
		answer.headers["content-disposition"] ===
		'attachment; filename="htcds.csv"' &&
		answer.headers["x-content-type-options"] === "nosniff",
		`${how}: the headers of HTCDS`);
	check(lines[0].startsWith("wmk_Record,prs_Gender,") &&
		answer.text.includes("DebtBondage;WithholdsDocuments") &&
		!answer.text.includes(ref) && !answer.text.includes(STAFF),
		`${how}: HTCDS holds ${answer.text}`);
}

async function refusedIn(page, button, words) {
	await press(page, button);
	return (await told(page)).includes(words);
}

async function exportsCounts(browser, lab) {
	const page = await openPage(browser, {});
	const sita = await clientOf(lab);
	const token = await sita.token();
	const wish = { token, from: weekOf(8), to: weekOf(5) };
	const first = await sita.post("/exports/tallies", wish);
	check(first.headers["content-disposition"] === "attachment; filename=" +
		`"tallies-${weekOf(8)}-${weekOf(5)}.csv"` &&
		/nepal-gulf/.test(first.text) && !/,[1-9]\r\n/.test(first.text),
		`the counts: ${first.status} ${first.text}`);
	check((await sita.post("/exports/tallies", wish)).text === first.text,
		"the same release again is not the same");
	await signIn(page, lab.address, STAFF, PASSWORD);
	await page.goto(`${lab.address}/exports`);
	check((await words(page)).includes(weekOf(8)),
		"what went out is not listed");
	const type = async (name, value) => page.$eval(`#${name}`,
		(field, to) => { field.value = to; }, value);
	await type("from", weekOf(7));
	await type("to", weekOf(4));
	check(await refusedIn(page, 'form[action="/exports/tallies"] button',
		"choose weeks that are all new"),
		`a release across another is not refused: ${await told(page)}`);
	check(await page.$eval("#from", (field) => field.value) === weekOf(7),
		"what was typed is gone");
	await type("to", weekOf(0));
	check(await refusedIn(page, 'form[action="/exports/tallies"] button',
		"not over yet"), `a week that runs: ${await told(page)}`);
	await fold(page, true);
	await type("from", weekOf(4));
	await type("to", weekOf(3));
	await type("least", "10");
	check(await refusedIn(page, 'form[action="/exports/tallies"] button',
		"eleven people or more"), `ten people: ${await told(page)}`);
	await page.browserContext().close();
	sita.end();
}

async function onlyLeadsExport(lab) {
	for (const name of [COLLEAGUE, TECHNICIAN]) {
		const client = await clientOf(lab, name);
		const token = await client.token();
		for (const path of ["/exports/tallies", "/exports/htcds"]) {
			const answer = await client.post(path, { token,
				from: weekOf(8), to: weekOf(5) });
			check(answer.status === 403, `${name} may ${path}`);
		}
		check((await client.get("/exports")).status === 403,
			`${name} sees the exports`);
		client.end();
	}
	const tara = await clientOf(lab, TECHNICIAN);
	for (const path of ["/erasures", "/partners", "/partner/1"])
		check((await tara.get(path)).status === 403,
			`a technician sees ${path}`);
	tara.end();
}

/* -- erasing by two ------------------------------------------------------- */

async function erases(browser, page, lab, how, ref) {
	await page.goto(`${lab.address}/case/${ref}`);
	await fold(page, true);
	await page.type("#reason", "She asked us to, by voice.");
	await send(page, "#erase form button", `${how}: asking`,
		"somebody else has to confirm");
	check(await page.$('form:has(input[value="confirm"])') === null,
		`${how}: who asked is offered to confirm`);
	const sita = await clientOf(lab);
	const forged = await sita.post(`/case/${ref}/erase`,
		{ token: await sita.token(), step: "confirm" });
	check(forged.status === 409 && forged.text.includes("yourself"),
		`${how}: who asked confirms: ${forged.status}`);
	sita.end();
	const ram = await openPage(browser, {});
	await signIn(ram, lab.address, COLLEAGUE, PASSWORD);
	await ram.goto(`${lab.address}/erasures`);
	check((await words(ram)).includes("by voice") &&
		(await words(ram)).includes(ref),
		`${how}: it does not wait in the list: ${await words(ram)}`);
	await send(ram, `form[action="/case/${ref}/erase"] button`,
		`${how}: confirming`, "It is erased");
	check((await words(ram)).includes("Nothing of the caller is left"),
		`${how}: what is left is not shown`);
	await look(ram, `${how}: tombstone`);
	check(await ram.$("form[action$='/number'], .thread") === null,
		`${how}: a tombstone offers what is gone`);
	await press(ram, ".tombstone a.button");
	check((await ram.$eval("h1", (one) => one.textContent)).includes(ref),
		`${how}: what was passed on is not to be seen`);
	await ram.browserContext().close();
	check(Number(sql(lab, "SELECT count(*) FROM case_texts JOIN requests" +
		` ON requests.id = request WHERE ref = '${ref}'`)) === 0 &&
		sql(lab, "SELECT caller IS NULL AND number IS NULL FROM" +
		` requests WHERE ref = '${ref}'`).trim() === "1",
		`${how}: something of the caller is left`);
}

async function keepsACase(lab) {
	const sita = await clientOf(lab);
	const ram = await clientOf(lab, COLLEAGUE);
	const ref = await claimedCase(lab, "+9779830000077", sita);
	const ask = async (client, fields) => client.post(
		`/case/${ref}/erase`, { token: await client.token(), ...fields });
	check((await ask(sita, { step: "ask", reason: "" })).status === 409,
		"erasing is asked for without a reason");
	await ask(sita, { step: "ask", reason: "a slip" });
	check((await ask(ram, { step: "ask", reason: "me too" })).status === 409,
		"asking confirms what somebody else asked");
	check((await ask(ram, { step: "keep" })).status === 303,
		"a colleague cannot keep the case");
	check((await ask(ram, { step: "confirm" })).status === 409,
		"what was taken back is confirmed");
	check((await sita.get(`/case/${ref}`)).text.includes("name=\"reply\""),
		"a case that was kept is gone");
	sita.end();
	ram.end();
}

/* -- partners ------------------------------------------------------------- */

async function partnersHaveKeys(page, lab, how) {
	const name = `House of ${how} <b>`;
	const newName = `Home of ${how} <b>`;
	const file = join(lab.folder, `key-${how.replaceAll(/\W/g, "")}`);
	const key = lab.run("partners", "key", file).trim();
	await page.goto(`${lab.address}/partners`);
	await fold(page, true);
	await page.type("#name", name);
	await page.type("#place", "Pokhara");
	await send(page, 'form[action="/partners"] button',
		`${how}: adding a partner`, "The partner is kept.");
	const place = (await page.$$eval("main h2 a", (links) => links.map(
		(link) => [link.textContent, link.pathname])))
		.find(([one]) => one === name)?.[1];
	await page.goto(lab.address + place);
	await fold(page, true);
	await page.type("#kind", "lawyer");
	await page.$eval("#name", (field) => { field.value = ""; });
	await page.type("#name", PARTNER.toUpperCase());
	await send(page, "#change button.main", `${how}: a name of another`,
		"another partner has this name");
	check(await page.$eval("#change", (one) => one.open) &&
		await page.$eval("#kind", (field) => field.value) === "lawyer" &&
		await page.$eval("#name", (field) => field.value) ===
		PARTNER.toUpperCase(), `${how}: what was typed is lost`);
	await page.$eval("#name", (field) => { field.value = ""; });
	await page.type("#name", newName);
	await send(page, "#change button.main", `${how}: changing`,
		"The partner is kept.");
	check((await words(page)).includes("lawyer") &&
		await page.$eval("h1", (one) => one.textContent) === newName &&
		page.url() === lab.address + place, `${how}: not changed`);
	await fold(page, true);
	await page.type("#key", `${key}0`);
	await send(page, "#key-fold button.main", `${how}: a mistyped key`,
		"mistyped");
	await fold(page, true);
	await page.type("#key", key);
	await send(page, "#key-fold button.main", `${how}: a key`,
		"compare the fingerprint");
	const shown = await page.$eval(".fingerprint",
		(one) => one.textContent.trim());
	const listed = JSON.parse(lab.run("partners", "list", "--json",
		"--staff", STAFF, "--password-file", lab.passwordFile))
		.find((one) => one.name === newName);
	check(/^([0-9A-F]{4} ){7}[0-9A-F]{4}$/.test(shown) &&
		listed.fingerprint === shown,
		`${how}: the fingerprint is ${shown}, ${listed.fingerprint}`);
	await fold(page, true);
	await send(page, "#remove button", `${how}: removing`,
		"The partner is removed.");
	await look(page, `${how}: a removed partner`);
	await send(page, 'form:has(input[name="back"]) button',
		`${how}: bringing back`, "The partner is back.");
}

async function onlyLeadsChangePartners(lab) {
	const ram = await clientOf(lab, COLLEAGUE);
	const token = await ram.token();
	check((await ram.get("/partner/1")).text.includes(PARTNER),
		"a caseworker does not see a partner");
	for (const path of ["/partners", "/partner/1", "/partner/1/key",
		"/partner/1/remove"])
		check((await ram.post(path, { token, name: "Eve" })).status ===
			403, `a caseworker may ${path}`);
	for (const path of ["/partner/0", "/partner/999", "/partner/x"])
		check((await ram.get(path)).status === 404, `there is ${path}`);
	ram.end();
}

/* Whatever changes something wants the token of the session. */
async function nothingGoesWithoutAToken(lab, ref) {
	const sita = await clientOf(lab);
	for (const path of [`/case/${ref}/facts`, `/case/${ref}/record`,
		`/case/${ref}/erase`, "/exports/tallies", "/exports/htcds",
		"/partners", "/partner/1", "/partner/1/key",
		"/partner/1/remove"])
		check((await sita.post(path, { step: "ask", reason: "x",
			away: "1" })).status === 403, `${path} without a token`);
	sita.end();
}

/* -- every page ----------------------------------------------------------- */

/* One of each kind: what stands for a case, a person or a place in a list. */
function kindOf(path) {
	return path.replace(/[A-Z0-9]{5}(?=\/|$|\?)/, "*")
		.replace(/\/\d+/, "/*").replace(/([?&]\w+)=[^&]*/g, "$1");
}

async function everyPage(browser, lab, eyes) {
	const how = `${eyes.width} ${eyes.scheme} ${eyes.language}`;
	const page = await openPage(browser, eyes);
	const seen = new Set();
	await signIn(page, lab.address, STAFF, PASSWORD);
	const ref = refOfOwn;
	const left = ["/", `/case/${ref}/facts?field=${CONTROL}`,
		`/case/${ref}/facts?field=hte_Date`, `/case/${ref}`];
	while (left.length > 0) {
		const path = left.shift();
		if (seen.has(kindOf(path)) || /\.(css|js|svg)$/.test(path))
			continue;
		seen.add(kindOf(path));
		const answer = await page.goto(lab.address + path);
		check(answer.status() === 200,
			`${how}: ${path} is ${answer.status()}`);
		left.push(...await page.$$eval("a[href]", (links) => links.map(
			(link) => link.pathname + link.search)));
		await look(page, `${how}: ${path}`,
			{ isShutToo: eyes.language === "en" });
	}
	await page.browserContext().close();
	return seen;
}

const WANTED = ["/", "/mine", "/later", "/ended", "/asides", "/aside/*",
	"/partners", "/partner/*", "/trends", "/trends?words", "/office",
	"/audit", "/account", "/exports", "/erasures", "/health", "/team",
	"/case/*", "/case/*/facts", "/case/*/facts?field", "/case/*/refer"];
let refOfOwn;

async function allPages(browser, lab) {
	refOfOwn = await fillPages(lab);
	for (const eyes of EYES) {
		const seen = await everyPage(browser, lab, eyes);
		for (const kind of WANTED)
			check(seen.has(kind), `no link leads to ${kind}`);
	}
}

/* -- all of it ------------------------------------------------------------ */

async function walk(browser, lab, number, options) {
	const how = `${options.width} ${options.script ? "with" : "without"}`;
	const page = await openPage(browser, options);
	const sita = await clientOf(lab);
	const ref = await claimedCase(lab, number, sita);
	await signIn(page, lab.address, STAFF, PASSWORD);
	await setsFacts(page, lab, how, ref);
	await refusesWhatIsNoFact(page, lab, how, ref);
	await handsOutTheRecord(lab, how, sita, ref);
	await exportsCases(lab, how, sita, ref);
	await takesAFactAway(page, lab, how, ref);
	await erases(browser, page, lab, how, ref);
	await partnersHaveKeys(page, lab, how);
	await page.browserContext().close();
	sita.end();
}

async function prove(browser, lab) {
	let number = 9779830000010;
	for (const options of LOOKS)
		await walk(browser, lab, `+${number++}`,
			{ height: 800, ...options });
	await exportsCounts(browser, lab);
	await onlyLeadsExport(lab);
	await onlyLeadsChangePartners(lab);
	await keepsACase(lab);
	await allPages(browser, lab);
	await nothingGoesWithoutAToken(lab, refOfOwn);
	lab.run("audit", "verify", "--staff", STAFF, "--password-file",
		lab.passwordFile);
}

await run(prove, { open: openDataLab });
