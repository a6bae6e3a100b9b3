// A person at the desk without a browser: for what no browser would send.
import { Agent, request } from "node:https";

export class Client {
	constructor(lab) {
		this.lab = lab;
		this.cookie = "";
		this.agent = new Agent({ keepAlive: true, maxSockets: 8,
			rejectUnauthorized: false });
	}

	/* Status, headers and body of an answer. */
	ask(method, path, { body, headers = {}, cookie = this.cookie } = {}) {
		return new Promise((resolve, reject) => {
			const asked = request({
				agent: this.agent, host: "127.0.0.1",
				port: this.lab.port, method, path,
				headers: { ...(cookie === "" ? {} :
				    { Cookie: cookie }), ...headers },
			}, (answer) => {
				let text = "";
				answer.setEncoding("utf8");
				answer.on("data", (data) => { text += data; });
				answer.on("end", () => resolve({
					status: answer.statusCode,
					headers: answer.headers, text }));
			});
			asked.on("error", reject);
			asked.end(body);
		});
	}

	get(path, options) {
		return this.ask("GET", path, options);
	}

	post(path, fields, { headers = {}, ...options } = {}) {
		const body = new URLSearchParams(fields).toString();
		return this.ask("POST", path, { body, ...options, headers: {
			"Content-Type": "application/x-www-form-urlencoded",
			"Content-Length": Buffer.byteLength(body), ...headers } });
	}

	async signIn(name, password) {
		const answer = await this.post("/sign-in", { name, password },
			{ cookie: "" });
		const cookie = answer.headers["set-cookie"]?.[0];
		if (cookie !== undefined)
			this.cookie = cookie.split(";")[0];
		return answer;
	}

	/* The token of this session's forms. */
	async token(path = "/account") {
		return hidden((await this.get(path)).text, "token");
	}

	end() {
		this.agent.destroy();
	}
}

/* The value of a hidden field. */
export function hidden(text, name) {
	return text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];
}
