// What the tests of the pages share: counting what holds, and looking at a page
// as somebody with other eyes, other hands and a small screen would.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url)
	.resolve("axe-core/axe.min.js"), "utf8");

export const score = { passed: 0, failed: 0 };

export function check(holds, what) {
	if (holds) {
		score.passed++;
	} else {
		score.failed++;
		console.log(`FAILED: ${what}`);
	}
}

/* axe-core runs in a world of its own, which the page's CSP does not reach.
   Where JavaScript is off it is on for so long: the page has loaded without its
   script and does not get it any more. */
async function accuse(page) {
	const wasOn = page.isJavaScriptEnabled();
	const client = await page.createCDPSession();
	await page.setJavaScriptEnabled(true);
	const { frameTree } = await client.send("Page.getFrameTree");
	const { executionContextId } = await client.send(
		"Page.createIsolatedWorld",
		{ frameId: frameTree.frame.id, worldName: "axe" });
	const evaluate = async (expression) => {
		const answer = await client.send("Runtime.evaluate", {
			expression, contextId: executionContextId,
			awaitPromise: true, returnByValue: true,
		});
		if (answer.exceptionDetails !== undefined)
			throw new Error(JSON.stringify(answer.exceptionDetails));
		return answer.result.value;
	};
	await evaluate(AXE + "; 0");
	const found = await evaluate(
		"axe.run(document).then((found) => found.violations.map((one) =>" +
		" `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`))");
	await client.detach();
	await page.setJavaScriptEnabled(wasOn);
	return found;
}

/* Opens or shuts all that folds; by itself a page decides. */
export async function fold(page, isOpen) {
	await page.evaluate((open) => document.querySelectorAll("details")
		.forEach((one) => { one.open = open; }), isOpen).catch(() => {});
}

async function judge(page, name) {
	const violations = await accuse(page);
	check(violations.length === 0, `${name}: axe-core: ${violations}`);
	const client = await page.createCDPSession();
	const { cssContentSize, cssLayoutViewport } =
	    await client.send("Page.getLayoutMetrics");
	await client.detach();
	check(cssContentSize.width <= cssLayoutViewport.clientWidth,
		`${name}: it scrolls sideways (${cssContentSize.width} in` +
		` ${cssLayoutViewport.clientWidth})`);
}

/* axe-core finds nothing, and nothing hangs over the edge: with all that folds
   shut and open, or open alone. */
export async function look(page, name, { isShutToo = true } = {}) {
	if (isShutToo && await page.$("details") !== null) {
		await fold(page, false);
		await judge(page, `${name}, shut`);
	}
	await fold(page, true);
	await judge(page, name);
}

export async function words(page) {
	return page.$eval("body", (body) => body.textContent);
}
