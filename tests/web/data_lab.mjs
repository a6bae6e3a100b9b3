// A helpline with something on every page of the desk: a case, partners, counts
// of a quarter, a message set aside, an erasure that waits.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Client } from "./client.mjs";
import { PASSWORD, STAFF, until } from "./lab.mjs";
import { openLab } from "./proofs.mjs";

export const COLLEAGUE = "Ram";
export const TECHNICIAN = "Tara";
export const PARTNER = "Safe House";

const WEEKS = 13;
const DAY_MS = 86400 * 1000;

/* The ISO week, "2026-W47", of a moment so many weeks ago. */
export function weekOf(weeksAgo) {
	const day = new Date(Date.now() - weeksAgo * 7 * DAY_MS);
	day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
	const first = Date.UTC(day.getUTCFullYear(), 0, 1);
	const week = Math.ceil(((day - first) / DAY_MS + 1) / 7);
	return `${day.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

export function sql(lab, statement) {
	return execFileSync("sqlite3", ["-cmd", ".timeout 10000",
		join(lab.helpline, "waymark.db"), statement],
		{ encoding: "utf8" });
}

/* Counts as a quarter makes them: enough people to be shown. */
export function countPeople(lab) {
	for (let ago = 1; ago <= WEEKS; ago++)
		for (const [what, first, people] of [
			["request", "high", 14 + (ago % 4)],
			["request", "now", ago === 2 ? 31 : 6],
			["sign", "papers_kept", 12 + (ago % 3)],
			["recruiter", "NP/892-067-068", 8]])
			sql(lab, "INSERT INTO tallies (week, corridor, what," +
			    " first, second, third, count, callers," +
			    ` new_callers) VALUES ('${weekOf(ago)}',` +
			    ` 'nepal-gulf', '${what}', '${first}',` +
			    ` '${what === "request" ? "help" : ""}',` +
			    ` '${what === "request" ? "ne" : ""}',` +
			    ` ${people}, ${people}, ${people})`);
}

function countAside(lab) {
	return Number(sql(lab,
		"SELECT count(*) FROM journal WHERE state = 'aside'"));
}

/* A message that cannot be handled five times, with growing pauses: the store
   takes no help request meanwhile. */
export async function setAside(lab) {
	sql(lab, "CREATE TRIGGER trouble BEFORE INSERT ON requests" +
	    " BEGIN SELECT RAISE(ABORT, 'trouble'); END");
	const phone = lab.phone("+9779830000099");
	phone.write("HELP papers");
	for (let i = 0; i < 4 && countAside(lab) === 0; i++)
		await until("a message is set aside",
			() => countAside(lab) > 0).catch(() => {});
	phone.off();
	sql(lab, "DROP TRIGGER trouble");
}

export async function openDataLab() {
	const lab = await openLab();
	lab.addColleague(COLLEAGUE);
	lab.addColleague(TECHNICIAN, "technician");
	lab.addPartner(PARTNER);
	countPeople(lab);
	return lab;
}

/* A new case of somebody's, claimed: its reference. */
export async function claimedCase(lab, number, client) {
	const before = refs(await client.get("/?most=1000"));
	(await lab.askForHelp(number)).off();
	const ref = refs(await client.get("/?most=1000"))
		.find((one) => !before.includes(one));
	await client.post(`/case/${ref}/claim`,
		{ token: await client.token() });
	return ref;
}

function refs(answer) {
	return [...answer.text.matchAll(/\/case\/([A-Z0-9]{5})/g)]
		.map((match) => match[1]);
}

export async function clientOf(lab, name = STAFF) {
	const client = new Client(lab);
	await client.signIn(name, PASSWORD);
	return client;
}

/* One of each on every page; the case's reference. */
export async function fillPages(lab) {
	const sita = await clientOf(lab);
	const other = await claimedCase(lab, "+9779830000002", sita);
	await setAside(lab);
	const token = await sita.token();
	await sita.post(`/case/${other}/erase`, { token, step: "ask",
		reason: "She asked us to, by voice." });
	const ref = await claimedCase(lab, "+9779830000001", sita);
	await sita.post(`/case/${ref}/facts`, { token,
		field: "vic_MethodsOfControl", value: "WithholdsDocuments" });
	await sita.post(`/case/${ref}/note`, { token, note: "Call on Monday." });
	await sita.post(`/case/${ref}/label`, { token, label: "papers" });
	await sita.post("/exports/tallies", { token, from: weekOf(6),
		to: weekOf(3) });
	sita.end();
	return ref;
}
