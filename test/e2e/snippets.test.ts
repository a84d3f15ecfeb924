/**
 * Real brokers that are told nothing but our own snippet: who has a valid certificate gets 101 and CONNACK over WebSocket and
 * CONNACK over TCP, and nobody else. The client is MQTT.js: nothing of ours but certificates and configuration is on the wire.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect as tcp, createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { connectAsync, type IClientOptions } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test, type TestContext } from 'vitest';
import { startReferenceBroker, tlsPlaces } from '#app';
import { localAvailability, SNIPPETS, type TlsPlaces, type TlsPorts } from '#catalogue';
import { makePki, readPki, type Pki } from '#certs-gen';
import { Workspace } from './cli.ts';

const inCi = process.env['CI'] === 'true';

const ACCEPTED = ['client-valid-ec-p256', 'client-valid-rsa-2048', 'client-valid-intermediate'];
const REFUSED = [
  'client-none',
  'client-no-chain',
  'client-self-signed',
  'client-foreign-ca',
  'client-lookalike-ca',
  'client-expired',
];
const REVOKED = ['client-revoked'];
/** Some look at the list of the leaf's issuer only. */
const REVOKED_ABOVE = ['client-revoked-intermediate'];

let workspace: Workspace;
let directory: string;
let pki: Pki;
const running: ChildProcess[] = [];

beforeAll(async () => {
  workspace = new Workspace();
  directory = join(workspace.folder, 'certs');
  await makePki(directory, { only: [...ACCEPTED, ...REFUSED, ...REVOKED, ...REVOKED_ABOVE, 'server-chain'] });
  pki = readPki(directory);
}, 120_000);
afterEach(async () => {
  for (const child of running.splice(0)) await end(child);
});
afterAll(() => workspace.dispose());

/** Every listening port of a broker is one that is free now. */
async function freePorts(n: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: n }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}

/** The files of the snippet, written as `certs make` does, with other ports. */
function written(name: string, ports: TlsPorts): { readonly places: TlsPlaces; readonly path: string } {
  const snippet = SNIPPETS.find((one) => one.name === name);
  const places = tlsPlaces(directory, pki.index, name, ports);
  if (snippet === undefined || places === undefined) throw new Error(`there is no snippet for ${name}`);
  for (const { path, content } of snippet.files(places)) {
    mkdirSync(dirname(join(places.folder, path)), { recursive: true });
    writeFileSync(join(places.folder, path), content);
  }
  return { places, path: snippet.path };
}

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly ports: readonly number[];
  readonly startupMs: number;
}

async function started({ command, args, env, cwd, ports, startupMs }: Program): Promise<void> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: 'pipe' });
  running.push(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.on('error', (error) => (log += error.message));
  const until = Date.now() + startupMs;
  for (const port of ports) {
    while (!(await listens(port))) {
      if (Date.now() > until || child.exitCode !== null) throw new Error(`${command} did not start:\n${log}`);
      await new Promise((resolve) => void setTimeout(resolve, 100));
    }
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tcp(port, '127.0.0.1');
    const done = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}

/** True at CONNACK; a string says how it was refused. */
async function admitted(url: string, id: string): Promise<true | string> {
  const { fullchain, key } = pki.scenario(id)?.files ?? {};
  const shown = fullchain === undefined || key === undefined ? {} : { cert: pki.pem(fullchain), key: pki.pem(key) };
  const options: IClientOptions = { ca: pki.pem('ca/root.pem'), ...shown, reconnectPeriod: 0, connectTimeout: 20_000 };
  try {
    // No retries: a refusal is the answer.
    const client = await connectAsync(url, { ...options, protocolVersion: 4 }, false);
    await client.endAsync(true);
    return true;
  } catch (error) {
    return error instanceof Error && error.message !== '' ? error.message : 'closed';
  }
}

/** By listener, those that must be refused besides those that anybody refuses. */
async function judge(listeners: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [url, revoked] of Object.entries(listeners)) {
    for (const id of ACCEPTED) expect([url, id, await admitted(url, id)]).toEqual([url, id, true]);
    for (const id of [...REFUSED, ...revoked]) {
      const answer = await admitted(url, id);
      expect([url, id, answer]).toEqual([url, id, expect.any(String)]);
      expect(answer).not.toMatch(/ECONNREFUSED|timeout/);
    }
    expect([url, await admitted(url, ACCEPTED[0] ?? '')]).toEqual([url, true]);
  }
}

interface Prepared {
  readonly places: TlsPlaces;
  readonly wss: string;
  readonly mqtts: string;
}

/** `behind`: the ports of a broker that a proxy stands in front of. */
async function prepared(name: string, behind = { ws: 0, tcp: 0 }): Promise<Prepared> {
  const [wss = 0, mqtts = 0] = await freePorts(2);
  const { places, path } = written(name, { wss, mqtts, ...behind });
  return { places, wss: `wss://localhost:${wss}${path}`, mqtts: `mqtts://localhost:${mqtts}` };
}

const portsOf = ({ ports }: TlsPlaces): readonly number[] => [ports.mqtts, ports.wss];

/** A missing broker is a skip with its reason; in CI it must be there where it can be. */
function needed(context: TestContext, name: string, must: boolean): void {
  const local = localAvailability().find((one) => one.name === name);
  if (local?.installed === false && !(inCi && must)) context.skip(`${name} is not installed here. ${local.install}`);
}

test('Mosquitto', { timeout: 300_000 }, async (context) => {
  needed(context, 'mosquitto', true);
  const { places, wss, mqtts } = await prepared('mosquitto');
  const config = join(places.folder, 'mosquitto.conf');
  const command = process.env['MOSQUITTO_BIN'] ?? 'mosquitto';
  await started({ command, args: ['-c', config], cwd: places.folder, ports: portsOf(places), startupMs: 20_000 });
  // Seen with 2.0.11: over WebSocket it forgets crlfile, over TCP it looks at the leaf only.
  await judge({ [wss]: [], [mqtts]: REVOKED });
});

test('RabbitMQ', { timeout: 300_000 }, async (context) => {
  needed(context, 'rabbitmq', false);
  const { places, wss, mqtts } = await prepared('rabbitmq');
  const [amqp = 0, distribution = 0, epmd = 0] = await freePorts(3);
  const { folder } = places;
  const env = {
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    // Where it lives, apart from any other of this machine; nothing of TLS.
    RABBITMQ_NODENAME: `mqttspec-snippet-${amqp}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(amqp),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    ERL_EPMD_PORT: String(epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    HOME: folder,
  };
  // Debian's own on PATH becomes the user rabbitmq, who can't read these keys.
  const debian = '/usr/lib/rabbitmq/bin/rabbitmq-server';
  const command = process.env['RABBITMQ_SERVER_BIN'] ?? (existsSync(debian) ? debian : 'rabbitmq-server');
  try {
    await started({ command, args: [], env, cwd: folder, ports: portsOf(places), startupMs: 120_000 });
    await judge({ [wss]: [...REVOKED, ...REVOKED_ABOVE], [mqtts]: [...REVOKED, ...REVOKED_ABOVE] });
  } finally {
    for (const child of running.splice(0)) await end(child);
    spawnSync('epmd', ['-port', String(epmd), '-kill'], { stdio: 'ignore' });
  }
});

test('HiveMQ CE', { timeout: 300_000 }, async (context) => {
  needed(context, 'hivemq', false);
  const { places, wss, mqtts } = await prepared('hivemq');
  const { folder } = places;
  for (const name of ['data', 'extensions']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'Main.java'), HIVEMQ_MAIN);
  const args = ['-cp', `${process.env['HIVEMQ_LIB'] ?? ''}/*`, 'Main.java', folder];
  await started({ command: 'java', args, cwd: folder, ports: portsOf(places), startupMs: 120_000 });
  await judge({ [wss]: [], [mqtts]: [] });
});

/** What ends TLS in front of a broker, here the bundled one. */
const PROXIES = [
  { name: 'nginx', variable: 'NGINX_BIN', tcp: false, args: (folder: string) => ['-p', folder, '-c', 'nginx.conf'] },
  {
    name: 'haproxy',
    variable: 'HAPROXY_BIN',
    tcp: true,
    args: (folder: string) => ['-f', join(folder, 'haproxy.cfg')],
  },
];

test.for(PROXIES)('$name in front', { timeout: 300_000 }, async ({ name, variable, tcp: overTcp, args }, context) => {
  const command = process.env[variable] ?? name;
  if (spawnSync(command, ['-v']).error !== undefined) context.skip(`${name} is not installed here (or ${variable})`);
  const broker = await startReferenceBroker({ host: '127.0.0.1', tcpPort: 0, wsPort: 0 });
  try {
    const behind = { ws: Number(new URL(broker.wsUrl).port), tcp: Number(new URL(broker.tcpUrl).port) };
    const { places, wss, mqtts } = await prepared(name, behind);
    const { folder, ports } = places;
    const listening = overTcp ? [ports.wss, ports.mqtts] : [ports.wss];
    await started({ command, args: args(folder), cwd: folder, ports: listening, startupMs: 20_000 });
    const all = [...REVOKED, ...REVOKED_ABOVE];
    await judge({ [wss]: all, ...(overTcp ? { [mqtts]: all } : {}) });
  } finally {
    await broker.close();
  }
});

/** Its embedded form reads the same configuration as the server. */
const HIVEMQ_MAIN = `import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Path;

public class Main {
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    EmbeddedHiveMQ.builder().withConfigurationFolder(home.resolve("conf")).withDataFolder(home.resolve("data"))
        .withExtensionsFolder(home.resolve("extensions")).build().start().join();
    Thread.currentThread().join();
  }
}
`;
