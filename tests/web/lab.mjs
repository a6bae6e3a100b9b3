// A helpline with its desk, run by the real program in a folder of its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, readFileSync, existsSync }
	from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";
import { Phone } from "./phone.mjs";

const PATIENCE_MS = 60000;

export const STAFF = "Sita";
export const PASSWORD = "a password for tests";

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* Waits until `look` gives something true, and gives it back. */
export async function until(what, look) {
	const end = Date.now() + PATIENCE_MS;
	for (;;) {
		const found = await look();
		if (found)
			return found;
		if (Date.now() > end)
			throw new Error(`waited in vain: ${what}`);
		await pause(50);
	}
}

function freePort() {
	return new Promise((resolve) => {
		const server = createServer();
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

export class Lab {
	static async open(program) {
		const lab = new Lab();
		lab.program = program;
		lab.folder = mkdtempSync(join(tmpdir(), "waymark-web-"));
		lab.helpline = join(lab.folder, "helpline");
		lab.config = join(lab.helpline, "waymark.conf");
		lab.passwordFile = join(lab.folder, "password");
		writeFileSync(lab.passwordFile, PASSWORD + "\n", { mode: 0o600 });
		lab.run("setup", lab.helpline, "--staff", STAFF,
			"--password-file", lab.passwordFile, "--recovery-file",
			join(lab.folder, "recovery"));
		lab.port = await freePort();
		lab.configure('listen = "127.0.0.1:8443"',
			`listen = "127.0.0.1:${lab.port}"`);
		lab.address = `https://127.0.0.1:${lab.port}`;
		return lab;
	}

	configure(from, to) {
		const text = readFileSync(this.config, "utf8");
		if (!text.includes(from))
			throw new Error(`the configuration has no ${from}`);
		writeFileSync(this.config, text.replace(from, to));
	}

	environment() {
		return { ...process.env, WAYMARK_CONFIG: this.config };
	}

	/* Runs a command; its standard output. */
	run(...words) {
		return execFileSync(this.program, words, {
			env: this.environment(), encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		});
	}

	spawn(...words) {
		const child = spawn(this.program, words, {
			env: this.environment(),
			stdio: ["ignore", "ignore", "pipe"],
		});
		child.said = "";
		child.stderr.on("data", (data) => { child.said += data; });
		return child;
	}

	async startHub() {
		this.hub = this.spawn("serve");
		await until("the demo line listens",
			() => existsSync(join(this.helpline, "demo.socket")));
	}

	async startDesk() {
		this.desk = this.spawn("desk");
		await until("the desk listens",
			() => this.desk.said.includes("the desk is at"));
	}

	/* Ends a process and gives its exit status. */
	async end(child, signal = "SIGTERM") {
		if (child === undefined || child.exitCode !== null ||
			child.signalCode !== null)
			return child?.exitCode;
		const ended = new Promise((resolve) =>
			child.once("exit", (code) => resolve(code)));
		child.kill(signal);
		return ended;
	}

	async close() {
		await this.end(this.desk);
		await this.end(this.hub);
		rmSync(this.folder, { recursive: true, force: true });
	}

	phone(number) {
		return new Phone(join(this.helpline, "demo.socket"), number);
	}

	/* A caller who asks for help in Nepali and leaves what is asked for;
	   the phone, which stays on. */
	async askForHelp(number) {
		const phone = this.phone(number);
		for (const words of ["मद्दत", "1", "1", "1", "2", "कतार", "1", "चरा"])
			await phone.ask(words);
		return phone;
	}

	addColleague(name, role = "caseworker") {
		const file = join(this.folder, "colleague");
		writeFileSync(file, PASSWORD + "\n", { mode: 0o600 });
		return this.run("staff", "add", name, "--role", role,
			"--new-password-file", file, "--staff", STAFF,
			"--password-file", this.passwordFile);
	}

	addPartner(name) {
		return this.run("partners", "add", name, "--kind", "shelter",
			"--place", "Doha", "--staff", STAFF,
			"--password-file", this.passwordFile);
	}
}
