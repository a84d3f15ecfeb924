import { describe, expect, test } from 'vitest';
import { Histogram, readLoadResult } from '#results';
import { sampleLoad } from '../testing/sample-load.ts';
import { parseXml } from '../testing/xml.ts';
import { renderLoadCsv } from './load-csv.ts';
import { renderLoadHtml } from './load-html.ts';
import { renderLoadJunit } from './load-junit.ts';
import { renderLoadMarkdown } from './load-markdown.ts';

const HOSTILE = '</script><img src=x onerror=alert(1)> | `x` \u202Eevil';

test('the sample is a result', () => {
  expect(readLoadResult(JSON.stringify(sampleLoad()))).toEqual(sampleLoad());
});

describe('HTML', () => {
  const page = renderLoadHtml([sampleLoad({ crossed: true })]);

  test('the answer comes first, then each threshold with what was seen', () => {
    expect(page.indexOf('Mosquitto 2.0.11 crossed a threshold')).toBeLessThan(page.indexOf('Thresholds</h2>'));
    expect(page).toMatch(
      /message_latency: p\(99\)&lt;250[\s\S]*304 ms[\s\S]*250 ms[\s\S]*22 % beyond[\s\S]*after 6.0 s/,
    );
    expect(page).toMatch(/will_latency: p\(99\)&lt;100[\s\S]*no data/);
  });

  test('latency is told both ways: the pause shows from the intended send only', () => {
    const { trends } = sampleLoad().metrics;
    const p99 = [trends.message_latency, trends.message_latency_sent].map(
      (data) => data && Histogram.from(data).percentile(99),
    );
    expect(p99[0]).toBeGreaterThan(300);
    expect(p99[1]).toBeLessThan(6);
    expect(page).toMatch(/from the intended send up to 30\d ms, from the actual send up to 4.99 ms/);
  });

  test('what a broker says is text', () => {
    const hostile = renderLoadHtml([sampleLoad({ label: HOSTILE, said: HOSTILE })]);
    expect(hostile).not.toContain('<img');
    expect(hostile).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(hostile).toContain(String.raw`\u{202E}evil`);
  });

  test('runs of two labels are compared, and the noise is told', () => {
    const fast = [0, 0.1].map((slower) => sampleLoad({ slower }));
    const slow = [5, 5.1].map((slower) => sampleLoad({ slower, label: 'EMQX 5.8' }));
    const compared = renderLoadHtml([...fast, ...slow]);
    expect(compared).toMatch(/message_latency p\(50\)[\s\S]{0,400}EMQX|EMQX 5.8 over ws[\s\S]*message_latency p\(50\)/);
    expect(compared).toMatch(/message_latency p\(50\)[\s\S]*?<span class="v fail">worse/);
    expect(compared).toMatch(/messages_received[\s\S]*?<span class="v skip">the same/);
  });

  test('a tired generator is said on the page', () => {
    expect(renderLoadHtml([sampleLoad({ health: 'invalid' })])).toContain('may be the limit');
    expect(page).not.toContain('may be the limit');
  });

  test('no result, no report', () => {
    expect(() => renderLoadHtml([])).toThrow(RangeError);
  });
});

test('JUnit: a case each for thresholds, invariants and the generator', () => {
  const root = parseXml(renderLoadJunit(sampleLoad({ crossed: true, health: 'invalid' })));
  const [suite] = root.children;
  const failed = suite?.children
    .filter(({ name, children }) => name === 'testcase' && children.length > 0)
    .map(({ attributes, children }) => [attributes['name'], children[0]?.attributes['message']]);
  expect(failed).toEqual([
    ['message_latency: p(99)<250', 'observed 304 ms, limit 250 ms'],
    ['will_latency: p(99)<100', 'observed no data, limit 100 ms'],
    ['the generator kept its schedule', 'the run is invalid'],
  ]);
  expect(suite?.attributes).toMatchObject({ tests: '4', failures: '3', time: '12.000' });
});

test('Markdown: nothing that a broker says becomes markup', () => {
  const text = renderLoadMarkdown(sampleLoad({ crossed: true, said: HOSTILE }));
  expect(text).toContain('| `message_latency: p(99)<250` | 304 ms | 250 ms | 22 % beyond | ✗ crossed |');
  expect(text).not.toMatch(/(?<!\\)<img/);
  expect(text).toContain(String.raw`\<img src=x onerror=alert(1)\> \| \`x\``);
});

test('CSV: a line a point, empty where nothing was measured', () => {
  const lines = renderLoadCsv(sampleLoad()).split('\r\n');
  expect(lines).toHaveLength(1 + 12 + 1);
  expect(lines[0]).toMatch(/^at_ms,connections,connections_wanted,sent,/);
  expect(lines[1]).toBe('0,0,8,400,400,0,0,0,,,,,,,0.2,1.5,83886080');
  expect(lines[7]).toMatch(/^6000,8,8,400,120,0,280,0,303.103,303.99,/);
});
