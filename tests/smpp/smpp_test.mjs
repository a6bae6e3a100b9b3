// The line by a message centre, run by the real program against node-smpp.
import { pause, until } from "../web/lab.mjs";
import { OK, SYSTEM_ID, THROTTLED } from "./centre.mjs";
import { ABORTED, DIALLED, Dialler, ENGLISH, NEPALI, OTHER_LAST, PAGES_MOST,
	TYPED, walk } from "./dialler.mjs";
import { Failure, Helpline, check, newCaller } from "./helpline.mjs";

const QUIET_MS = 700;

let passed = 0;
let failed = 0;

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

/* The centre never sees our answer, our process dies, and the centre brings
 * the text again to the next one. */
async function what_comes_once_more_after_our_own_death_is_known(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const rows = helpline.count("SELECT count(*) FROM journal");
	const since = centre.submitted.length;

	centre.dropsAnswers = true;
	void centre.deliver(caller, "HELP");
	await centre.text(caller, since, "safe for you to text");
	centre.dropsAnswers = false;
	const binds = centre.binds;
	process.kill(helpline.process(), "SIGKILL");
	await until("it binds anew", () => centre.binds > binds && centre.session);
	check(await centre.deliver(caller, "HELP") === OK, "it was not answered");
	await pause(QUIET_MS);
	check(helpline.count("SELECT count(*) FROM journal") === rows + 1,
		"it stands in the journal twice");
	check(centre.texts(caller, since).length === 1, "it was answered twice");
	/* But who says the same again is heard again. */
	await centre.deliver(caller, "HELP");
	await until("it is heard", () =>
		helpline.count("SELECT count(*) FROM journal") === rows + 2);
}

async function a_receipt_is_told_as_a_hint(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;

	centre.receipts = true;
	await centre.deliver(caller, "HELP");
	await centre.text(caller, since, "safe for you to text");
	check(centre.submitted.slice(since)
		.every((pdu) => (pdu.registered_delivery & 1) === 1),
	"no receipt was asked for");
	await until("it is known to be delivered", () => helpline.count(
		"SELECT count(*) FROM outbox WHERE report = 'delivered'") === 1);
	centre.receipts = false;
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

async function half_a_text_goes_on_with_its_second_part(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;

	/* The first part is taken, the next refused for now. */
	centre.answer = (pdu) =>
		pdu.short_message.udh?.[0][4] > 1 ? THROTTLED : OK;
	await centre.deliver(caller, "मद्दत");
	await until("the second part is refused",
		() => centre.texts(caller, since).length === 2);
	await until("it goes on from there", () => helpline.count(
		"SELECT count(*) FROM outbox WHERE state = 'queued'" +
		" AND first_part = 2") === 1);
	centre.answer = () => OK;
}

async function what_is_refused_for_good_is_not_tried_again(helpline) {
	const BAD_DESTINATION = 0x0b;
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;
	const failures = () => helpline.count(
		"SELECT count(*) FROM outbox WHERE state = 'failed'");
	const before = failures();

	centre.answer = () => BAD_DESTINATION;
	await centre.deliver(caller, "HELP");
	await until("it counts as failed", () => failures() === before + 1);
	centre.answer = () => OK;
	check(centre.texts(caller, since).length === 1, "it was tried again");
}

async function a_link_out_of_step_is_made_anew(helpline) {
	const { centre } = helpline;
	const binds = centre.binds;
	const caller = newCaller();
	centre.session.socket.write(Buffer.from([0, 0, 0, 5, 1, 2, 3, 4]));
	await until("the line binds anew", () => centre.binds > binds);
	await centre.bound();
	check(await centre.deliver(caller, "HELP") === OK, "nobody listens");
}

async function nothing_is_lost_or_doubled_while_the_centre_keeps_dying(helpline) {
	const CALLERS = 200;
	const DEATHS = 4;
	const { centre } = helpline;
	const waiting = new Set();
	const since = centre.submitted.length;
	await helpline.settled();
	const rows = helpline.count("SELECT count(*) FROM journal");
	const answers = helpline.count("SELECT count(*) FROM outbox");
	const bring = () => waiting.forEach((caller) =>
		void centre.deliver(caller, "HELP")
			.then(() => waiting.delete(caller)));

	for (let i = 0; i < CALLERS; i++)
		waiting.add(newCaller());
	const callers = [...waiting];
	for (let death = 0; death < DEATHS; death++) {
		const before = waiting.size;
		bring();
		await until("some are answered", () => waiting.size < before ||
			waiting.size === 0);
		await centre.kill();
		await pause(death * 30);
		await centre.start();
		await centre.bound();
	}
	bring();
	await until("all are answered", () => waiting.size === 0);
	await helpline.settled();
	check(helpline.count("SELECT count(*) FROM journal") === rows + CALLERS,
		"the journal has too few or too many");
	check(helpline.count("SELECT count(*) FROM outbox") ===
		answers + CALLERS, "too few or too many answers");
	check(callers.every((caller) => centre.texts(caller, since).length <= 1),
		"somebody reads an answer twice");
	const unread = callers.filter((caller) =>
		centre.texts(caller, since).length === 0).length;
	check(unread <= helpline.count("SELECT count(*) FROM outbox" +
		" WHERE state = 'unsure'"), "an answer that nobody read is not unsure");
}

async function the_line_dies_and_what_it_had_is_unsure(helpline) {
	const { centre } = helpline;
	const caller = newCaller();
	const since = centre.submitted.length;
	const unsure = () => helpline.count(
		"SELECT count(*) FROM outbox WHERE state = 'unsure'");
	const before = unsure();
	const binds = centre.binds;

	centre.answer = () => undefined;
	await centre.deliver(caller, "HELP");
	await until("it is submitted", () => centre.submitted.length > since);
	process.kill(helpline.process(), "SIGKILL");
	await until("it counts as unsure", () => unsure() === before + 1);
	centre.answer = () => OK;
	await until("the line binds anew", () => centre.binds > binds);
	await pause(QUIET_MS);
	check(centre.texts(caller, since).length === 1, "it was sent twice");
}

/* -- dialled codes --------------------------------------------------------- */

async function a_caller_dials_and_walks_to_a_help_request(helpline) {
	const requests = () => helpline.count("SELECT count(*) FROM requests");
	const texts = () => helpline.count("SELECT count(*) FROM outbox");
	await helpline.settled();
	const before = requests();
	const sent = texts();

	await walk(new Dialler(helpline.centre, newCaller(), 7), ENGLISH,
		"Thank you. Your number is");
	await walk(new Dialler(helpline.centre, newCaller(), 7), NEPALI,
		"धन्यवाद");
	check(requests() === before + 2, "not two requests");
	check(texts() === sent, "something of a session went to the outbox");
}

async function who_falls_out_dials_again_and_goes_on(helpline) {
	const caller = newCaller();
	const first = new Dialler(helpline.centre, caller, 8);
	await first.dial();
	await first.find("HELP");
	await first.type("HELP");
	await first.find("safe for you to text");
	await first.type("1");
	await first.find("we keep your answers");
	await helpline.centre.kill();
	await helpline.centre.start();
	await helpline.centre.bound();
	const second = new Dialler(helpline.centre, caller, 9);
	await second.dial();
	check(second.shown.includes("Continue"), `'${second.shown}'`);
	await second.type("1");
	await second.find("we keep your answers");
	/* The number is the caller's, the session somebody else's. */
	const since = await new Dialler(helpline.centre, caller, 10)
		.say(TYPED, "1");
	await pause(QUIET_MS);
	check(helpline.centre.texts(caller, since).length === 0,
		"a session that is not open was answered");
}

async function another_code_is_not_ours(helpline) {
	const dialler = new Dialler(helpline.centre, newCaller(), 11);
	const BAD_DESTINATION = 0x0b;
	const since = helpline.centre.submitted.length;
	const status = await helpline.centre.deliver(dialler.caller, "*99#", {
		destination_addr: "*99#", ussd_service_op: DIALLED,
		...dialler.name() });
	check(status === BAD_DESTINATION, `it was answered by ${status}`);
	await pause(QUIET_MS);
	check(helpline.centre.texts(dialler.caller, since).length === 0,
		"another's code was answered");
}

async function sessions_begun_and_dropped_hold_nobody_up(helpline) {
	const DROPPED = 2000;
	const { centre } = helpline;
	const since = centre.submitted.length;
	const callers = Array.from({ length: DROPPED }, newCaller);
	await Promise.all(callers.map((caller) => centre.deliver(caller,
		"*384#", { ussd_service_op: DIALLED,
			its_session_info: Buffer.from([1, 0]) })));
	const dialler = new Dialler(centre, newCaller(), 12);
	await dialler.dial();
	await dialler.find("HELP");
	await until("everybody reads a page", () => new Set(
		centre.submitted.slice(since)
			.map((pdu) => pdu.destination_addr)).size === DROPPED + 1);
	check(centre.submitted.length - since <= DROPPED + 1 + PAGES_MOST,
		"somebody reads more than a page");
}

/* -- another centre's ways ------------------------------------------------- */

async function another_centres_codes_and_fields_are_spoken(helpline) {
	const dialler =
		new Dialler(helpline.centre, newCaller(), 4711, OTHER_LAST);
	/* The code stands in the address, the text is empty. */
	await dialler.page(await dialler.say(DIALLED, "",
		{ destination_addr: "*384#" }));
	await dialler.find("HELP");
	await dialler.type("HELP");
	await dialler.find("safe for you to text");
	check(helpline.centre.submitted.at(-1).source_addr === "*384#",
		"the answer is not from the code that was dialled");
	/* They hang up: what is typed then is nobody's. */
	await dialler.say(ABORTED, "");
	const since = await dialler.say(TYPED, "1");
	await pause(QUIET_MS);
	check(helpline.centre.texts(dialler.caller, since).length === 0,
		"a session that was ended was answered");
}

async function who_does_not_answer_reads_a_closing_page(helpline) {
	const dialler =
		new Dialler(helpline.centre, newCaller(), 4712, OTHER_LAST);
	await dialler.dial();
	check(!dialler.isOver, "it ended at once");
	await dialler.page(helpline.centre.submitted.length);
	check(dialler.isOver && dialler.shown.includes("dial again"),
		`'${dialler.shown}'`);
}

async function a_wrong_password_is_told_and_not_tried_at_once_again() {
	const helpline = await Helpline.open("");
	try {
		await helpline.centre.bound();
		await helpline.lab.end(helpline.lab.hub);
		helpline.tellPassword("another one");
		const binds = helpline.centre.binds;
		await helpline.lab.startHub();
		await until("somebody is called", () => helpline.lab.hub.said
			.includes("needs a hand: the message centre refuses the" +
				" password"));
		check(helpline.lab.run("status").includes("NOT IN THE NETWORK"),
			"the line counts as up");
		await pause(2 * QUIET_MS);
		check(helpline.centre.binds === binds + 1,
			"the centre was asked again and again");
		check(!helpline.lab.hub.said.includes("another one"),
			"the password stands in the log");
	} finally {
		await helpline.close();
	}
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
	nothing_is_lost_or_doubled_while_the_centre_keeps_dying,
	the_line_dies_and_what_it_had_is_unsure,
	what_comes_once_more_after_our_own_death_is_known,
	a_caller_dials_and_walks_to_a_help_request,
	who_falls_out_dials_again_and_goes_on,
	another_code_is_not_ours,
	sessions_begun_and_dropped_hold_nobody_up,
	what_is_refused_for_good_is_not_tried_again,
	a_link_out_of_step_is_made_anew,
	/* Last: they leave something in the queue. */
	a_busy_centre_is_asked_again_later,
	half_a_text_goes_on_with_its_second_part,
];

/* On a helpline whose centre has ways of its own. */
const OTHER_SETTINGS = 'ops = "1 2 0x17 18"; idle_s = 5; receipts = true; ' +
	'session = "user_message_reference";';
const OTHER_PROOFS = [
	another_centres_codes_and_fields_are_spoken,
	who_does_not_answer_reads_a_closing_page,
	a_receipt_is_told_as_a_hint,
	a_wrong_password_is_told_and_not_tried_at_once_again,
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

async function proveAll(proofs, settings) {
	const wanted = process.argv[2] ?? "";
	const chosen = proofs.filter((proof) => proof.name.includes(wanted));
	if (chosen.length === 0)
		return;
	const before = failed;
	const helpline = await Helpline.open(settings);
	try {
		await helpline.centre.bound();
		for (const proof of chosen)
			await prove(proof, helpline);
	} finally {
		if (failed > before)
			console.log(helpline.lab.hub.said);
		await helpline.close();
	}
}

async function run() {
	await proveAll(PROOFS, "");
	await proveAll(OTHER_PROOFS, OTHER_SETTINGS);
	console.log(`${passed} passed, ${failed} failed`);
	process.exit(failed > 0 ? 1 : 0);
}

await run();
