import { describe, expect, test } from 'vitest';
import { SNIPPETS, type TlsPlaces } from './index.ts';

const PLACES: TlsPlaces = {
  folder: '/home/a b/certs/brokers/x',
  ca: '/home/a b/certs/ca/root.pem',
  cert: '/home/a b/certs/server/server-chain.fullchain.pem',
  key: '/home/a b/certs/server/server-chain.key',
  bundle: '/home/a b/certs/server/server-chain.bundle.pem',
  keystore: '/home/a b/certs/server/server-chain.p12',
  truststore: '/home/a b/certs/ca/truststore.p12',
  password: 'pass<&>word',
  crl: '/home/a b/certs/crl/all.pem',
  hashedCrls: '/home/a b/certs/crl/hashed',
  owner: 'alice',
  ports: { wss: 38884, mqtts: 38883, ws: 39001, tcp: 31883 },
};

test('a snippet for each broker of the issue, and two for what stands in front', () => {
  expect(SNIPPETS.map(({ name }) => name)).toEqual([
    'mosquitto',
    'emqx',
    'hivemq',
    'rabbitmq',
    'tbmq',
    'nanomq',
    'vernemq',
    'ejabberd',
    'artemis',
    'nginx',
    'haproxy',
  ]);
});

describe.each(SNIPPETS.map((snippet) => [snippet.name, snippet] as const))('%s', (_, snippet) => {
  const all = snippet
    .files(PLACES)
    .map(({ content }) => content)
    .join('\n');

  test('both ports, the key or a store, and what is trusted', () => {
    expect(all).toContain('38884');
    expect(all).toContain('38883');
    expect(all).toMatch(/server-chain\.(key|bundle\.pem|p12)/);
    if (snippet.name !== 'tbmq') expect(all).toMatch(/root\.pem|truststore\.p12/);
  });

  test('revocation lists where it says so, and nowhere else', () => {
    expect(/crl\/(all\.pem|hashed)/.test(all)).toBe(snippet.crl !== 'none');
  });

  test('files stay below its folder, whole sentences, a shell that keeps its words together', () => {
    for (const { path } of snippet.files(PLACES)) expect(path).not.toMatch(/^\/|\.\./);
    for (const note of snippet.notes) expect(note).toMatch(/^[A-Z0-9].*\.$/);
    for (const line of snippet.start(PLACES)) expect(line.replaceAll(/'[^']*'/g, '')).not.toContain('a b');
  });
});

test('XML stays XML', () => {
  const [config] = SNIPPETS.find(({ name }) => name === 'hivemq')?.files(PLACES) ?? [];
  expect(config?.content).toContain('<password>pass&lt;&amp;&gt;word</password>');
});
