// Runs what a file proves with a helpline and a browser, and says the count.
import { findBrowser, launch } from "./browser.mjs";
import { Lab } from "./lab.mjs";
import { check, score } from "./looking.mjs";

/* A hub and a desk of the program that was built. */
export async function openLab() {
	const lab = await Lab.open(process.env.WAYMARK_PROGRAM);
	await lab.startHub();
	await lab.startDesk();
	return lab;
}

/* prove(browser, lab); `skipped` says what could not be tried here. */
export async function run(prove, { open = openLab, skipped = [] } = {}) {
	const browser = findBrowser() === undefined ? undefined
		: await launch().catch(() => undefined);
	if (browser === undefined) {
		console.log("skipped: there is no chromium that starts here");
		console.log("0 passed, 0 failed, 1 skipped");
		return;
	}
	const lab = await open();
	try {
		await prove(browser, lab);
		check(await lab.end(lab.desk) === 0,
			`the desk did not end cleanly: ${lab.desk.said}`);
	} catch (error) {
		score.failed++;
		console.log(`FAILED: ${error.stack}\n${lab.desk?.said}`);
	}
	await browser.close();
	await lab.close();
	for (const what of skipped)
		console.log(`skipped: ${what}`);
	console.log(`${score.passed} passed, ${score.failed} failed` +
		(skipped.length > 0 ? `, ${skipped.length} skipped` : ""));
	/* Whatever still runs must not hold up the others. */
	process.exit(score.failed === 0 ? 0 : 1);
}
