// A phone that stays on: speaks to the demo line as gateway/text/phone_wire.h
// says.
import { connect } from "node:net";

const QUIET_MS = 150;
const PATIENCE_MS = 60000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Phone {
	constructor(socketPath, number) {
		this.number = number;
		this.heard = [];
		this.rest = "";
		this.socket = connect(socketPath);
		this.socket.setEncoding("utf8");
		this.socket.on("data", (data) => this.take(data));
		this.socket.write(`on\t${number}\n`);
	}

	take(data) {
		const lines = (this.rest + data).split("\n");
		this.rest = lines.pop();
		for (const line of lines) {
			const [kind, , text] = line.split("\t");
			if (kind === "sms")
				this.heard.push(text.replaceAll("\\n", "\n")
					.replaceAll("\\t", "\t")
					.replaceAll("\\\\", "\\"));
		}
	}

	write(text) {
		this.socket.write(`sms\t${this.number}\t${text}\n`);
	}

	/* Waits until a text with these words has come. */
	async hears(words) {
		const end = Date.now() + PATIENCE_MS;
		while (!this.heard.some((text) => text.includes(words))) {
			if (Date.now() > end)
				return false;
			await pause(50);
		}
		return true;
	}

	/* Writes and waits for the answer, which may be of several texts. */
	async ask(text) {
		const before = this.heard.length;
		const end = Date.now() + PATIENCE_MS;
		this.write(text);
		while (this.heard.length === before) {
			if (Date.now() > end)
				throw new Error(`no answer to '${text}'`);
			await pause(20);
		}
		await pause(QUIET_MS);
		return this.heard.slice(before).join("\n");
	}

	off() {
		this.socket.destroy();
	}
}
