// The pages of the team and of health, on a helpline run by the real program.
//
// A lead adds somebody, gives them duty, a phone and codes, another role and
// another password, disables and enables them; the codes are good from that
// phone, the passwords at the door.  Others may do what is their own and nothing
// else.  With and without JavaScript, at 360 and 1,280 pixels, light and dark,
// from right to left; axe-core finds nothing.  The team's key: key_test.mjs.
import { hidden } from "./client.mjs";
import { PASSWORD, STAFF, until } from "./lab.mjs";
import { press, signIn } from "./browser.mjs";
import { check, fold, look, words } from "./looking.mjs";
import { clientOf, confirm, go, send, signedIn, told, trail }
	from "./team_lab.mjs";
import { run } from "./proofs.mjs";

const OTHER = "another password for tests";
const CODES = 20;
/* Every page is looked at in each of these; passwords are slow on purpose, so
   what becomes of a person is tried in two. */
const LOOKS = [
	{ width: 360, script: true }, { width: 360, script: false, whole: true },
	{ width: 1280, script: true, scheme: "dark", whole: true },
	{ width: 1280, script: false },
];

/* -- helpers -------------------------------------------------------------- */

/* The page of somebody, by name. */
async function placeOf(page, lab, name) {
	await go(page, lab, "/team");
	const places = await page.$$eval(".people h2 a", (links) =>
		links.map((link) => [link.textContent, link.pathname]));
	return new Map(places).get(name);
}

async function facts(page) {
	return page.$eval("main .facts", (list) => list.textContent
		.replaceAll(/\s+/g, " "));
}

/* -- the lead's walk ------------------------------------------------------ */

async function addSomebody(page, lab, how, name) {
	await go(page, lab, "/team");
	await look(page, `${how}: team, before the password`);
	check(await page.$("#name") === null,
		`${how}: a form is there before the password`);
	await confirm(page, lab, "/team", "a wrong password");
	check((await told(page)).includes("is another one"),
		`${how}: a wrong password is not told: ${await told(page)}`);
	check(await page.$("#name") === null,
		`${how}: a wrong password opens the forms`);
	await confirm(page, lab, "/team");
	await look(page, `${how}: team`);
	await fold(page, true);
	await page.type("#name", name);
	await page.type("#password", PASSWORD);
	await page.type("#again", OTHER);
	await send(page, 'form[action="/team"] button', `${how}: two passwords`,
		"two different passwords");
	check(await placeOf(page, lab, name) === undefined,
		`${how}: somebody was added all the same`);
	await fold(page, true);
	await page.type("#name", name);
	await page.type("#password", PASSWORD);
	await page.type("#again", PASSWORD);
	await send(page, 'form[action="/team"] button', `${how}: adding`,
		"They are on the team");
	check((await page.$$(".people i")).length === 0,
		`${how}: a name became markup`);
}

async function giveDuty(page, lab, how, place) {
	await go(page, lab, place);
	await look(page, `${how}: person`);
	await fold(page, true);
	await page.click("#on");
	await page.$eval("#from", (field) => { field.value = "21:00"; });
	await page.$eval("#until", (field) => { field.value = "05:30"; });
	await send(page, 'form[action$="/duty"] button', `${how}: duty`,
		"without a phone");
	check((await facts(page)).includes("21:00-05:30"),
		`${how}: the hours are not shown: ${await facts(page)}`);
	check(await page.$eval("#until", (field) => field.value) === "05:30",
		`${how}: the hours do not stand in the form`);
}

/* A phone, its codes, and that they are good. */
async function givePhone(page, lab, how, place, number) {
	await go(page, lab, place);
	await fold(page, true);
	await page.type("#number", "my phone");
	await send(page, "#phone form:last-of-type button",
		`${how}: no number`, "this is no phone number");
	await fold(page, true);
	await page.type("#number", number);
	await send(page, "#phone form:last-of-type button", `${how}: phone`,
		"The phone is kept");
	check(!(await page.content()).includes(number),
		`${how}: the number is shown`);
	await fold(page, true);
	await press(page, 'form[action$="/codes"] button');
	await look(page, `${how}: codes`);
	const codes = await page.$$eval(".codes li", (items) =>
		items.map((item) => item.textContent.trim()));
	check(codes.length === CODES && new Set(codes).size === CODES &&
		codes.every((code) => /^[A-Z0-9]{6}$/.test(code)),
		`${how}: the codes are ${codes}`);
	await page.emulateMediaType("print");
	check(await page.$eval(".ways", (ways) =>
		getComputedStyle(ways).display) === "none" &&
		await page.$eval(".codes", (list) =>
			getComputedStyle(list).display) !== "none",
		`${how}: what is printed is not the codes alone`);
	await page.emulateMediaType("screen");
	const phone = lab.phone(number);
	check((await phone.ask(`${codes[0]} next`)).includes("Nothing open"),
		`${how}: a printed code is not good`);
	phone.off();
	await go(page, lab, place);
	check((await facts(page)).includes(`Codes left${CODES - 1}`),
		`${how}: a used code is not counted: ${await facts(page)}`);
	await fold(page, true);
	await send(page, '#phone form:has(input[name="none"]) button',
		`${how}: no phone`, "its codes are void");
}

async function changeWhatTheyAre(browser, page, lab, how, place, name) {
	const theirs = await signedIn(browser, lab, name, PASSWORD, {});
	await go(page, lab, place);
	await fold(page, true);
	await page.type("#password", OTHER);
	await page.type("#again", OTHER);
	await send(page, 'form[action$="/password"] button',
		`${how}: password`, "another password");
	await go(theirs, lab, "/mine");
	check(theirs.url().endsWith("/sign-in"),
		`${how}: whoever has a new password is still signed in`);
	await signIn(theirs, lab.address, name, OTHER);
	check(!theirs.url().endsWith("/sign-in"),
		`${how}: the new password opens nothing`);
	await fold(page, true);
	await page.select("#role", "technician");
	await send(page, 'form[action$="/role"] button', `${how}: role`,
		"another role");
	await go(theirs, lab, "/mine");
	check(theirs.url().endsWith("/sign-in"),
		`${how}: whoever has a new role is still signed in`);
	await signIn(theirs, lab.address, name, OTHER);
	check(theirs.url().endsWith("/health"),
		`${how}: a technician begins at ${theirs.url()}`);
	await fold(page, true);
	await send(page, 'form[action$="/disable"] button', `${how}: disable`,
		"opens nothing any more");
	await look(page, `${how}: somebody disabled`);
	await go(theirs, lab, "/health");
	check(theirs.url().endsWith("/sign-in"),
		`${how}: somebody disabled is still signed in`);
	await signIn(theirs, lab.address, name, OTHER);
	check(theirs.url().endsWith("/sign-in"),
		`${how}: somebody disabled signs in`);
	await fold(page, true);
	await page.type("#password", PASSWORD);
	await page.type("#again", PASSWORD);
	await page.select("#role", "caseworker");
	await send(page, 'form[action$="/enable"] button', `${how}: enable`,
		"Enabled");
	await signIn(theirs, lab.address, name, PASSWORD);
	check(theirs.url() === `${lab.address}/`,
		`${how}: somebody enabled does not sign in: ${theirs.url()}`);
	await theirs.browserContext().close();
}

async function leadsWalk(browser, lab, options, number) {
	const how = `${options.width} px, ${options.scheme ?? "light"}, ` +
	    (options.script ? "JavaScript" : "without JavaScript");
	const name = `Gita <i>${options.width}</i> ${options.script}`;
	const page = await signedIn(browser, lab, STAFF, PASSWORD,
		{ ...options, height: 780 });

	for (const path of ["/office", "/health", "/account"]) {
		await go(page, lab, path);
		await look(page, `${how}: ${path}`);
	}
	await addSomebody(page, lab, how, name);
	const place = await placeOf(page, lab, name);
	await giveDuty(page, lab, how, place);
	await givePhone(page, lab, how, place, number);
	if (options.whole)
		await changeWhatTheyAre(browser, page, lab, how, place, name);
	await ownPhone(page, lab, how);
	await keysAreShown(page, lab, how);
	await page.browserContext().close();
}

/* The password that was given counts on the page of the account, too. */
async function ownPhone(page, lab, how) {
	await go(page, lab, "/account");
	await look(page, `${how}: account, after the password`);
	await fold(page, true);
	await page.type("#number", "+9779812000000");
	await send(page, "#phone form:last-of-type button",
		`${how}: own phone`, "The phone is kept");
	await fold(page, true);
	await send(page, '#phone form:has(input[name="none"]) button',
		`${how}: no own phone`, "is taken away");
}

async function keysAreShown(page, lab, how) {
	await go(page, lab, "/team/key");
	await look(page, `${how}: key`);
	await press(page, 'form[action$="/make"] button');
	await look(page, `${how}: new key`);
	await page.type("#last", "AAAAA");
	await send(page, 'form[action$="/take"] button',
		`${how}: wrong last signs`, "not the last five signs");
	await send(page, 'form[action$="/drop"] button', `${how}: no new key`,
		"The old key stays");
}

/* -- the others ----------------------------------------------------------- */

const LEADS_POSTS = ["/team", "/team/1/duty", "/team/1/phone",
	"/team/1/codes", "/team/1/role", "/team/1/password",
	"/team/1/disable", "/team/1/enable", "/team/key/make",
	"/team/key/take", "/team/key/drop"];

async function othersChangeNobody(lab) {
	for (const name of ["Ram", "Tek"]) {
		const client = await clientOf(lab, name);
		const token = await client.token();
		for (const path of LEADS_POSTS) {
			const answer = await client.post(path, { token,
				name: "Eve", role: "lead", password: OTHER,
				again: OTHER, own: PASSWORD });
			check(answer.status === 403,
				`${name}: ${path} is ${answer.status}`);
		}
		for (const path of ["/team/1", "/team/key", "/audit"])
			check((await client.get(path)).status === 403,
				`${name} sees ${path}`);
		const list = (await client.get("/team")).text;
		check(list.includes(STAFF) && !list.includes('href="/team/1"') &&
			!list.includes('action="/team"'),
			`${name}: the list offers what is a lead's`);
		client.end();
	}
}

async function whatChangesPeopleWantsThePassword(lab) {
	const sita = await clientOf(lab, STAFF);
	const token = await sita.token();
	for (const path of LEADS_POSTS.filter((one) => !one.endsWith("drop"))) {
		const answer = await sita.post(path, { token, name: "Eve",
			role: "lead", password: OTHER, again: OTHER });
		check(answer.status === 303 &&
			answer.headers.location.startsWith("/team"),
			`${path} without the password is ${answer.status}`);
		check((await sita.get("/team")).text.includes(
			"give your own password first"),
			`${path} goes without the password`);
	}
	check(!lab.run("staff", "list", "--staff", STAFF, "--password-file",
		lab.passwordFile).includes("Eve"), "somebody was added");
	const refused = trail(lab, "password refused").length;
	await sita.post("/confirm", { token, own: OTHER, back: "/team" });
	check(trail(lab, "password refused").length === refused + 1,
		"a wrong password leaves no row");
	sita.end();
}

async function nobodyIsLedAway(lab) {
	const sita = await clientOf(lab, STAFF);
	const token = await sita.token();
	for (const back of ["https://evil.example/", "//evil.example",
		"/teamwork", "/team\r\nSet-Cookie: a=b", "/team/../case", ""]) {
		const answer = await sita.post("/confirm",
			{ token, own: PASSWORD, back });
		check(answer.headers.location === "/",
			`led to ${answer.headers.location} by '${back}'`);
	}
	for (const path of ["/team/0", "/team/-1", "/team/99", "/team/x",
		"/team/1e3", "/team/99999999999999999999"])
		check((await sita.get(path)).status === 404,
			`${path} is not missing`);
	sita.end();
}

/* Codes that were just printed are not made void by loading the page again. */
async function aReloadMakesNoCodesVoid(lab) {
	const sita = await clientOf(lab, STAFF);
	const token = await sita.token();
	await sita.post("/confirm", { token, own: PASSWORD, back: "/account" });
	await sita.post("/account/phone",
		{ token, number: "+9779812000001", line: "" });
	const once = hidden((await sita.get("/account")).text, "once");
	const first = await sita.post("/account/codes", { token, once });
	check(first.text.includes('class="codes"'), "no codes are shown");
	const again = await sita.post("/account/codes", { token, once });
	check(again.status === 303, "codes are made again by a reload");
	check((await sita.get("/account")).text.includes("were shown before"),
		"a reload is not told");
	check(trail(lab, "codes made").filter((row) => row.detail === STAFF)
		.length === 1, "codes were made twice");
	await sita.post("/account/phone", { token, none: "1" });
	sita.end();
}

async function everybodyHasWhatIsTheirOwn(lab) {
	const ram = await clientOf(lab, "Ram");
	const token = await ram.token();
	await ram.post("/account/duty",
		{ token, on: "1", from: "08:00", until: "20:00" });
	check((await ram.get("/account")).text.includes("08:00-20:00"),
		"nobody may set their own hours");
	await ram.post("/account/duty", { token, from: "08:00", until: "20:00" });
	check((await ram.get("/account")).text.includes("Off duty."),
		"nobody goes off duty while hours stand in the form");
	await ram.post("/account/duty", { token, on: "1", from: "08:00" });
	check((await ram.get("/account")).text.includes("hours of duty are"),
		"half of the hours is taken");
	await ram.post("/account/phone", { token, number: "+9779812000002" });
	check((await ram.get("/account")).text.includes(
		"give your own password first"),
		"a phone is registered without the password");
	ram.end();
}

/* A technician on duty is told of lines that need a hand, and has no use for
   codes. */
async function aTechnicianHasDutyAndAPhone(browser, lab) {
	const tek = await signedIn(browser, lab, "Tek", PASSWORD, { width: 360 });
	await go(tek, lab, "/account");
	await look(tek, "a technician's account");
	await fold(tek, true);
	await tek.click("#on");
	await send(tek, 'form[action="/account/duty"] button',
		"a technician's duty", "without a phone");
	await confirm(tek, lab, "/account");
	await fold(tek, true);
	await tek.type("#number", "+9779812000003");
	await send(tek, "#phone form:last-of-type button",
		"a technician's phone", "alarms come to it");
	await look(tek, "a technician's account with a phone");
	const shown = await words(tek);
	check((await facts(tek)).includes("On dutyalways") &&
		(await facts(tek)).includes("Phone for alarmsyes"),
		`a technician does not see their own: ${await facts(tek)}`);
	check(!/codes/i.test(shown), `a technician is told of codes: ${shown}`);
	const own = await clientOf(lab, "Tek");
	check((await own.post("/account/codes", { token: await own.token() }))
		.status === 403, "a technician makes codes");
	own.end();
	/* What a lead sees of them, and does. */
	const sita = await signedIn(browser, lab, STAFF, PASSWORD, {});
	const place = await placeOf(sita, lab, "Tek");
	await confirm(sita, lab, place);
	await look(sita, "a technician's page");
	check((await facts(sita)).includes("Phone for alarmsyes") &&
		!/codes/i.test(await words(sita)),
		"a lead is told of a technician's codes");
	await fold(sita, true);
	await sita.type("#number", "+9779812000004");
	await send(sita, "#phone form:last-of-type button",
		"another phone by a lead", "alarms come to it");
	await fold(sita, true);
	await send(sita, '#phone form:has(input[name="none"]) button',
		"a technician without a phone", "The phone is taken away.");
	await go(tek, lab, "/account");
	check((await facts(tek)).includes("Phone for alarmsno"),
		"a technician does not see what a lead did");
	await fold(tek, true);
	await tek.click("#on");
	await send(tek, 'form[action="/account/duty"] button',
		"a technician goes", "Off duty.");
	await tek.browserContext().close();
	await sita.browserContext().close();
}

/* A lead sees who has looked at a case, and what else was done with it. */
async function whoHasSeenACase(lab) {
	const phone = await lab.askForHelp("+9779810000060");
	const ram = await clientOf(lab, "Ram");
	const sita = await clientOf(lab, STAFF);
	const ref = (await ram.get("/")).text.match(/\/case\/([A-Z0-9]{5})/)[1];
	const rows = async () => (await sita.get(
		`/audit?ref=${ref.toLowerCase()}`)).text.split("<tr>")
		.filter((row) => row.includes("looked at") &&
			row.includes(ref));
	check((await rows()).length === 0, "a list counts as a look");
	await ram.get(`/case/${ref}`);
	await ram.get(`/case/${ref}`);
	await sita.get(`/case/${ref}`);
	const seen = await rows();
	check(seen.length === 2 && seen[0].includes(STAFF) &&
		seen[1].includes("Ram"), `the trail tells: ${seen}`);
	check(!(await sita.get("/audit?ref=ZZZZZ")).text.includes(ref),
		"the trail shows other cases than the one asked for");
	/* The walks that follow meet an empty queue. */
	for (const act of ["claim", "close"])
		lab.run("queue", act, ref, "--staff", STAFF, "--password-file",
			lab.passwordFile);
	phone.off();
	ram.end();
	sita.end();
}

/* -- health --------------------------------------------------------------- */

async function technicianSeesHealthAndNoCase(browser, lab) {
	for (const options of LOOKS) {
		const page = await signedIn(browser, lab, "Tek", PASSWORD,
			options);
		check(page.url().endsWith("/health"),
			"a technician begins elsewhere");
		await look(page, `technician, ${options.width} px`);
		check((await words(page)).includes("in its network"),
			"the demo line is not told of");
		await page.browserContext().close();
	}
	const tek = await clientOf(lab, "Tek");
	for (const path of ["/mine", "/asides", "/queue/live", "/partners"])
		check((await tek.get(path)).status === 403,
			`a technician sees ${path}`);
	tek.end();
}

async function healthSaysWhatToDo(browser, lab) {
	const page = await signedIn(browser, lab, STAFF, PASSWORD, {});
	const link = await page.$eval(".health a", (one) => one.pathname);
	check(link === "/health", `the light leads to ${link}`);
	await go(page, lab, "/health");
	check((await words(page)).includes("nothing wants a person"),
		`all is not well: ${await words(page)}`);
	await lab.end(lab.hub);
	await until("the page says that the hub is gone", async () => {
		await go(page, lab, "/health");
		return (await page.$eval(".todo", (list) => list.textContent))
			.includes("systemctl start waymark");
	});
	check(true, "the page says what to do");
	await look(page, "health without a hub");
	await lab.startHub();
	await page.browserContext().close();
}

async function fromRightToLeft(browser, lab) {
	const page = await signedIn(browser, lab, STAFF, PASSWORD,
		{ width: 360, language: "ar" });
	for (const path of ["/office", "/team", "/health", "/account",
		"/team/key"]) {
		await go(page, lab, path);
		check(await page.$eval("html", (html) => html.dir) === "rtl",
			`${path} is not from right to left`);
		await look(page, `ar: ${path}`);
	}
	await confirm(page, lab, "/team/2");
	await look(page, "ar: person");
	await page.browserContext().close();
}

/* -- all of it ------------------------------------------------------------ */

async function prove(browser, lab) {
	let number = 9779812345000;
	lab.addColleague("Ram");
	lab.addColleague("Tek", "technician");
	await othersChangeNobody(lab);
	await everybodyHasWhatIsTheirOwn(lab);
	await aTechnicianHasDutyAndAPhone(browser, lab);
	await whatChangesPeopleWantsThePassword(lab);
	await nobodyIsLedAway(lab);
	await aReloadMakesNoCodesVoid(lab);
	await whoHasSeenACase(lab);
	await technicianSeesHealthAndNoCase(browser, lab);
	await healthSaysWhatToDo(browser, lab);
	for (const options of LOOKS)
		await leadsWalk(browser, lab, options, `+${number++}`);
	await fromRightToLeft(browser, lab);
	check(lab.run("audit", "verify", "--staff", STAFF, "--password-file",
		lab.passwordFile).length > 0, "the trail is broken");
}

await run(prove);
