/** Secure listeners as a user meets them: the bundled broker with TLS, runs against it, files that are wrong, secrets that stay. */
import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, outcome, start, until, Workspace } from './cli.ts';

const SOME = [
  'server-chain',
  'client-valid-ec-p256',
  'client-valid-intermediate',
  'client-expired',
  'client-revoked',
  'client-self-signed',
  'client-cn-device-1',
  'client-cn-device-10',
];
const SELECTED = ['id:client-certificates/*', 'id:certificate-contents/expired'];

let workspace: Workspace;
beforeAll(async () => {
  workspace = new Workspace();
  await mqttspec('certs', 'make', 'certs', ...SOME.flatMap((id) => ['--only', id]));
}, 60_000);
afterAll(() => workspace.dispose());

const mqttspec = (...args: readonly string[]): Promise<Outcome> => outcome(start(args, workspace.folder));
const place = (...path: readonly string[]): string => join(workspace.folder, ...path);
const file = (path: string): string => readFileSync(place('certs', path), 'utf8');

interface Doors {
  readonly wss: string;
  readonly mqtts: string;
}

/** With the broker as long as `use` takes. */
async function withBroker(args: readonly string[], use: (doors: Doors) => Promise<void>): Promise<void> {
  const ports = ['--port', '0', '--ws-port', '0', '--wss-port', '0', '--mqtts-port', '0'];
  const broker = start(['broker', '--pki', 'certs', ...ports, ...args], workspace.folder);
  try {
    const greeting = await until(broker.stdout, '\nready ');
    const [, wss = '', mqtts = ''] = /^ready ws:\S+ mqtt:\S+ (wss:\S+) (mqtts:\S+)$/m.exec(greeting) ?? [];
    expect(greeting).toContain(`try it     mqttspec run ${wss} --pki certs`);
    await use({ wss, mqtts });
  } finally {
    broker.kill('SIGTERM');
  }
}

test('a broker that requires certificates conforms, over WSS and over MQTT with TLS', async () => {
  await withBroker(['--require-client-cert', '--crl'], async ({ wss, mqtts }) => {
    const declared = ['--require-client-cert', '--declare', 'crl,root-only'];
    const { code, stdout } = await mqttspec(
      'run',
      wss,
      '--also',
      mqtts,
      '--pki',
      'certs',
      ...declared,
      '--json',
      ...SELECTED,
    );
    const { cases, conclusion } = JSON.parse(stdout) as Result;
    expect(cases.filter(({ verdict }) => !['pass', 'observed', 'skip'].includes(verdict))).toEqual([]);
    expect(passed(cases, 'client-certificates/revoked[TLSv1.3]')).toEqual(['mqtts', 'wss']);
    expect(passed(cases, 'certificate-contents/expired[TLSv1.2]')).toEqual(['mqtts', 'wss']);
    expect([code, conclusion.exitCode]).toEqual([0, 0]);
  });
});

interface Result {
  readonly cases: readonly { readonly instance: string; readonly verdict: string; readonly reason?: string }[];
  readonly conclusion: { readonly exitCode: number };
}

const passed = (cases: Result['cases'], id: string): string[] =>
  cases
    .flatMap(({ instance, verdict }) =>
      verdict === 'pass' && instance.startsWith(`${id}@`) ? instance.slice(id.length + 1) : [],
    )
    .toSorted();

test('a listener that asks for no certificate: declared, one requirement fails; undeclared, one sentence', async () => {
  await withBroker(['--require-client-cert', '--fault', 'asks-for-no-certificate'], async ({ wss }) => {
    const told = await mqttspec('run', wss, '--pki', 'certs', '--require-client-cert', '--json', ...SELECTED);
    const { cases } = JSON.parse(told.stdout) as Result;
    const failed = cases.filter(({ verdict }) => verdict === 'fail').map(({ instance }) => instance);
    expect([told.code, failed]).toEqual([
      1,
      ['client-certificates/none[TLSv1.3]@wss', 'client-certificates/none[TLSv1.2]@wss'],
    ]);
    const untold = await mqttspec('run', wss, '--pki', 'certs', '--json', ...SELECTED);
    const reasons = new Set((JSON.parse(untold.stdout) as Result).cases.map(({ reason }) => reason));
    expect(reasons).toContain('needs a listener that requires client certificates (not declared)');
    for (const reason of reasons)
      expect(reason).toMatch(/^needs a listener that .* client certificates \(not declared\)$/);
  });
});

describe('files that are wrong: one sentence, exit code 2', () => {
  const key = (): string => file('client/client-valid-ec-p256.key');
  test.each([
    ['a folder of something else', () => ['--pki', 'other'], 'holds no certificates of mqttspec'],
    ['no file', () => ['--cert', 'nowhere.pem', '--key', 'nowhere.pem'], 'there is no such file'],
    ['a key of another certificate', () => pair(file('client/client-expired.key')), 'can not be used'],
    ['an encrypted key without its passphrase', () => pair(encrypted(key())), 'can not be used'],
    ['no PEM', () => ['--cacert', 'other/file'], 'holds no PEM block'],
    ['a PFX with another passphrase', () => ['--pfx', 'certs/client/client-valid-ec-p256.p12'], 'can not be used'],
  ] as const)('%s', async (_what, options, sentence) => {
    mkdirSync(place('other'), { recursive: true });
    writeFileSync(place('other', 'file'), 'something else');
    const { code, stderr } = await mqttspec('run', 'wss://localhost:1/mqtt', ...options());
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  function pair(other: string): string[] {
    writeFileSync(place('other.key'), other);
    return ['--cert', 'certs/client/client-valid-ec-p256.pem', '--key', 'other.key'];
  }

  const encrypted = (pem: string): string =>
    String(createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }));
});

/** Long enough to be nobody else's: the second line of each key. */
function secrets(): string[] {
  const keys = readdirSync(place('certs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.key'),
  );
  expect(keys.length).toBeGreaterThan(SOME.length - 1);
  return keys.map((name) => file(name).split('\n')[1] ?? '').filter((line) => line.length > 20);
}

test('no output holds a key, a password, a passphrase or a token', async () => {
  writeFileSync(place('password'), 'pass-0f3b\n');
  writeFileSync(place('passphrase'), `${(JSON.parse(file('index.json')) as { password: string }).password}\n`);
  const credentials = [
    '--username',
    'alice',
    '--password-file',
    'password',
    '--header',
    'Authorization: Bearer token-77c1',
  ];
  const pfx = ['--pfx', 'certs/client/client-valid-ec-p256.p12', '--passphrase-file', 'passphrase'];
  const forbidden = [...secrets(), 'pass-0f3b', 'token-77c1', Buffer.from('pass-0f3b').toString('base64')];
  await withBroker(['--require-client-cert', '--log'], async ({ wss }) => {
    const usual = ['run', `${wss}?token=query-5d20`, '--pki', 'certs', ...pfx, ...credentials, '--require-client-cert'];
    const some = ['id:client-certificates/p256', 'id:client-certificates/self-signed', 'id:connect/second-connect'];
    const ways = [['-vv', '--html', '--junit'], ['--json'], ['--events'], ['-q']];
    for (const [index, way] of ways.entries()) {
      const { stdout, stderr } = await mqttspec(...usual, ...way, '--out', `out${index}`, ...some);
      expect(stdout.length).toBeGreaterThan(0);
      for (const secret of forbidden)
        expect(`${stdout}${stderr}`.includes(secret), `${secret} in ${way.join(' ')}`).toBe(false);
    }
  });
  const written = readdirSync(workspace.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^out\d\/.*\.\w+$/.test(name),
  );
  expect(written.map((name) => name.replace(/^.*\./, ''))).toEqual(expect.arrayContaining(['html', 'xml', 'json']));
  for (const name of written) {
    const content = readFileSync(place(name), 'utf8');
    for (const secret of forbidden) expect(content.includes(secret), `${secret} in ${name}`).toBe(false);
  }
});
