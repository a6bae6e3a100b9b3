// A message centre: node-smpp, with a memory of what was submitted to it.
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { until } from "../web/lab.mjs";

/* Installed outside the sources. */
const smpp = createRequire(process.env.SMPP_FOLDER + "/")("smpp");

export const OK = 0;
export const THROTTLED = 0x58;
const BIND_FAILED_PASSWORD = 0x0e;
const RECEIPT = 0x04;
const DELIVERED = 2;

export const SYSTEM_ID = "helpline";
export const PASSWORD = "s3cretpw";

export function freePort() {
	return new Promise((resolve) => {
		const server = createServer();
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

export class Centre {
	constructor(port) {
		this.port = port;
		this.submitted = [];
		this.nacked = 0;
		this.binds = 0;
		this.session = undefined;
		/* What a submit_sm is answered with; undefined: nothing. */
		this.answer = () => OK;
		this.receipts = false;
		/* Answers of ours are lost on their way. */
		this.dropsAnswers = false;
	}

	start() {
		this.server = smpp.createServer((session) => this.serve(session));
		return new Promise((resolve) =>
			this.server.listen(this.port, "127.0.0.1", resolve));
	}

	serve(session) {
		this.last = session;
		session.on("error", () => {});
		session.on("close", () => {
			if (this.session === session)
				this.session = undefined;
		});
		session.on("bind_transceiver", (pdu) => {
			this.binds++;
			this.bind = pdu;
			if (pdu.system_id !== SYSTEM_ID ||
				pdu.password !== PASSWORD) {
				session.send(pdu.response({
					command_status: BIND_FAILED_PASSWORD }));
				return;
			}
			session.send(pdu.response({ system_id: "centre" }));
			this.session = session;
		});
		session.on("enquire_link", (pdu) => session.send(pdu.response()));
		session.on("unbind", (pdu) => {
			session.send(pdu.response());
			session.close();
		});
		session.on("generic_nack", () => { this.nacked++; });
		session.on("submit_sm", (pdu) => this.take(session, pdu));
	}

	take(session, pdu) {
		const status = this.answer(pdu);
		const id = `m${this.submitted.length}`;
		this.submitted.push(pdu);
		if (status === undefined)
			return;
		session.send(pdu.response({
			command_status: status, message_id: status === OK ? id : "" }));
		if (this.receipts && status === OK)
			session.deliver_sm({
				source_addr: pdu.destination_addr,
				destination_addr: pdu.source_addr,
				esm_class: RECEIPT,
				short_message: `id:${id} sub:001 dlvrd:001 ` +
					"submit date:2601010000 done date:2601010000 " +
					"stat:DELIVRD err:000 text:",
				receipted_message_id: id,
				message_state: DELIVERED,
			});
	}

	bound() {
		return until("the line binds", () => this.session);
	}

	/* A message from a phone; its answer's status, when there is one. */
	deliver(from, words, more = {}) {
		const session = this.session;
		return new Promise((resolve) => {
			session.deliver_sm({
				source_addr_ton: 1,
				source_addr_npi: 1,
				source_addr: from,
				destination_addr: "384",
				short_message: words,
				...more,
			}, (pdu) => {
				if (!this.dropsAnswers)
					resolve(pdu.command_status);
			});
		});
	}

	/* What was submitted to a number since, its parts joined. */
	texts(to, since = 0) {
		return this.submitted.slice(since)
			.filter((pdu) => pdu.destination_addr === to)
			.map((pdu) => pdu.short_message.message ??
				pdu.message_payload?.message ?? "");
	}

	async text(to, since, words) {
		await until(`${to} reads ${words}`,
			() => this.texts(to, since).join("").includes(words));
	}

	/* As if its machine lost power. */
	async kill() {
		const sessions = [...this.server.sessions];
		for (const session of sessions)
			session.socket.resetAndDestroy?.() ?? session.destroy();
		await new Promise((resolve) => this.server.close(resolve));
		this.session = undefined;
	}

	async close() {
		for (const session of [...this.server.sessions])
			session.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
