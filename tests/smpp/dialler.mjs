// A phone in a USSD session, by a message centre.
import { until } from "../web/lab.mjs";
import { check } from "./helpline.mjs";

export const DIALLED = 1;
const PAGE = 2;
const LAST = 17;
export const OTHER_LAST = 0x17;
export const TYPED = 18;
export const ABORTED = 0x81;
const SEPTETS_MOST = 182;
const UCS2_MOST = 80;
export const PAGES_MOST = 12;

export class Dialler {
	constructor(centre, caller, session, last = LAST) {
		Object.assign(this, { centre, caller, session, last });
		this.step = 0;
	}

	/* The session as this centre names it. */
	name() {
		return this.last === LAST
			? { its_session_info: Buffer.from([this.session,
				this.step++ << 1]) }
			: { user_message_reference: this.session };
	}

	async say(op, words, more = {}) {
		const since = this.centre.submitted.length;
		await this.centre.deliver(this.caller, words,
			{ ussd_service_op: op, ...this.name(), ...more });
		return since;
	}

	async page(since) {
		const pdu = await until(`${this.caller} reads a page`, () =>
			this.centre.submitted.slice(since).find((one) =>
				one.destination_addr === this.caller));
		check(pdu.ussd_service_op === PAGE ||
			pdu.ussd_service_op === this.last, "neither page nor end");
		this.shown = pdu.short_message.message;
		this.isOver = pdu.ussd_service_op === this.last;
		check(this.shown.length <=
			(pdu.data_coding === 8 ? UCS2_MOST : SEPTETS_MOST),
		`a page of ${this.shown.length}`);
		if (this.last === LAST) {
			check(pdu.its_session_info[0] === this.session,
				"of another session");
			check((pdu.its_session_info[1] & 1) === (this.isOver ? 1 : 0),
				"the end is not marked");
		} else {
			check(pdu.user_message_reference === this.session,
				"of another session");
		}
		return this.shown;
	}

	async dial() {
		return this.page(await this.say(DIALLED, "*384#"));
	}

	async type(words) {
		return this.page(await this.say(TYPED, words));
	}

	/* Pages on with 9 until these words are shown. */
	async find(words) {
		for (let i = 0; i < PAGES_MOST && !this.shown.includes(words) &&
			this.shown.includes("9 ") && !this.isOver; i++)
			await this.type("9");
		check(this.shown.includes(words),
			`'${words}' is not in '${this.shown}'`);
	}
}

export const ENGLISH = [
	["HELP", "HELP"], ["safe for you to text", "1"],
	["we keep your answers", "1"], ["danger right now", "2"],
	["Who needs help", "1"], ["under 18", "2"],
	["help is needed most", "2"], ["Which country", "Qatar"],
	["contact you", "1"], ["When is it safe", "3"], ["code word", "mango"],
	["name can we call", "Rita"],
];

export const NEPALI = [
	["HELP", "मद्दत"], ["सुरक्षित छ?", "१"], ["हाम्रा सहयोगीले मात्र", "हो"],
	["खतरामा", "२"], ["मद्दत कसलाई", "१"], ["18 वर्ष", "२"],
	["के चाहिन्छ?", "२"], ["कुन देश?", "कतार"], ["कसरी सम्पर्क", "१"],
	["कुन बेला", "३"], ["गोप्य शब्द", "आँप"], ["के नामले", "रीता"],
];

export async function walk(dialler, steps, thanks) {
	await dialler.dial();
	for (const [words, answer] of steps) {
		await dialler.find(words);
		await dialler.type(answer);
	}
	await dialler.find(thanks);
	check(dialler.isOver, "the session goes on after the end");
}
