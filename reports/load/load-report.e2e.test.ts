/** The load report as people see it: in Chromium, from disk. `MQTTSPEC_SCREENSHOTS` names a folder of pictures to look at. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '#drivers';
import { sampleLoad } from '../testing/sample-load.ts';
import { renderLoadHtml } from './load-html.ts';

const executablePath = chromiumPath();
const missing = executablePath === undefined;
if (missing && process.env['CI'] !== 'true') {
  process.stderr.write('load report in Chromium: skipped, there is none here (MQTTSPEC_CHROMIUM names one)\n');
}

const require = createRequire(import.meta.url);
const text = (file: string): string => readFileSync(require.resolve(file), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-load-report-'));
const FILE = path.join(folder, 'load.html');
const SHOTS = process.env['MQTTSPEC_SCREENSHOTS'] ?? folder;

describe.skipIf(missing && process.env['CI'] !== 'true')('in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  const said: string[] = [];

  beforeAll(async () => {
    const uplot = { script: text('uplot/dist/uPlot.iife.min.js'), style: text('uplot/dist/uPlot.min.css') };
    const faster = sampleLoad({ label: 'EMQX 5.8', slower: 1 });
    writeFileSync(FILE, renderLoadHtml([sampleLoad({ crossed: true, health: 'warn' }), faster], { uplot }));
    browser = await chromium.launch({ ...(missing ? {} : { executablePath }), args: ['--no-sandbox'] });
  }, 60_000);

  afterEach(() => expect(said.splice(0)).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) said.push(`asks for ${request.url()}`);
    });
    await page.goto(pathToFileURL(FILE).href);
    return page;
  }

  const wider = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  test.each(['light', 'dark'] as const)(
    '%s: charts with a cursor, nothing that axe objects to',
    async (colorScheme) => {
      const page = await open({ colorScheme });
      expect(await page.locator('.chart canvas').count()).toBeGreaterThan(8);
      await page.screenshot({ path: path.join(SHOTS, `load-${colorScheme}.png`), fullPage: true });
      await page.evaluate(text('axe-core/axe.min.js'));
      const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        "axe.run(document, { resultTypes: ['violations'] })",
      );
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await page.context().close();
    },
  );

  test('without script the drawings are there, each with what a reader without eyes hears', async () => {
    const page = await open({ javaScriptEnabled: false });
    expect(await page.locator('.chart svg').count()).toBeGreaterThan(8);
    expect(await page.locator('.chart svg').first().getAttribute('aria-label')).toBe(
      'Messages: sent up to 400 /s, received up to 400 /s',
    );
    await page.screenshot({ path: path.join(SHOTS, 'load-static.png'), fullPage: true });
    await page.context().close();
  });

  test('a telephone shows it without scrolling sideways', async () => {
    const page = await open({ viewport: { width: 360, height: 800 } });
    expect(await wider(page)).toBe(0);
    await page.screenshot({ path: path.join(SHOTS, 'load-360.png'), fullPage: true });
    await page.context().close();
  });
});
