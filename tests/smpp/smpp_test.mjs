// The line by a message centre, run by the real program against node-smpp.
import { spawnSync, execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Lab, pause, until } from "../web/lab.mjs";
import { Centre, OK, PASSWORD, SYSTEM_ID, THROTTLED, freePort }
	from "./centre.mjs";

const PROGRAM = process.env.WAYMARK_PROGRAM;
const QUIET_MS = 700;

let passed = 0;
let failed = 0;
let callers = 0;

class Failure extends Error {}

function check(holds, what) {
	if (!holds)
		throw new Failure(what);
}

const newCaller = () => `97798410${String(10000 + callers++)}`;

/* -- a helpline ------------------------------------------------------------ */

class Helpline {
	static async open(settings = "") {
		const helpline = new Helpline();
		helpline.lab = await Lab.open(PROGRAM);
		helpline.centre = new Centre(await freePort());
		helpline.password = join(helpline.lab.folder, "centre-password");
		helpline.tellPassword(PASSWORD);
		helpline.lab.configure("lines = (\n", "lines = (\n" +
			' { name = "operator"; kind = "smpp"; address = ' +
			`"127.0.0.1:${helpline.centre.port}"; ` +
			`system_id = "${SYSTEM_ID}"; password_file = ` +
			`"${helpline.password}"; source = "384"; ` +
			`code = "*384#"; corridor = "nepal-gulf"; ${settings} },\n`);
		await helpline.centre.start();
		await helpline.lab.startHub();
		return helpline;
	}

	tellPassword(words) {
		writeFileSync(this.password, words + "\n");
		chmodSync(this.password, 0o600);
	}

	query(sql) {
		return execFileSync("sqlite3", ["-readonly", "-cmd",
			".timeout 5000", join(this.lab.helpline, "waymark.db"), sql],
		{ encoding: "utf8" }).trim();
	}

	count(sql) {
		return Number(this.query(sql));
	}

	async settled() {
		await until("nothing is on its way", () => this.count(
			"SELECT count(*) FROM outbox WHERE state IN" +
			" ('queued', 'sending')") === 0 && this.count(
			"SELECT count(*) FROM journal WHERE state = 'waiting'") === 0);
	}

	/* The pid of the line's own process. */
	process() {
		const found = spawnSync("pgrep",
			["-P", String(this.lab.hub.pid), "-f", "line smpp"],
			{ encoding: "utf8" });
		return Number(found.stdout.trim());
	}

	async close() {
		await this.centre.close();
		await this.lab.close();
	}
}

/* -- proofs ---------------------------------------------------------------- */

async function it_binds_as_it_was_told({ centre }) {
	await centre.bound();
	check(centre.bind.interface_version === 0x34, "not version 3.4");
	check(centre.bind.system_id === SYSTEM_ID, "not its system_id");
}

async function a_text_comes_in_and_its_answer_leaves(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;
	const status = await centre.deliver(caller, "HELP");

	check(status === OK, `the text was answered by ${status}`);
	await centre.text(caller, since, "safe for you to text");
	const [pdu] = centre.submitted.slice(since);
	check(pdu.source_addr === "384", "not from our own address");
	check(pdu.dest_addr_ton === 1 && pdu.dest_addr_npi === 1,
		"not to an international number");
	await helpline.settled();
	check(helpline.count("SELECT count(*) FROM outbox WHERE state <> 'sent'")
		=== 0, "an answer does not count as sent");
}

async function a_long_text_leaves_in_joined_parts(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;
	await centre.deliver(caller, "मद्दत");

	await centre.text(caller, since, "सुरक्षित छ?");
	await helpline.settled();
	const pdus = centre.submitted.slice(since)
		.filter((pdu) => pdu.destination_addr === caller);
	check(pdus.length > 1, "it has one part only");
	const headers = pdus.map((pdu) => pdu.short_message.udh[0]);
	check(pdus.every((pdu) => (pdu.esm_class & 0x40) !== 0 &&
		pdu.data_coding === 8), "a part without a header, or not UCS-2");
	check(headers.every((header, i) => header[0] === 0 &&
		header[2] === headers[0][2] && header[3] === pdus.length &&
		header[4] === i + 1), "the parts are not of one text, in order");
}

async function parts_are_joined_by_header_or_by_fields(helpline) {
	const { centre } = helpline;
	const one = newCaller();
	const other = newCaller();
	const since = centre.submitted.length;
	const header = (part) => Buffer.from([5, 0, 3, 77, 2, part]);
	const fields = (part) => ({ sar_msg_ref_num: 9001,
		sar_total_segments: 2, sar_segment_seqnum: part });

	/* The later part first. */
	await centre.deliver(one, { udh: header(2), message: "LP" });
	await centre.deliver(other, "LP", fields(2));
	await pause(QUIET_MS);
	check(centre.texts(one, since).length === 0 &&
		centre.texts(other, since).length === 0, "half a text was answered");
	await centre.deliver(one, { udh: header(1), message: "HE" });
	await centre.deliver(other, "HE", fields(1));
	await centre.text(one, since, "safe for you to text");
	await centre.text(other, since, "safe for you to text");
}

async function a_receipt_is_no_text(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;
	await helpline.settled();
	const rows = helpline.count("SELECT count(*) FROM journal");

	centre.receipts = true;
	await centre.deliver(caller, "HELP");
	await centre.text(caller, since, "safe for you to text");
	await helpline.settled();
	await pause(QUIET_MS);
	centre.receipts = false;
	check(helpline.count("SELECT count(*) FROM journal") === rows + 1,
		"a receipt stands in the journal");
}

async function what_it_does_not_know_is_refused(helpline) {
	const { centre } = helpline;
	const nacked = centre.nacked;
	centre.session.query_sm({ message_id: "1", source_addr: "1" });
	await until("the unknown is refused", () => centre.nacked > nacked);
	check(centre.session !== undefined, "the link is gone");
}

async function a_busy_centre_is_asked_again_later(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;

	centre.answer = () => THROTTLED;
	await centre.deliver(caller, "HELP");
	await until("it was refused once",
		() => centre.submitted.length > since);
	await until("it waits for another try", () => helpline.count(
		"SELECT count(*) FROM outbox WHERE state = 'queued' AND tries > 0")
		=== 1);
	centre.answer = () => OK;
}

async function what_is_in_flight_when_the_link_dies_is_unsure(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;
	const binds = centre.binds;

	centre.answer = () => undefined;
	await centre.deliver(caller, "HELP");
	await until("it is submitted", () => centre.submitted.length > since);
	await centre.kill();
	await until("it counts as unsure", () => helpline.count(
		"SELECT count(*) FROM outbox WHERE state = 'unsure'") === 1);
	centre.answer = () => OK;
	await centre.start();
	await centre.bound();
	check(centre.binds > binds, "it did not bind anew");
	await pause(QUIET_MS);
	check(centre.texts(caller, since).length === 1, "it was sent twice");
	/* And life goes on. */
	const next = newCaller();
	await centre.deliver(next, "HELP");
	await centre.text(next, since, "safe for you to text");
}

async function what_the_hub_does_not_have_is_not_answered(helpline) {
	const { centre, lab } = helpline;
	const caller = newCaller();
	const rows = helpline.count("SELECT count(*) FROM journal");
	let status;

	process.kill(lab.hub.pid, "SIGSTOP");
	void centre.deliver(caller, "HELP").then((given) => { status = given; });
	await pause(QUIET_MS);
	check(status === undefined, "answered before the hub had it");
	/* The centre loses the link and brings it once more. */
	await centre.kill();
	await centre.start();
	await centre.bound();
	void centre.deliver(caller, "HELP").then((given) => { status = given; });
	await pause(QUIET_MS);
	check(status === undefined, "answered before the hub had it");
	process.kill(lab.hub.pid, "SIGCONT");
	await until("it is answered", () => status === OK);
	await helpline.settled();
	await pause(QUIET_MS);
	check(helpline.count("SELECT count(*) FROM journal") === rows + 1,
		"it stands in the journal twice");
}

async function what_comes_once_more_after_a_death_is_known(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	await helpline.settled();
	const rows = helpline.count("SELECT count(*) FROM journal");

	void centre.deliver(caller, "HELP");
	await until("the hub has it", () =>
		helpline.count("SELECT count(*) FROM journal") === rows + 1);
	/* Whether the answer came through, the centre does not know any more. */
	await centre.kill();
	await centre.start();
	await centre.bound();
	check(await centre.deliver(caller, "HELP") === OK, "it was not answered");
	await helpline.settled();
	await pause(QUIET_MS);
	check(helpline.count("SELECT count(*) FROM journal") === rows + 1,
		"it stands in the journal twice");
}

async function the_same_words_twice_are_two_texts(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	await helpline.settled();
	const rows = helpline.count("SELECT count(*) FROM journal");
	await centre.deliver(caller, "HELP");
	await centre.deliver(caller, "HELP");
	await helpline.settled();
	check(helpline.count("SELECT count(*) FROM journal") === rows + 2,
		"one of them is missing");
}

const PROOFS = [
	it_binds_as_it_was_told,
	a_text_comes_in_and_its_answer_leaves,
	a_long_text_leaves_in_joined_parts,
	parts_are_joined_by_header_or_by_fields,
	a_receipt_is_no_text,
	what_it_does_not_know_is_refused,
	the_same_words_twice_are_two_texts,
	what_is_in_flight_when_the_link_dies_is_unsure,
	what_the_hub_does_not_have_is_not_answered,
	what_comes_once_more_after_a_death_is_known,
	a_busy_centre_is_asked_again_later,
];

/* -- running --------------------------------------------------------------- */

async function prove(proof, helpline) {
	try {
		await proof(helpline);
		passed++;
	} catch (error) {
		failed++;
		console.log(`FAILED: ${proof.name}: ` +
			(error instanceof Failure ? error.message : error.stack));
	}
}

async function run() {
	const wanted = process.argv[2] ?? "";
	const helpline = await Helpline.open();
	try {
		for (const proof of PROOFS)
			if (proof.name.includes(wanted))
				await prove(proof, helpline);
	} finally {
		if (failed > 0)
			console.log(helpline.lab.hub.said);
		await helpline.close();
	}
	console.log(`${passed} passed, ${failed} failed`);
	process.exit(failed > 0 ? 1 : 0);
}

await run();
