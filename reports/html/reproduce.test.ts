import { expect, test } from 'vitest';
import type { InstanceResult, RunResult } from '#results';
import { encodeBase64, encodeUtf8 } from '#wire';
import { curatedInstances } from '../testing/curated-instances.ts';
import { HEAD } from '../testing/sample-transcripts.ts';
import { sampleRun } from '../testing/sample-run.ts';
import { quoted, reproductions } from './reproduce.ts';

const instances = curatedInstances();
const handshake = instances.find(({ suite }) => suite === 'handshake') as InstanceResult;

function commands(one: InstanceResult, head = HEAD, url = 'ws://localhost:9001/mqtt'): string[] {
  const run = sampleRun({ cases: 0 });
  const target = { ...run.target, endpoints: [{ url, transport: 'ws' as const, roundTripMs: 1 }] };
  const bytes = encodeBase64(encodeUtf8(head));
  const entry = { at: 0, connection: 1, direction: 'out', layer: 'http', summary: 'GET', bytes } as const;
  const result: RunResult = { ...run, target };
  return reproductions({ ...one, transcript: { connections: [], entries: [entry], omitted: 0 } }, result).map(
    ({ command }) => command,
  );
}

test('a handshake can be repeated by curl', () => {
  const [first, second] = commands(handshake);
  expect(first).toBe('mqttspec run ws://localhost:9001/mqtt id:handshake/accept-key --seed 7f3a91 -vv');
  expect(second).toBe(
    "curl -i -N --http1.1 --max-time 5 -H 'Upgrade: websocket' -H 'Connection: Upgrade' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Protocol: mqtt' http://localhost:9001/mqtt",
  );
});

test('what curl would put right goes through a socket, byte by byte', () => {
  const bad = "GET /mqtt HTTP/1.1\r\nHost : it's 100%\\\r\n\r\n";
  const written = String.raw`GET /mqtt HTTP/1.1\015\012Host : it\047s 100\045\134\015\012\015\012`;
  expect(commands(handshake, bad)[1]).toBe(`printf '${written}' | nc -q 5 localhost 9001`);
  expect(commands(handshake, bad, 'wss://broker.example/mqtt')[1]).toBe(
    `printf '${written}' | openssl s_client -quiet -connect broker.example:443`,
  );
});

test('other cases have the command alone, with their version', () => {
  const [second] = instances as [InstanceResult];
  expect(commands(second)).toEqual([
    'mqttspec run ws://localhost:9001/mqtt id:connect/second-connect --mqtt 5.0 --seed 7f3a91 -vv',
  ]);
});

test.each([
  ['ws://h:1/mqtt', 'ws://h:1/mqtt'],
  ['ws://h/?a=1&b=$(x)', "'ws://h/?a=1&b=$(x)'"],
  ["it's", String.raw`'it'\''s'`],
])('%s in a shell', (text, word) => {
  expect(quoted(text)).toBe(word);
});
