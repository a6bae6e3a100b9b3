// What strangers, thieves and bad luck do to the desk.
import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import { Client, hidden } from "./client.mjs";
import { Lab, PASSWORD, STAFF, pause, until } from "./lab.mjs";

const WRONG_PASSWORDS = 10000;
const CLAIM_ROUNDS = 20;
const DEATHS = 8;
const SLOW_S = 45; /* a request has 30 seconds */

let passed = 0;
let failed = 0;
let number = 9779820000000;

function check(holds, what) {
	if (holds) {
		passed++;
	} else {
		failed++;
		console.log(`FAILED: ${what}`);
	}
}

async function clientOf(lab, name = STAFF) {
	const client = new Client(lab);
	const answer = await client.signIn(name, PASSWORD);
	check(answer.status === 303, `${name} cannot sign in: ${answer.status}`);
	return client;
}

async function newCase(lab, client) {
	const phone = await lab.askForHelp(`+${number++}`);
	const list = (await client.get("/?most=1000")).text;
	const known = [...list.matchAll(/\/case\/([A-Z0-9]{5})/g)]
		.map((match) => match[1]);
	const said = phone.heard.join(" ");
	return { phone, ref: known.find((ref) => said.includes(ref)) };
}

/* -- the process ---------------------------------------------------------- */

/* What the kernel says of the running desk.  Where it cannot forbid, the log
   says so, and nothing can be held against the desk. */
function theDeskHasGivenUpWhatItNeverNeeds(lab) {
	const DAC_OVERRIDE = 2n; /* root's, for files of the helpline's user */
	const status = new Map(readFileSync(`/proc/${lab.desk.pid}/status`,
		"utf8").split("\n").map((line) => line.split(":\t")));

	check(status.get("NoNewPrivs") === "1", "privileges can be gained");
	for (const set of ["CapEff", "CapPrm", "CapInh"])
		check((BigInt(`0x${status.get(set)}`) & ~DAC_OVERRIDE) === 0n,
			`${set} of the desk is ${status.get(set)}`);
	if (!lab.desk.said.includes("system calls stay"))
		check(status.get("Seccomp") === "2",
			"the desk filters no system calls");
}

/* -- strangers ------------------------------------------------------------ */

async function strangersLearnNothing(lab) {
	const client = new Client(lab);
	for (const path of ["/", "/case/ABCDE", "/audit", "/nothing", "/asides",
		"/case/../etc/passwd", "/%2e%2e/", "/queue/live", "/trends"]) {
		const answer = await client.get(path);
		check(answer.status === 303 &&
			answer.headers.location === "/sign-in" &&
			answer.text === "", `${path} tells a stranger something`);
	}
	const answer = await client.post("/case/ABCDE/claim", {});
	check(answer.status === 303, "a stranger may post");
	check(!("server" in answer.headers), "the answer names its server");
	const page = await client.get("/sign-in");
	check(page.headers["content-security-policy"].startsWith(
		"default-src 'none'") &&
		!page.headers["content-security-policy"].includes("unsafe"),
		"the CSP is not strict");
	check(page.headers["cache-control"] === "no-store" &&
		page.headers["x-content-type-options"] === "nosniff" &&
		page.headers["x-frame-options"] === "DENY",
		"a page may be kept or framed");
	check(!/ style=| on[a-z]+=|<style/.test(page.text), "something is inline");
	client.end();
}

async function foreignHostsAndOriginsAreRefused(lab, sita) {
	const token = await sita.token();
	const own = lab.address;
	const tries = [
		[{ Host: "evil.example" }, 403],
		[{ Host: `evil.example:${lab.port}` }, 403],
		[{ Host: "127.0.0.1:1" }, 403],
		[{ Host: `localhost:${lab.port}` }, 303],
		[{ Origin: "https://evil.example" }, 403],
		[{ Origin: "null" }, 403],
		[{ Origin: own.replace("https", "http") }, 403],
		[{ Origin: `${own}.evil.example` }, 403],
		[{ Referer: "https://evil.example/case" }, 403],
		[{ Referer: `${own}/account` }, 303],
		[{ Origin: own }, 303],
	];
	for (const [headers, status] of tries) {
		const answer = await sita.post("/language",
			{ token, language: "en" }, { headers });
		check(answer.status === status,
			`${JSON.stringify(headers)}: ${answer.status}`);
	}
}

async function hugeFormsAreRefused(lab, sita) {
	const token = await sita.token();
	const long = await sita.post("/language",
		{ token, language: "x".repeat(1 << 20) })
		.catch((error) => ({ status: error.code }));
	check([413, "EPIPE", "ECONNRESET"].includes(long.status),
		`a form of 1 MB: ${long.status}`);
	const chunked = await sita.ask("POST", "/language", {
		body: `token=${token}`,
		headers: { "Content-Type": "application/x-www-form-urlencoded",
			"Transfer-Encoding": "chunked" } });
	check(chunked.status === 411, `a chunked form: ${chunked.status}`);
	const header = await sita.get("/", { headers: { X: "y".repeat(1 << 17) } })
		.catch((error) => ({ status: error.code }));
	check(header.status !== 200, "headers of 128 KB are read");
	const other = await sita.ask("POST", "/language", { body: "{}",
		headers: { "Content-Type": "application/json",
			"Content-Length": 2 } });
	check(other.status === 415, `a form that is none: ${other.status}`);
	check((await sita.get("/")).status === 200, "the desk is not well after");
}

/* One byte now and then, for ever. */
function slowSender(lab) {
	return new Promise((resolve) => {
		const began = Date.now();
		const socket = connect({ host: "127.0.0.1", port: lab.port,
			rejectUnauthorized: false }, () => {
			socket.write("GET / HTTP/1.1\r\nHost: x\r\nX: ");
		});
		const drip = setInterval(() => socket.write("a"), 1000);
		const late = setTimeout(() => socket.destroy(), SLOW_S * 1000);
		socket.on("error", () => {});
		socket.on("close", () => {
			clearInterval(drip);
			clearTimeout(late);
			resolve((Date.now() - began) / 1000);
		});
	});
}

async function wrongPasswordsCostLittle(lab, sita) {
	const client = new Client(lab);
	const count = {};
	let slowest = 0;
	const one = await client.signIn("nobody-of-this-name", "wrong password");
	const other = await client.signIn("Ram", "wrong password");
	const plain = (answer) => answer.text
		.replaceAll("nobody-of-this-name", "").replaceAll("Ram", "")
		.replace(' value=""', "");
	check(one.status === other.status && plain(one) === plain(other),
		"names are told apart at sign-in");
	for (let i = 0; i < WRONG_PASSWORDS; i += 50) {
		const answers = await Promise.all(Array.from({ length: 50 },
			() => client.signIn("Sita", "wrong password")));
		for (const answer of answers)
			count[answer.status] = (count[answer.status] ?? 0) + 1;
		if (i % 1000 === 0) {
			const began = Date.now();
			check((await sita.get("/")).status === 200,
				"the signed-in are shut out");
			slowest = Math.max(slowest, Date.now() - began);
		}
	}
	check(count[303] === undefined, "a wrong password signs in");
	check((count[403] ?? 0) < 40, `the limiter lets ${count[403]} through`);
	check(slowest < 2000, `meanwhile a page takes ${slowest} ms`);
	client.end();
}

/* -- thieves -------------------------------------------------------------- */

async function cookiesOfOthersDoNothing(lab, sita, ram) {
	const mine = sita.cookie.split("=")[1];
	for (const cookie of ["__Host-waymark=", `__Host-waymark=${"A".repeat(60)}`,
		`__Host-waymark=${mine.slice(0, -1)}`, `waymark=${mine}`,
		`__Host-waymark=${mine}A`]) {
		const answer = await sita.get("/", { cookie });
		check(answer.status === 303, `${cookie.length} signs sign in`);
	}
	const token = await ram.token();
	const answer = await sita.post("/language", { token, language: "en" });
	check(answer.status === 303, "choosing a language needs no token");
	const stolen = await sita.post("/next", { token });
	check(stolen.status === 403, "another's token is taken");
	const none = await sita.post("/next", {});
	check(none.status === 403, "no token is taken");
}

async function signingOutIsTheEnd(lab) {
	const client = new Client(lab);
	const answer = await client.signIn(STAFF, PASSWORD);
	const flags = answer.headers["set-cookie"][0];
	check(["Secure", "HttpOnly", "SameSite=Strict", "Path=/"].every((flag) =>
		flags.includes(flag)) && !flags.includes("Domain"),
		`the cookie is ${flags.replace(/=[A-Z0-9]+/, "")}`);
	const token = await client.token();
	await client.post("/sign-out", { token });
	for (const answer of [await client.get("/"),
		await client.post("/next", { token })])
		check(answer.status === 303 &&
			answer.headers.location === "/sign-in",
			"a session lives on after signing out");
	client.end();
}

async function formsSentAgainDoNothing(lab, sita) {
	const { phone, ref } = await newCase(lab, sita);
	const token = await sita.token();
	await sita.post(`/case/${ref}/claim`, { token });
	const page = (await sita.get(`/case/${ref}`)).text;
	const form = { token, once: hidden(page, "once"),
		seen: hidden(page, "seen"), reply: "only once, please" };
	const answers = await Promise.all([1, 2, 3].map(() =>
		sita.post(`/case/${ref}/reply`, form)));
	check(answers.filter((one) => one.status === 303).length === 1,
		`a form sent three times: ${answers.map((one) => one.status)}`);
	check(await phone.hears("only once, please"), "it was not sent at all");
	await pause(1000);
	check(phone.heard.filter((one) => one.includes("only once")).length === 1,
		"the caller got it more than once");
	/* What was written before the caller wrote again is not sent. */
	const stale = (await sita.get(`/case/${ref}`)).text;
	phone.write("wait, something happened");
	await until("the caller's text is there", async () =>
		(await sita.get(`/case/${ref}`)).text.includes("something happened"));
	const answer = await sita.post(`/case/${ref}/reply`, { token,
		once: hidden(stale, "once"), seen: hidden(stale, "seen"),
		reply: "written too early" });
	check(answer.status === 409 && answer.text.includes("written too early"),
		`a reply to what changed: ${answer.status}`);
	phone.off();
}

async function markupAndHiddenMarksAreShown(lab, sita) {
	const evil = '<script>alert(1)</script>"\'><img src=x>';
	const { phone, ref } = await newCase(lab, sita);
	const token = await sita.token();
	phone.write(`${evil} \u202eecno`);
	await until("the text is there", async () =>
		(await sita.get(`/case/${ref}`)).text.includes("alert(1)"));
	await sita.post(`/case/${ref}/claim`, { token });
	await sita.post(`/case/${ref}/note`, { token, note: evil });
	await sita.post(`/case/${ref}/label`, { token, label: "<i>\u202elabel" });
	lab.addColleague("<b>Ev\u0627l</b>");
	await sita.post("/partners", { token, name: "<u>\u2066House</u>",
		kind: evil });
	for (const path of [`/case/${ref}`, "/", "/partners", "/audit",
		`/case/${ref}/refer`]) {
		const page = (await sita.get(path)).text;
		check(!page.includes("<script>alert") && !page.includes("<img src=x") &&
			!page.includes("<i>") && !page.includes("<u>") &&
			!page.includes("<b>Ev"), `${path}: markup gets through`);
		check(!/[\u202a-\u202e\u2066-\u2069]/.test(page),
			`${path}: a hidden mark gets through`);
	}
	phone.off();
}

/* The caller said that texting is not safe: told before one writes, and only a
   reason lifts it. */
async function whatIsNotSafeNeedsAReason(lab, sita) {
	const phone = lab.phone(`+${number++}`);
	const ref = (await phone.ask("HELP")).match(/[A-Z0-9]{5}(?=\.)/)[0];
	/* No answer goes to somebody for whom texts are not safe. */
	phone.write("2");
	await until("the case is on hold", async () =>
		(await sita.get(`/case/${ref}`)).text
			.includes("texting is not safe now"));
	const token = await sita.token();
	await sita.post(`/case/${ref}/claim`, { token });
	const page = (await sita.get(`/case/${ref}`)).text;
	check(page.includes("texting is not safe now") &&
		page.includes("notice care") && page.includes('name="despite"'),
		"the page does not say that texting is not safe");
	const form = () => ({ token, once: hidden(page, "once"),
		seen: hidden(page, "seen"), reply: "are you well?" });
	const bare = await sita.post(`/case/${ref}/reply`, form());
	check(bare.status === 409 && bare.text.includes("are you well?"),
		`a reply on hold without a reason: ${bare.status}`);
	await pause(500);
	check(!phone.heard.some((one) => one.includes("are you well")),
		"it was sent all the same");
	const reasoned = await sita.post(`/case/${ref}/reply`, { ...form(),
		despite: "she rang us", at_once: "1" });
	check(reasoned.status === 303,
		`a reply with a reason: ${reasoned.status}`);
	check((await sita.get(`/case/${ref}`)).text.includes("she rang us"),
		"the case does not keep the reason");
	phone.off();
}

async function technicianSeesNoCase(lab, sita) {
	const { phone, ref } = await newCase(lab, sita);
	lab.addColleague("Tek", "technician");
	const tek = await clientOf(lab, "Tek");
	for (const path of [`/case/${ref}`, "/mine", "/queue/live", "/audit",
		`/case/${ref}/refer`, "/asides"]) {
		const answer = await tek.get(path);
		check(answer.status === 403 && !answer.text.includes(ref),
			`a technician gets ${path}: ${answer.status}`);
	}
	const answer = await tek.post(`/case/${ref}/claim`,
		{ token: await tek.token() });
	check(answer.status === 403, "a technician claims");
	lab.run("staff", "disable", "Tek", "--staff", STAFF,
		"--password-file", lab.passwordFile);
	check((await tek.get("/account")).status === 303,
		"who is disabled stays signed in");
	tek.end();
	phone.off();
}

/* -- bad luck ------------------------------------------------------------- */

async function twoClaimsAtOnce(lab, sita, ram) {
	const tokens = [await sita.token(), await ram.token()];
	for (let round = 0; round < CLAIM_ROUNDS; round++) {
		const { phone, ref } = await newCase(lab, sita);
		const answers = await Promise.all([sita, ram].map((who, i) =>
			who.post(`/case/${ref}/claim`, { token: tokens[i] })));
		const won = answers.filter((one) => one.status === 303).length;
		const lost = answers.filter((one) => one.status === 409).length;
		check(won === 1 && lost === 1, `claims at once: ${won} won`);
		phone.off();
	}
}

/* The desk is killed at a moment nobody chose; what its caseworker was told is
   sent, is sent; nothing is sent twice, and the trail is whole. */
async function aDeskThatDies(lab) {
	for (let round = 0; round < DEATHS; round++) {
		const sita = await clientOf(lab);
		const { phone, ref } = await newCase(lab, sita);
		const token = await sita.token();
		await sita.post(`/case/${ref}/claim`, { token });
		const page = (await sita.get(`/case/${ref}`)).text;
		const form = { token, once: hidden(page, "once"),
			seen: hidden(page, "seen"), reply: `dying ${ref}` };
		const sent = sita.post(`/case/${ref}/reply`, form)
			.then((answer) => answer.status, () => 0);
		await pause(round);
		await lab.end(lab.desk, "SIGKILL");
		const status = await sent;
		sita.end();
		await lab.startDesk();
		const again = await clientOf(lab);
		const retried = await again.post(`/case/${ref}/reply`,
			{ ...form, token: await again.token() });
		check([303, 409].includes(retried.status) &&
			(status !== 303 || retried.status === 409),
			`told ${status}, then ${retried.status}`);
		check(await phone.hears(`dying ${ref}`), "the reply is lost");
		await pause(300);
		check(phone.heard.filter((one) => one.includes("dying")).length === 1,
			"the reply went twice");
		again.end();
		phone.off();
	}
	check(lab.run("audit", "verify", "--staff", STAFF, "--password-file",
		lab.passwordFile) !== "", "the trail is broken");
}

/* -- all of it ------------------------------------------------------------ */

async function prove(lab) {
	const slow = [1, 2, 3].map(() => slowSender(lab));
	lab.addColleague("Ram");
	const sita = await clientOf(lab);
	const ram = await clientOf(lab, "Ram");
	theDeskHasGivenUpWhatItNeverNeeds(lab);
	await strangersLearnNothing(lab);
	await foreignHostsAndOriginsAreRefused(lab, sita);
	await hugeFormsAreRefused(lab, sita);
	await cookiesOfOthersDoNothing(lab, sita, ram);
	await signingOutIsTheEnd(lab);
	await formsSentAgainDoNothing(lab, sita);
	await markupAndHiddenMarksAreShown(lab, sita);
	await whatIsNotSafeNeedsAReason(lab, sita);
	await technicianSeesNoCase(lab, sita);
	await twoClaimsAtOnce(lab, sita, ram);
	for (const seconds of await Promise.all(slow))
		check(seconds < SLOW_S - 2, `a slow sender stays ${seconds} s`);
	await aDeskThatDies(lab);
	const last = await clientOf(lab);
	await wrongPasswordsCostLittle(lab, last);
	for (const client of [sita, ram, last])
		client.end();
}

const lab = await Lab.open(process.env.WAYMARK_PROGRAM);
/* What the kernel does not let the desk forbid itself is told at this level. */
lab.configure('level = "notice"', 'level = "info"');
try {
	await lab.startHub();
	await lab.startDesk();
	await prove(lab);
	check(await lab.end(lab.desk) === 0,
		`the desk did not end cleanly: ${lab.desk.said}`);
} catch (error) {
	failed++;
	console.log(`FAILED: ${error.stack}\n${lab.desk?.said}`);
}
await lab.close();
console.log(`${passed} passed, ${failed} failed`);
/* Whatever still runs must not hold up the others. */
process.exit(failed === 0 ? 0 : 1);
