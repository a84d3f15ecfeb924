import { afterEach, expect, test } from 'vitest';
import { startBroker } from '#broker';
import { readExposition } from '../../reports/testing/exposition.ts';
import { UsageError } from './errors.ts';
import { metricsPlace, startMetricsServer } from './load-metrics-server.ts';
import { load } from './load.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

test.each([
  ['9464', '127.0.0.1', 9464],
  ['0.0.0.0:80', '0.0.0.0', 80],
  ['localhost:0', 'localhost', 0],
  ['[::1]:9464', '::1', 9464],
])('%s is a place', (text, host, port) => expect(metricsPlace(text)).toEqual({ host, port }));

test.each(['', ':80', 'host', '65536', '::1:80', '[x]:80', '1 2'])('%j is none', (text) =>
  expect(() => metricsPlace(text)).toThrow(UsageError),
);

test('a run can be watched by HTTP while it goes on', async () => {
  const broker = await startBroker({});
  open.push(broker);
  const scraped: { text: string; type: string | null }[] = [];
  const fetching: Promise<void>[] = [];
  const scrape = async (): Promise<void> => {
    const response = await fetch(url);
    scraped.push({ text: await response.text(), type: response.headers.get('content-type') });
  };
  let url = '';
  const results = await load({
    profile: 'smoke',
    url: broker.wsUrl,
    workers: 0,
    set: ['seconds=3', 'rate=200', 'pairs=2', 'qos=1'],
    prometheus: '0',
    onEvent: (event) => {
      if (event.type === 'note') url = /http:\S+/.exec(event.message)?.[0] ?? '';
      if (event.type !== 'progress') return;
      fetching.push(scrape());
    },
  });
  await Promise.allSettled(fetching);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  const last = scraped.at(-1);
  expect(last?.type).toBe('text/plain; version=0.0.4; charset=utf-8');
  const sent = scraped.map(({ text }) => {
    const families = readExposition(text);
    return families.get('mqttspec_load_messages_sent_total')?.samples.get('mqttspec_load_messages_sent_total') ?? 0;
  });
  expect(Math.max(...sent)).toBeGreaterThan(200);
  expect(Math.max(...sent)).toBeLessThanOrEqual(results[0]?.whole.messages_sent ?? 0);
  const families = readExposition(last?.text ?? '');
  for (const name of ['message_latency', 'connect_time', 'puback_time']) {
    expect(families.get(`mqttspec_load_${name}_seconds`)?.type).toBe('histogram');
  }
  expect(scraped.some(({ text }) => text.includes('{stage="steady"} 1'))).toBe(true);
  expect([...(families.get('mqttspec_load_info')?.samples.keys() ?? [])].join()).toContain('profile="smoke"');
  await expect(fetch(url)).rejects.toThrow();
});

test('other paths and methods, and a port that is taken', async () => {
  const server = await startMetricsServer('0', undefined);
  open.push(server);
  expect(await (await fetch(server.url)).text()).toBe('# no load run has begun\n');
  expect((await fetch(new URL('/', server.url))).status).toBe(404);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  const head = await fetch(server.url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  await expect(startMetricsServer(new URL(server.url).port, undefined)).rejects.toThrow(UsageError);
});
