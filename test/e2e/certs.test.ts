/** `mqttspec certs` as a user meets it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, outcome, start, Workspace } from './cli.ts';

const FEW = ['--only', 'server-chain', '--only', 'client-valid-ec-p256', '--only', 'client-expired'];

let workspace: Workspace;
beforeAll(async () => {
  workspace = new Workspace();
  await certs('make', 'ready', ...FEW);
}, 60_000);
afterAll(() => workspace.dispose());

function certs(...args: readonly string[]): Promise<Outcome> {
  return outcome(start(['certs', ...args], workspace.folder));
}

const place = (path: string): string => join(workspace.folder, path);

test('make: what there is now, where, and what to do with it', async () => {
  const { code, stdout, stderr } = await certs('make');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^mqttspec-certs: \d+ scenarios made, TEST certificates for localhost, 127\.0\.0\.1, ::1 until/,
  );
  expect(stdout).toContain('mqttspec-certs/brokers/README.md');
  expect(stdout).toContain('mqttspec run wss://localhost:8884/mqtt --pki mqttspec-certs --require-client-cert');
  const readme = readFileSync(place('mqttspec-certs/README.md'), 'utf8');
  const scenarios = JSON.parse((await certs('list', '--json')).stdout) as { readonly id: string }[];
  for (const { id } of scenarios) expect(readme).toContain(`| \`${id}\` |`);
  const guide = readFileSync(place('mqttspec-certs/brokers/README.md'), 'utf8');
  expect(guide).toContain('--declare crl');
});

test('make again: nothing changes', async () => {
  const before = readFileSync(place('ready/index.json'), 'utf8');
  const { code, stdout } = await certs('make', 'ready', ...FEW);
  expect(code).toBe(0);
  expect(stdout).toContain('nothing added, 3 there already and unchanged');
  expect(readFileSync(place('ready/index.json'), 'utf8')).toBe(before);
});

test('make --cn: one more client, and nobody else', async () => {
  await certs('make', 'grows', ...FEW);
  const { stdout } = await certs('make', 'grows', '--cn', 'Alice');
  expect(stdout).toContain('1 scenario added, 3 there already');
  expect((await certs('list', 'grows')).stdout).toMatch(/^client-named-alice +accept/m);
});

test('make --json: the index and nothing else', async () => {
  const { code, stdout, stderr } = await certs('make', 'json', ...FEW, '--key', 'ec-p384', '--json');
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(place('json/index.json'), 'utf8')));
  expect(JSON.parse(stdout)).toMatchObject({ format: 1, key: 'ec-p384' });
});

test('inside a git work tree: a warning on stderr', async (context) => {
  mkdirSync(place('tree'));
  if (spawnSync('git', ['init', '-q', place('tree')]).error !== undefined) context.skip('git is not installed here');
  const { code, stderr } = await certs('make', 'tree/certs', ...FEW);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: tree\/certs is inside the git work tree .* is not ignored there/);
  expect(stderr).toContain('add to .gitignore');
});

test('trust says what to do, and does nothing', async () => {
  const { code, stdout } = await certs('trust', 'ready');
  expect(code).toBe(0);
  expect(stdout).toContain(place('ready/ca/root.pem'));
  expect(stdout).toContain('ANY name');
  expect(stdout).toContain('update-ca-certificates --fresh');
  expect(stdout.trimEnd()).toMatch(/Nothing of this was done\.$/);
});

test('list: all that can be made, in a table', async () => {
  const { code, stdout, stderr } = await certs('list');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^client-revoked +reject +crl +it is on the revocation list/m);
  expect(stdout.trimEnd().split('\n').length).toBeGreaterThanOrEqual(45);
});

test('no key is readable for anybody else, and no output holds one', async () => {
  const files = readdirSync(place('ready'), { recursive: true, encoding: 'utf8' }).map((path) =>
    place(join('ready', path)),
  );
  const open = files.filter((path) => statSync(path).isFile() && (statSync(path).mode & 0o077) !== 0);
  for (const path of open) expect([path, readFileSync(path, 'latin1').includes('PRIVATE KEY')]).toEqual([path, false]);
  const outputs = await Promise.all([
    certs('make', 'ready', '--json'),
    certs('list', 'ready', '--json'),
    certs('trust', 'ready'),
  ]);
  for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain('PRIVATE KEY');
});

describe('wrong use: one sentence, exit 2, nothing on stdout, nothing written', () => {
  test.each([
    [['mak'], "certs can't 'mak'", 'mqttspec certs make'],
    [['make', 'a', 'b'], 'too many arguments', 'mqttspec certs --help'],
    [['make', 'no', '--key', 'dsa'], "'dsa'", 'did you mean'],
    [['make', 'no', '--days', '0'], 'whole number from 1 to 3650', ''],
    [['make', 'no', '--host', 'wss://broker.test'], 'neither a DNS name nor an address', 'without scheme'],
    [['make', 'no', '--cn', ''], "'' can't be a common name", '1 to 64'],
    [['make', 'no', '--only', 'client-foo'], 'no scenario is called client-foo', 'mqttspec certs list'],
    [['make', 'foreign'], 'foreign holds files that mqttspec did not make', 'a new or an empty folder'],
    [['make', 'foreign', '--force'], 'foreign holds files that mqttspec did not make', ''],
    [['make', 'foreign/notes.txt'], 'is not a folder', ''],
    [['make', 'ready', '--key', 'rsa-2048'], 'ready has certificates with keys of type ec-p256', '--force'],
    [['make', 'ready', '--host', 'other.test'], 'ready has certificates for localhost', '--force'],
    [['list', 'foreign'], 'foreign holds no certificates of mqttspec', 'mqttspec certs make'],
    [['trust', 'nowhere'], 'nowhere holds no certificates of mqttspec', 'mqttspec certs make'],
    [['make', 'no', '--host'], 'argument missing', ''],
  ])('%o', async (args, message, hint) => {
    mkdirSync(place('foreign'), { recursive: true });
    writeFileSync(place('foreign/notes.txt'), 'mine');
    const before = readFileSync(place('ready/index.json'), 'utf8');
    const { code, stdout, stderr } = await certs(...args);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect([code, stdout]).toEqual([2, '']);
    expect(readFileSync(place('ready/index.json'), 'utf8')).toBe(before);
    expect(readdirSync(place('foreign'))).toEqual(['notes.txt']);
    expect(existsSync(place('no'))).toBe(false);
  });
});
