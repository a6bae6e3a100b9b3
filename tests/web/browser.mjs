// Chromium, as Debian packages it.
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";

/* A busy machine may take its time. */
const PATIENCE_MS = 180000;

export const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser",
	"/usr/bin/google-chrome"];

/* The program, or undefined. */
export function findBrowser() {
	return process.env.CHROMIUM ?? PROGRAMS.find((path) => existsSync(path));
}

export function launch(options = {}) {
	return puppeteer.launch({
		executablePath: findBrowser(),
		acceptInsecureCerts: true,
		headless: true,
		timeout: PATIENCE_MS,
		protocolTimeout: PATIENCE_MS,
		/* Only our own pages are opened, and as root there is no
		   sandbox. */
		args: ["--no-sandbox", "--disable-gpu",
			"--disable-dev-shm-usage", "--font-render-hinting=none"],
		...options,
	});
}

/* A page as a person has it: so wide, light or dark, with or without
   JavaScript. */
export async function openPage(browser, { width = 1280, height = 800,
	scheme = "light", script = true, language = "en" } = {}) {
	const context = await browser.createBrowserContext();
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	await page.setViewport({ width, height });
	await page.setJavaScriptEnabled(script);
	await page.setExtraHTTPHeaders({ "Accept-Language": language });
	await page.emulateMediaFeatures([
		{ name: "prefers-color-scheme", value: scheme },
		{ name: "prefers-reduced-motion", value: "reduce" },
	]);
	return page;
}

/* Presses a button of this name (a form's, a link's or a fold's) and waits for
   the page that comes. */
export async function press(page, selector) {
	await Promise.all([
		page.waitForNavigation({ waitUntil: "load" }),
		page.$eval(selector, (element) => element.click()),
	]);
}

export async function signIn(page, address, name, password) {
	await page.goto(`${address}/sign-in`);
	await page.type("#name", name);
	await page.type("#password", password);
	await press(page, 'form[action="/sign-in"] button');
}
