/** The report as people see it: in Chromium, from disk. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '#drivers';
import { sampleRun } from '../testing/sample-run.ts';
import { renderHtml } from './render-html.ts';

const executablePath = chromiumPath();
const missing = executablePath === undefined;
if (missing && process.env['CI'] !== 'true') {
  process.stderr.write('report in Chromium: skipped, there is none here (MQTTSPEC_CHROMIUM names one)\n');
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-report-'));
const ONE = path.join(folder, 'one.html');
const FOUR = path.join(folder, 'four.html');
/** A thousand rows of one shape say no more than thirty. */
const FEWER_ROWS =
  "for (const row of document.querySelectorAll('.requirements tbody tr:nth-child(n+30)')) row.remove()";
const AXE_RUN = "axe.run(document, { resultTypes: ['violations'] })";
/** Names pictures that are kept: `MQTTSPEC_SCREENSHOTS=/tmp/shots npx vitest run reports/html`. */
const SHOTS = process.env['MQTTSPEC_SCREENSHOTS'] ?? folder;

describe.skipIf(missing && process.env['CI'] !== 'true')('in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  const said: string[] = [];

  beforeAll(async () => {
    writeFileSync(ONE, renderHtml([sampleRun()]));
    const labels = ['Mosquitto 2.0.11', 'EMQX 5.8', 'NanoMQ 0.22', 'HiveMQ CE 2024.9'];
    writeFileSync(FOUR, renderHtml(labels.map((label, n) => sampleRun({ label, cases: 60, failsEach: 5 + n * 7 }))));
    browser = await chromium.launch({ ...(missing ? {} : { executablePath }), args: ['--no-sandbox'] });
  }, 60_000);

  afterEach(() => {
    const all = said.splice(0);
    expect(all).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(file: string, hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) said.push(`asks for ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    return page;
  }

  const shownRows = (page: Page): Promise<number> => page.locator('.matrix tbody tr:not(.section):visible').count();
  const hash = (page: Page): string => new URL(page.url()).hash;

  test('the filter takes the selection grammar, the address keeps it, and it comes back', async () => {
    const page = await open(ONE);
    const all = await shownRows(page);
    expect(all).toBe(120);
    await page.fill('#q', 'v:fail suite:connect');
    expect(await shownRows(page)).toBe(2);
    expect(await page.textContent('#matrix-count')).toBe('2 of 120 cases');
    await page.goto(`${pathToFileURL(ONE).href}${hash(page)}`);
    await page.reload();
    expect(await page.inputValue('#q')).toBe('v:fail suite:connect');
    expect(await shownRows(page)).toBe(2);
    await page.fill('#q', 'colour:red');
    expect(await page.textContent('#matrix-count')).toMatch(/no key of a selection/);
    await page.click('#clear');
    expect(await shownRows(page)).toBe(all);
  });

  test('each number of the strip leads to so many cases', async () => {
    const page = await open(FOUR);
    for (const link of await page.locator('.strip a.n').all()) {
      const count = Number(await link.textContent());
      await link.click();
      expect([await link.getAttribute('data-q'), await shownRows(page)]).toEqual([
        await link.getAttribute('data-q'),
        count,
      ]);
    }
  });

  test('keys: f, j, Enter, k, Escape, /, ?', async () => {
    const page = await open(ONE);
    await page.keyboard.press('f');
    expect(await page.inputValue('#q')).toBe('v:fail');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-view=case] #cases > .shown');
    expect(await page.textContent('#position')).toMatch(/^2 of \d+$/);
    const second = await page.textContent('#cases > .shown h2');
    await page.keyboard.press('k');
    await expect.poll(() => page.textContent('#cases > .shown h2')).not.toBe(second);
    await page.keyboard.press('Escape');
    expect(await page.isVisible('#matrix')).toBe(true);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await page.keyboard.press('Escape');
    await page.click('.brand');
    await page.keyboard.press('?');
    expect(await page.isVisible('#help')).toBe(true);
  });

  test('a passing case is unpacked when it is opened, its bytes mark their fields', async () => {
    const page = await open(ONE, '#case=subscribe/round-trip@5.0/mqtts');
    await page.waitForSelector('#cases > .shown');
    const connect = page.locator('#cases > .shown li.mqtt').first();
    await connect.locator('summary').click();
    const field = connect.locator('tr', { hasText: 'keep alive' });
    const marked = connect.locator(`b[data-f="${await field.getAttribute('data-f')}"]`).first();
    // The page has no types of a browser here.
    const colour = (): Promise<string> =>
      marked.evaluate(
        (element) =>
          (globalThis as unknown as { getComputedStyle(of: unknown): { backgroundColor: string } }).getComputedStyle(
            element,
          ).backgroundColor,
      );
    const before = await colour();
    await field.hover();
    expect(await colour()).not.toBe(before);
  });

  test('bytes of a failing case come when they are asked for', async () => {
    const page = await open(ONE, '#case=connect/second-connect@5.0/ws');
    const connack = page.locator('#cases > .shown li.mqtt.in').first();
    expect(await connack.locator('.hex').count()).toBe(0);
    await connack.locator('summary').click();
    await connack.locator('.hex').waitFor();
    expect(await connack.locator('.hex').textContent()).toMatch(/^0000 {2}20 09 00 00/);
  });

  test('only differences, and the theme', async () => {
    const page = await open(FOUR);
    await page.click('text=Only differences');
    const shown = await shownRows(page);
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(60);
    await page.click('#theme');
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    expect(hash(page)).toMatch(/q=is%3Adifferent&theme=dark/);
  });

  test('without JavaScript all that matters is there', async () => {
    const page = await open(ONE, '', { javaScriptEnabled: false });
    expect(await page.isVisible('h1')).toBe(true);
    expect(await shownRows(page)).toBe(120);
    expect(await page.isVisible('#cases >> text=still open after 2 000 ms; received CONNACK 0x00 >> nth=0')).toBe(true);
    expect(await page.isVisible('#cases .wire >> nth=0')).toBe(true);
    expect(await page.isVisible('#filter')).toBe(false);
    expect(await page.locator('#cases article:visible').count()).toBe(await page.locator('#cases article').count());
  });

  test('on paper the failures are unfolded', async () => {
    const page = await open(ONE);
    expect(await page.isVisible('#cases article >> nth=0')).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#cases article >> nth=0')).toBe(true);
    expect(await page.isVisible('#filter')).toBe(false);
  });

  const VIEWS = [
    ['first', ONE, ''],
    ['matrix', ONE, '#matrix'],
    ['case', ONE, '#case=connect/connack-flags@5.0/ws'],
    ['lanes', ONE, '#case=session/takeover@5.0/ws'],
    ['brokers', FOUR, ''],
    ['compare', FOUR, '#case=connect/second-connect@5.0/ws'],
  ] as const;

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each(VIEWS.filter(([name]) => name !== 'matrix' && name !== 'lanes'))(
      '%s: no violation that axe-core finds',
      async (name, file, place) => {
        const page = await open(file, place, { colorScheme });
        if (place.startsWith('#case')) await page.waitForSelector('#cases > .shown');
        await page.evaluate(FEWER_ROWS);
        await page.evaluate(readFileSync(AXE, 'utf8'));
        const found = (await page.evaluate(AXE_RUN)) as { violations: { id: string; nodes: { html: string }[] }[] };
        expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
        await page.screenshot({ path: path.join(SHOTS, `${name}-1280-${colorScheme}.png`) });
      },
    );

    test.each(VIEWS)('%s: fits 360 px', async (name, file, place) => {
      const page = await open(file, place, { colorScheme, viewport: { width: 360, height: 800 } });
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wider).toBe(0);
      await page.screenshot({ path: path.join(SHOTS, `${name}-360-${colorScheme}.png`) });
    });
  });
});
