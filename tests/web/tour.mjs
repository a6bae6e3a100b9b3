// Takes the pictures of the README's tour, of a helpline made up for it:
//
//   WAYMARK_PROGRAM=build/waymark node tests/web/tour.mjs FOLDER
import { join } from "node:path";
import { clientOf, countPeople, setAside } from "./data_lab.mjs";
import { Lab, PASSWORD, STAFF, until } from "./lab.mjs";
import { launch, openPage, press, signIn } from "./browser.mjs";

const folder = process.argv[2] ?? "docs/tour";

async function picture(page, name) {
	await page.screenshot({ path: join(folder, `${name}.png`),
		optimizeForSpeed: false });
}

async function people(lab) {
	const one = await lab.askForHelp("+9779841000001");
	await one.ask("मेरो पासपोर्ट मालिकसँग छ। म बाहिर जान पाउँदिनँ।");
	for (const number of ["+9779841000002", "+9779841000003"]) {
		const phone = lab.phone(number);
		for (const words of ["HELP", "1", "1", "2", "2", "Doha", "1",
			"river"])
			await phone.ask(words);
		phone.off();
	}
	const last = lab.phone("+9779841000004");
	await last.ask("HELP");
	last.off();
	lab.addColleague("Ram");
	lab.addPartner("Safe House");
	return one;
}

/* What a case leaves behind. */
async function data(lab, page, ref) {
	await page.goto(`${lab.address}/case/${ref}/facts` +
		"?field=vic_MethodsOfControl");
	await page.click('[value="DebtBondage"]');
	await page.click('[value="WithholdsDocuments"]');
	await press(page, "#set button.main");
	await page.goto(`${lab.address}/case/${ref}/facts` +
		"?field=vic_TypeOfExploitation");
	await picture(page, "facts");
	await page.goto(`${lab.address}/exports`);
	await picture(page, "exports");
	const ram = await clientOf(lab, "Ram");
	const other = (await ram.get("/")).text.match(/case\/([A-Z0-9]{5})/g)
		.map((path) => path.slice(-5)).find((one) => one !== ref);
	await ram.post(`/case/${other}/erase`, { token: await ram.token(),
		step: "ask", reason: "She asked us to, by voice." });
	ram.end();
	await page.goto(`${lab.address}/erasures`);
	await picture(page, "erasures");
	const key = lab.run("partners", "key", join(lab.folder, "key")).trim();
	const sita = await clientOf(lab);
	await sita.post("/partner/1/key", { token: await sita.token(), key });
	sita.end();
	await page.goto(`${lab.address}/partner/1`);
	await picture(page, "partner");
}

async function tour(lab, browser) {
	const phone = await people(lab);
	const page = await openPage(browser, { width: 1100, height: 760 });
	await page.goto(`${lab.address}/sign-in`);
	await picture(page, "sign-in");
	await signIn(page, lab.address, STAFF, PASSWORD);
	await picture(page, "queue");
	await press(page, ".entry a");
	const ref = await page.$eval("h1 .ref", (one) => one.textContent);
	await press(page, 'form[action$="/claim"] button');
	await page.type("#reply", "चरा। नमस्ते, म सीता हुँ। तपाईं अहिले सुरक्षित हुनुहुन्छ?");
	await press(page, 'form[action$="/reply"] button.main');
	phone.write("अहिले ठीक छ। कोठामा एक्लै छु।");
	await until("the answer is there", async () => {
		await page.goto(`${lab.address}/case/${ref}`);
		return (await page.$$(".text.caller")).length > 1;
	});
	await page.$eval(".thread", (one) => one.scrollIntoView());
	await picture(page, "case");
	await page.goto(`${lab.address}/case/${ref}/refer`);
	await picture(page, "refer");
	await data(lab, page, ref);
	await page.goto(`${lab.address}/audit`);
	await picture(page, "audit");
	const dark = await openPage(browser, { width: 1100, height: 760,
		scheme: "dark" });
	await signIn(dark, lab.address, STAFF, PASSWORD);
	await dark.goto(`${lab.address}/case/${ref}`);
	await picture(dark, "case-dark");
	for (const language of ["en", "ar"]) {
		const small = await openPage(browser, { width: 360, height: 720,
			language });
		await signIn(small, lab.address, STAFF, PASSWORD);
		await picture(small, `phone-queue-${language}`);
		await small.goto(`${lab.address}/case/${ref}`);
		await picture(small, `phone-case-${language}`);
	}
	phone.off();
	await office(lab, browser);
}

/* What a lead and a technician see. */
async function office(lab, browser) {
	const page = await openPage(browser, { width: 1100, height: 760 });
	await signIn(page, lab.address, STAFF, PASSWORD);
	await page.goto(`${lab.address}/health`);
	await picture(page, "health");
	await page.goto(`${lab.address}/team`);
	await page.type("#own", PASSWORD);
	await press(page, 'form[action="/confirm"] button');
	await page.goto(`${lab.address}/team/2`);
	await page.click("#duty summary");
	await picture(page, "person");
	await page.click("#phone summary");
	await page.type("#number", "+9779841000009");
	await press(page, "#phone form button");
	await page.click("#phone summary");
	await press(page, 'form[action$="/codes"] button');
	await picture(page, "codes");
	await page.goto(`${lab.address}/team`);
	await picture(page, "team");
	await theRest(lab, page);
}

/* What fills with time, and what is seldom looked at. */
async function theRest(lab, page) {
	countPeople(lab);
	await setAside(lab);
	for (const name of ["trends", "partners", "office", "account", "asides",
		"mine", "later", "ended"]) {
		await page.goto(`${lab.address}/${name}`);
		await picture(page, name);
	}
	await page.goto(`${lab.address}/asides`);
	await press(page, 'main a[href^="/aside/"]');
	await picture(page, "aside");
	await page.goto(`${lab.address}/team/key`);
	await press(page, 'form[action$="/make"] button');
	await picture(page, "key");
}

const lab = await Lab.open(process.env.WAYMARK_PROGRAM);
const browser = await launch();
try {
	await lab.startHub();
	await lab.startDesk();
	await tour(lab, browser);
} catch (error) {
	console.error(error);
	process.exitCode = 1;
}
await browser.close();
await lab.close();
process.exit();
