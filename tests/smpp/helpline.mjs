// A helpline with a line by a message centre, run by the real program.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Lab, until } from "../web/lab.mjs";
import { Centre, PASSWORD, SYSTEM_ID, freePort } from "./centre.mjs";

const PROGRAM = process.env.WAYMARK_PROGRAM;

let callers = 0;

export class Failure extends Error {}

export function check(holds, what) {
	if (!holds)
		throw new Failure(what);
}

export const newCaller = () => `97798410${String(10000 + callers++)}`;

export class Helpline {
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
