/** The broker's own policy: each certificate of a PKI, in both versions, full and resumed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePki, readPki, type Pki, type Scenario } from '#certs-gen';
import type { RunningBroker } from '../contract.ts';
import { startBroker } from '../start.ts';

let folder: string;
let pki: Pki;
let running: RunningBroker;
/** Runs that need another set-up, or a handshake of our own. */
const ELSEWHERE = /^(crl-|client-key-mismatch|client-no-chain#held|client-none#optional|client-cn-)/;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mqttspec-broker-'));
  await makePki(folder);
  pki = readPki(folder);
  const server = pki.scenario('server-chain');
  running = await startBroker({
    tls: {
      ...material(server),
      ca: [pki.pem(pki.index.authorities.root.cert)],
      crl: pki.index.crls.each.map((file) => pki.pem(file)),
      requireCert: true,
      identity: 'cn',
    },
  });
}, 120_000);
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

function material(scenario: Scenario | undefined): { cert: string; key: string } {
  const { fullchain, cert = '', key = '' } = scenario?.files ?? {};
  return { cert: pki.pem(fullchain ?? cert), key: pki.pem(key) };
}

const CONNECT = Buffer.from('100c00044d5154540402003c0000', 'hex');

interface Outcome {
  /** The first octets that came back; '' where the connection ended instead. */
  readonly answer: string;
  readonly resumed: boolean;
  readonly session: Buffer | undefined;
}

function tryWith(options: ConnectionOptions): Promise<Outcome> {
  const { port } = new URL(running.mqttsUrl ?? '');
  const host = '127.0.0.1';
  const ca = pki.pem(pki.index.authorities.root.cert);
  return new Promise((resolve) => {
    let session: Buffer | undefined;
    const ciphers = 'DEFAULT@SECLEVEL=0';
    const socket: TLSSocket = connect({ host, port: Number(port), ca, ciphers, ...options }, () =>
      socket.write(CONNECT),
    );
    const settle = (answer: string): void => {
      resolve({ answer, resumed: socket.isSessionReused(), session });
      socket.destroy();
    };
    socket.on('session', (ticket: Buffer) => {
      session = ticket;
    });
    socket.on('data', (bytes: Buffer) => settle(bytes.toString('hex')));
    socket.on('error', () => settle(''));
    socket.on('close', () => settle(''));
  });
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('%s', (version) => {
  it('lets in who must be let in, and nobody else, and is not fooled by a resumed session', async () => {
    const wrong: string[] = [];
    for (const scenario of pki.index.scenarios) {
      const { id, role, expected, files } = scenario;
      if (role !== 'client' || ELSEWHERE.test(id) || expected === 'observe') continue;
      const own = files.key === undefined ? {} : material(scenario);
      const full = await tryWith({ ...own, maxVersion: version });
      const again = full.session && (await tryWith({ ...own, maxVersion: version, session: full.session }));
      for (const { answer } of again === undefined ? [full] : [full, again]) {
        if ((answer === '20020000') !== (expected === 'accept')) wrong.push(`${id}: ${answer || 'ended'}`);
      }
      if (expected === 'accept' && again?.resumed !== true) wrong.push(`${id}: not resumed`);
    }
    expect(wrong).toEqual([]);
  });
});

it.each(['crl-expired', 'crl-wrong-signer', 'crl-root-only'])('refuses %s: such lists decide nothing', async (id) => {
  const scenario = pki.scenario(id);
  const usual = running;
  running = await startBroker({
    tls: {
      ...material(pki.scenario('server-chain')),
      ca: [pki.pem(pki.index.authorities.root.cert)],
      crl: [pki.pem(scenario?.crl ?? '')],
      requireCert: true,
    },
  });
  try {
    expect((await tryWith(material(scenario))).answer).toBe('');
  } finally {
    await running.close();
    running = usual;
  }
});

it('refuses by CONNACK who has no name that can be a user', async () => {
  for (const id of ['client-cn-empty', 'client-cn-two-cn', 'client-cn-wildcard', 'client-cn-nul']) {
    expect((await tryWith(material(pki.scenario(id)))).answer, id).toBe('20020005');
  }
  expect((await tryWith(material(pki.scenario('client-cn-utf8')))).answer).toBe('20020000');
});
