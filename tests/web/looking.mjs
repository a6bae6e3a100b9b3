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

/* axe-core runs in a world of its own, which the page's CSP does not reach: as
   long as the page stands, what is given back runs it. */
async function openWorld(client) {
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
	return () => evaluate("axe.run(document, { resultTypes:" +
		" ['violations'] }).then((found) => found.violations.map((one) =>" +
		" `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`))");
}

/* Opens or shuts all that folds; by itself a page decides. */
export async function fold(page, isOpen) {
	await page.evaluate((open) => document.querySelectorAll("details")
		.forEach((one) => { one.open = open; }), isOpen).catch(() => {});
}

async function judge(client, accuse, name) {
	const violations = await accuse();
	check(violations.length === 0, `${name}: axe-core: ${violations}`);
	const { cssContentSize, cssLayoutViewport } =
	    await client.send("Page.getLayoutMetrics");
	check(cssContentSize.width <= cssLayoutViewport.clientWidth,
		`${name}: it scrolls sideways (${cssContentSize.width} in` +
		` ${cssLayoutViewport.clientWidth})`);
}

/* axe-core finds nothing, and nothing hangs over the edge: with all that folds
   shut and open, or open alone.  Where JavaScript is off it is on for so long:
   the page has loaded without its script and does not get it any more. */
export async function look(page, name, { isShutToo = true } = {}) {
	const folds = await page.$("details") !== null;
	const wasOn = page.isJavaScriptEnabled();
	const client = await page.createCDPSession();
	await page.setJavaScriptEnabled(true);
	const accuse = await openWorld(client);
	if (isShutToo && folds) {
		await fold(page, false);
		await judge(client, accuse, `${name}, shut`);
	}
	await fold(page, true);
	await judge(client, accuse, name);
	await client.detach();
	await page.setJavaScriptEnabled(wasOn);
}

export async function words(page) {
	return page.$eval("body", (body) => body.textContent);
}
