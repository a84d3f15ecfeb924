import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '#results';
import { visible } from '../text.ts';
import { HOSTILE } from '../testing/curated-instances.ts';
import { sampleRun } from '../testing/sample-run.ts';
import { clientScript } from './client/index.ts';
import type { OctetsOfRow, WiresOfRow } from './client/wire-data.ts';
import { renderHtml } from './render-html.ts';

const RESULT = sampleRun();
const HTML = renderHtml([RESULT]);

const elements = (name: string, html = HTML): string[] =>
  [...html.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 'gs'))].map(([, content = '']) => content);

/** All that the script can unfold, of one kind: by row. */
function packed(html: string, kind: string): Record<string, unknown> {
  const packs = [...html.matchAll(/<script type="text\/plain" id="p\d+" data-pack="([\w-]+)"[^>]*>([^<]*)<\/script>/g)];
  const own = packs.filter(([, of = '']) => of.startsWith(kind));
  return Object.assign(
    {},
    ...own.map(([, , text = '']) => JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString()) as unknown),
  ) as Record<string, unknown>;
}

describe('offline and closed', () => {
  test('the policy names only what is in the file', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(HTML)?.[1]?.replaceAll('&#39;', "'");
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [style = ''] = elements('style');
    const script = elements('script').at(-1) ?? '';
    expect(script).toContain("'use strict'");
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    );
  });

  test('nothing asks for anything', () => {
    expect(HTML).not.toMatch(/<(?:link|img|iframe|object|embed|audio|video|base)\b|\bsrc=(?!x)|url\(|@import/);
    expect(HTML).not.toMatch(/\sstyle="|\son\w+="/);
  });

  test('the script stands alone: no import, no name of a module', () => {
    expect(clientScript()).not.toMatch(/\bimport\b|__vi|__vite|require\(/);
    expect(() => new vm.Script(clientScript())).not.toThrow();
  });
});

test('what brokers send is text, wherever it comes', () => {
  const everything = [HTML, ...Object.values(packed(HTML, 'page'))].join('\n');
  const hidden = /\u0000|\u202E/;
  expect(/<img|alert\(1\)<\/script>/.exec(everything)?.[0]).toBeUndefined();
  expect(hidden.exec(everything)?.[0]).toBeUndefined();
  const texts: string[] = [];
  JSON.stringify(
    ['wire', 'octets'].map((kind) => packed(HTML, kind)),
    (_, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    },
  );
  expect(texts.filter((text) => hidden.test(text))).toEqual([]);
  expect(texts.length).toBeGreaterThan(1000);
  // Data, packs, and the script itself.
  expect(HTML.match(/<script/g)).toHaveLength(2 + (HTML.match(/<script type="text\/plain" id="p/g)?.length ?? 0));
  expect(everything).toContain('&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(HTML)?.[1] ?? '') as {
    rows: { i: string }[];
  };
  expect(data.rows.some(({ i }) => i.includes(visible(HOSTILE)))).toBe(true);
});

test('without script: the answer, every case, every failing page, every requirement', () => {
  expect(elements('h1')[0]).toBe(RESULT.conclusion.sentence);
  const [matrix = ''] = elements('table').filter(
    (table) => table.includes('rowgroup') && table.includes('class="title"'),
  );
  expect(matrix.match(/<span class="title">/g)).toHaveLength(RESULT.cases.length);
  const failing = RESULT.cases.filter(({ verdict }) => /^(?:fail|warn|error|inconclusive)$/.test(verdict));
  expect(elements('article')).toHaveLength(failing.length);
  const page = elements('article').find((one) => one.includes('second-connect')) ?? '';
  expect(page).toMatch(/<dd>DISCONNECT 0x82 \(optional\), then close<\/dd>/);
  expect(page).toMatch(/class="s-failed"/);
  expect(page).toMatch(/2\.0 s: nothing came/);
  expect(HTML).toMatch(/<tr id="3.1.1\/MQTT-1.5.3-1#client-input"/);
  expect(HTML).toMatch(/<td[^>]*>no case<\/td>/);
});

test('bytes stand beside their fields, and the broken one is marked in both', () => {
  const page = elements('article').find((one) => one.includes('connack-flags')) ?? '';
  expect(page).toMatch(/<tr tabindex="0" data-f="2" class="bad"><th scope="row">flags<\/th>/);
  expect(page).toMatch(/<b data-f="2" class="bad">02<\/b>/);
  expect(page).toMatch(/<th scope="row">Topic Alias Maximum<\/th>/);
});

test('every link within the page leads somewhere', () => {
  const ids = new Set([...HTML.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
  const packedIds = new Set(Object.keys(packed(HTML, 'page')).map((row) => `c${Number(row) + 1}`));
  const missing = [...HTML.matchAll(/\shref="#([^"]+)"/g)]
    .map(([, id = '']) => id)
    .filter((id) => !id.startsWith('q=') && !ids.has(id) && !packedIds.has(id));
  expect(missing).toEqual([]);
});

test('passes are in packs, with their bytes', () => {
  const pages = Object.keys(packed(HTML, 'page'));
  expect(pages).toHaveLength(RESULT.cases.length - elements('article').length);
  const lines = packed(HTML, 'wire-other') as Record<string, WiresOfRow>;
  const octets = packed(HTML, 'octets-other') as Record<string, OctetsOfRow>;
  const quiet = /^(?:pass|observed|skip|not-run)$/;
  const recorded = RESULT.cases.filter(
    ({ verdict, transcript }) => quiet.test(verdict) && (transcript?.entries.length ?? 0) > 0,
  );
  expect(Object.keys(lines)).toHaveLength(recorded.length);
  for (const [row, { '0': wire }] of Object.entries(lines)) {
    expect(octets[row]?.['0']).toHaveLength(wire?.units.length ?? -1);
  }
});

test('the same result gives the same page', () => {
  expect(renderHtml([sampleRun()])).toBe(HTML);
});

test('400 cases of four brokers stay below 2 MB, and the page says what it leaves out', { timeout: 60_000 }, () => {
  const runs = [9, 31, 4, 120].map((failsEach, n) => sampleRun({ cases: 400, label: `Broker ${n}`, failsEach }));
  expect(Buffer.byteLength(renderHtml(runs))).toBeLessThanOrEqual(2_000_000);
  const html = renderHtml(runs, { maximumSize: 1_400_000 });
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(1_400_000);
  const said = /<b>To keep this file small:<\/b> (.*?)<\/p>/.exec(html)?.[1];
  expect(said).toMatch(/(?:all|[1-9]\d* of \d+) passing cases are left out\. The results file \(JSON\) has all\.$/);
});

test('even where everything fails it stays bounded', { timeout: 60_000 }, () => {
  const runs = [0, 1, 2, 3].map((n) => sampleRun({ cases: 400, label: `Broker ${n}`, failsEach: 2 }));
  expect(Buffer.byteLength(renderHtml(runs))).toBeLessThanOrEqual(2_000_000);
});

test('a page that is small enough leaves nothing out', () => {
  expect(HTML).not.toContain('To keep this file small');
  expect(renderHtml([RESULT], { maximumSize: 600_000 })).toContain('To keep this file small');
});

test('two runs of one broker are told apart; without a result there is no report', () => {
  const later: RunResult = sampleRun({ cases: 30, startedAt: '2026-11-23T08:00:00.000Z' });
  const html = renderHtml([sampleRun({ cases: 30 }), later]);
  expect(html).toContain('Mosquitto 2.0.11 (2026-11-22 10:04)');
  expect(html).toContain('Mosquitto 2.0.11 (2026-11-23 08:00)');
  expect(() => renderHtml([])).toThrow(RangeError);
});
