// The caseworkers' pages in Chromium, on a helpline run by the real program.
//
// A caseworker signs in, claims, reads a Nepali thread, replies; the phone
// shows it; the caller answers; refer; a fact; close; export; erase by two.
// With and without JavaScript, at 360 and 1,280 pixels; axe-core finds nothing
// on any page it meets.
import { Client } from "./client.mjs";
import { PASSWORD, STAFF, until } from "./lab.mjs";
import { openPage, press, signIn } from "./browser.mjs";
import { check, look, words } from "./looking.mjs";
import { run } from "./proofs.mjs";

const WIDTHS = [360, 1280];
const COLLEAGUE = "Ram";

/* -- the walk ------------------------------------------------------------- */

async function unfold(page, id) {
	/* Without JavaScript a fold opens all the same: the browser does it. */
	const summary = await page.$(`#${id} > summary`);
	const isOpen = await page.$eval(`#${id}`, (fold) => fold.open);
	if (!isOpen)
		await summary.click();
}

async function walk(browser, lab, number, options) {
	const name = `${options.width} px, ` +
	    (options.script === false ? "without JavaScript" : "JavaScript");
	const page = await openPage(browser, options);
	const phone = await lab.askForHelp(number);
	await phone.ask("मेरो पासपोर्ट मालिकसँग छ।");

	await page.goto(`${lab.address}/`);
	check(page.url().endsWith("/sign-in"), `${name}: not sent to sign in`);
	await look(page, `${name}: sign-in`);
	await signIn(page, lab.address, STAFF, PASSWORD);
	await look(page, `${name}: queue`);
	const ref = await page.$eval(".entry .ref", (one) => one.textContent);

	await press(page, ".entry a");
	await look(page, `${name}: unclaimed case`);
	await press(page, 'form[action$="/claim"] button');
	check((await words(page)).includes("It is yours now."),
		`${name}: the claim is not told`);
	check((await words(page)).includes("मेरो पासपोर्ट मालिकसँग छ।"),
		`${name}: the Nepali text is not shown`);
	await look(page, `${name}: claimed case`);

	const reply = `चरा। नमस्ते, म सीता हुँ। ${ref}`;
	await page.type("#reply", reply);
	if (options.script !== false)
		check((await page.$eval("#cost", (cost) => cost.textContent))
			.includes("1"), `${name}: the parts are not counted`);
	await press(page, 'form[action$="/reply"] button.main');
	check((await words(page)).includes("on its way"),
		`${name}: the reply is not told: ${await words(page)}`);
	check(await phone.hears(reply), `${name}: the phone shows nothing`);
	phone.write("खाना छैन");
	await until("the answer is in the thread", async () => {
		await page.goto(`${lab.address}/case/${ref}`);
		return (await words(page)).includes("खाना छैन");
	});
	check(true, `${name}: the caller's answer`);
	phone.off();

	await refer(page, lab, name, ref);
	await setFact(page, lab, name, ref);
	await page.goto(`${lab.address}/case/${ref}`);
	await unfold(page, "close");
	await page.type("#outcome", "advice given");
	await press(page, 'form[action$="/close"] button');
	check((await words(page)).includes("It is closed"),
		`${name}: closing is not told`);
	await look(page, `${name}: closed case`);
	await exportAndErase(page, lab, name, ref);
	for (const path of ["/mine", "/later", "/ended", "/asides", "/office",
		"/audit", "/account", "/nothing-here"]) {
		await page.goto(lab.address + path);
		await look(page, `${name}: ${path}`);
	}
	await press(page, 'form[action="/sign-out"] button');
	check(page.url().endsWith("/sign-in"), `${name}: not signed out`);
	await page.goto(`${lab.address}/case/${ref}`);
	check(page.url().endsWith("/sign-in"),
		`${name}: a case is shown after signing out`);
	await page.browserContext().close();
}

async function refer(page, lab, name, ref) {
	await page.goto(`${lab.address}/case/${ref}/refer`);
	await unfold(page, "noted");
	await page.type("#wording", "Yes, tell the shelter about me.");
	await press(page, "#noted form button");
	check((await words(page)).includes("Their consent is kept."),
		`${name}: consent is not kept: ${await words(page)}`);
	await look(page, `${name}: referral`);
	await page.click("#field-language");
	await press(page, 'form[action$="/refer"] button.main');
	check((await words(page)).includes(ref), `${name}: no sheet`);
	await look(page, `${name}: sheet`);
	await page.goto(`${lab.address}/case/${ref}/refer`);
	await press(page, 'form:has(input[value="accept"]) button');
	check((await words(page)).includes("the partner accepted"),
		`${name}: the partner's answer is not noted`);
}

async function setFact(page, lab, name, ref) {
	await page.goto(`${lab.address}/case/${ref}/facts?field=con_Consent`);
	await page.click('[value="TRUE"]');
	await press(page, "#set button.main");
	check((await words(page)).includes("The fact is kept."),
		`${name}: the fact is not kept: ${await words(page)}`);
}

/* What the caller agreed to leaves; then nothing of them is left. */
async function exportAndErase(page, lab, name, ref) {
	const clients = [];
	for (const who of [STAFF, COLLEAGUE]) {
		const client = new Client(lab);
		await client.signIn(who, PASSWORD);
		clients.push({ client, token: await client.token() });
	}
	const [sita, ram] = clients;
	const table = await sita.client.post("/exports/htcds",
		{ token: sita.token });
	check(table.status === 200 && table.text.includes(",TRUE,"),
		`${name}: the export: ${table.status} ${table.text}`);
	await page.goto(`${lab.address}/case/${ref}`);
	await unfold(page, "erase");
	await page.type("#reason", "The caller asked for it.");
	await press(page, "#erase form button");
	await ram.client.post(`/case/${ref}/erase`,
		{ token: ram.token, step: "confirm" });
	await page.goto(`${lab.address}/case/${ref}`);
	const left = await words(page);
	check(left.includes("Nothing of the caller is left") &&
		!left.includes("खाना छैन"),
		`${name}: something of the caller is left: ${left}`);
	clients.forEach(({ client }) => client.end());
}

/* -- other proofs --------------------------------------------------------- */

async function keysMoveAbout(browser, lab) {
	const page = await openPage(browser);
	(await lab.askForHelp("+9779810000030")).off();
	(await lab.askForHelp("+9779810000031")).off();
	await signIn(page, lab.address, STAFF, PASSWORD);
	await page.keyboard.press("j");
	await page.keyboard.press("j");
	check(await page.evaluate(() =>
		document.activeElement.closest(".entry") !== null),
		"j does not move to an entry");
	await Promise.all([page.waitForNavigation(),
		page.keyboard.press("Enter")]);
	await Promise.all([page.waitForNavigation(),
		page.keyboard.press("c")]);
	check((await words(page)).includes("It is yours now."),
		"c does not claim");
	await page.keyboard.press("r");
	check(await page.evaluate(() => document.activeElement.id) === "reply",
		"r does not begin a reply");
	await page.browserContext().close();
}

async function theQueueRenewsItself(browser, lab) {
	const page = await openPage(browser);
	await signIn(page, lab.address, STAFF, PASSWORD);
	const before = (await page.$$(".entry")).length;
	(await lab.askForHelp("+9779810000040")).off();
	await until("the new request appears by itself",
		async () => (await page.$$(".entry")).length > before);
	check(true, "the queue renews itself");
	await page.browserContext().close();
}

async function pagesSpeakTheirLanguage(browser, lab, language, direction,
	word) {
	const page = await openPage(browser, { width: 360, language });
	await page.goto(`${lab.address}/sign-in`);
	check(await page.$eval("html", (html) => html.dir) === direction,
		`${language}: the direction is wrong`);
	check((await words(page)).includes(word),
		`${language}: the sign-in page does not say '${word}'`);
	await look(page, `${language}: sign-in`);
	await signIn(page, lab.address, STAFF, PASSWORD);
	await look(page, `${language}: queue`);
	await press(page, ".entry a");
	await look(page, `${language}: case`);
	await page.browserContext().close();
}

async function darkIsAsReadable(browser, lab) {
	const page = await openPage(browser, { scheme: "dark" });
	await signIn(page, lab.address, STAFF, PASSWORD);
	await look(page, "dark: queue");
	await press(page, ".entry a");
	await look(page, "dark: case");
	await page.browserContext().close();
}

async function nothingComesFromElsewhere(browser, lab) {
	const page = await openPage(browser);
	const addresses = [];
	const complaints = [];
	page.on("request", (request) => addresses.push(request.url()));
	page.on("console", (message) => {
		if (message.type() === "error")
			complaints.push(message.text());
	});
	await signIn(page, lab.address, STAFF, PASSWORD);
	await press(page, ".entry a");
	check(addresses.every((one) => one.startsWith(lab.address)),
		`loaded from elsewhere: ${addresses}`);
	check(complaints.length === 0, `the browser complains: ${complaints}`);
	await page.browserContext().close();
}

/* -- all of it ------------------------------------------------------------ */

async function prove(browser, lab) {
	let number = 9779810000001;
	lab.addPartner("Safe House");
	lab.addColleague(COLLEAGUE);
	for (const width of WIDTHS)
		for (const script of [true, false])
			await walk(browser, lab, `+${number++}`,
				{ width, height: 780, script });
	await keysMoveAbout(browser, lab);
	await theQueueRenewsItself(browser, lab);
	await darkIsAsReadable(browser, lab);
	await nothingComesFromElsewhere(browser, lab);
	await pagesSpeakTheirLanguage(browser, lab, "ne", "ltr", "पासवर्ड");
	await pagesSpeakTheirLanguage(browser, lab, "ar", "rtl", "كلمة المرور");
}

await run(prove);
