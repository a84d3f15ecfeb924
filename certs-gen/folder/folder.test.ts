/** What is not ours stays as it is, and what is wrong is said in one sentence. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { exposedToGit, makePki, readPki, type PkiIndex } from '../index.ts';
import { TemporaryFolder } from '../testing/folder.ts';

const FEW = ['client-valid-ec-p256', 'client-expired', 'server-valid'];

let folder: TemporaryFolder;
let original: string;
let pki: string;
let n = 0;
beforeAll(async () => {
  folder = new TemporaryFolder();
  original = folder.at('original');
  await makePki(original, { only: FEW });
});
afterAll(() => folder.dispose());
beforeEach(() => {
  n += 1;
  pki = folder.at(`copy-${n}`);
  cpSync(original, pki, { recursive: true });
});

const put = (path: string, text: string): void => writeFileSync(`${pki}/${path}`, text);
const text = (path: string): string => readFileSync(`${pki}/${path}`, 'utf8');
const index = (): PkiIndex => JSON.parse(text('index.json')) as PkiIndex;

test('what was made is read', () => {
  const read = readPki(pki);
  expect(read.index.scenarios.map(({ id }) => id)).toEqual(FEW);
  expect(read.pem('ca/root.pem')).toBe(text('ca/root.pem'));
  expect(read.scenario('client-sha1')).toBeUndefined();
});

test('a PEM file that the index does not have is not read', () => {
  expect(() => readPki(pki).pem('../secret.pem')).toThrow(/has no PEM file/);
});

const CERT = 'client/client-expired.pem';
const KEY = 'client/client-expired.key';

test.for<[string, string, () => void, RegExp]>([
  ['NOT_OURS', 'no index', () => rmSync(`${pki}/index.json`), /holds no certificates of mqttspec/],
  ['NOT_OURS', 'no JSON', () => put('index.json', '{'), /is not JSON$/],
  ['NOT_OURS', 'other JSON', () => put('index.json', '{"name":"x"}'), /is not the index of certificates/],
  ['NOT_OURS', 'half of it', () => put('index.json', '{"format":1}'), /is not the index of certificates/],
  ['NOT_OURS', 'a later format', () => put('index.json', '{"format":2}'), /has format 2, this version reads 1$/],
  ['UNREADABLE', 'a missing file', () => rmSync(`${pki}/${KEY}`), /client-expired\.key is missing/],
  ['UNREADABLE', 'a folder for a file', () => folderFor(KEY), /client-expired\.key is a folder$/],
  ['UNREADABLE', 'no certificate', () => put(CERT, 'x'), /client-expired\.pem is not a certificate/],
  ['UNREADABLE', 'no key', () => put(KEY, 'x'), /client-expired\.key is not a private key in PEM$/],
  ['UNREADABLE', 'no authority', () => put('ca/root.pem', 'x'), /ca\/root\.pem is not a certificate/],
  [
    'MISMATCH',
    'a foreign certificate',
    () => put(CERT, text('server/server-valid.pem')),
    /is another certificate than/,
  ],
  ['MISMATCH', 'a foreign key', () => put(KEY, text('server/server-valid.key')), /is not the key of client\//],
  ['MISMATCH', 'a foreign root', () => put('ca/root.pem', text('ca/foreign.pem')), /is not the key of ca\/root\.pem/],
  [
    'MISMATCH',
    'an encrypted key',
    () => put(KEY, encrypted(text(KEY))),
    /client-expired\.key is encrypted: keys of test certificates have no password$/,
  ],
  [
    'OUTSIDE',
    'a path that leads out',
    () => put('index.json', JSON.stringify({ ...index(), truststore: '../truststore.p12' })),
    /^\.\.\/truststore\.p12 is not inside/,
  ],
])('%s: %s', ([code, , spoil, sentence]) => {
  spoil();
  expect(() => readPki(pki)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(sentence) as string }),
  );
});

function folderFor(path: string): void {
  rmSync(`${pki}/${path}`);
  mkdirSync(`${pki}/${path}`);
}

function encrypted(pem: string): string {
  return createPrivateKey(pem).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  }) as string;
}

test.for<[string, number, RegExp]>([
  ['before it was made', -2, /were made on \d{4}-\d\d-\d\d, but this machine’s clock says/],
  ['after its end', 366, /ended on \d{4}-\d\d-\d\d$/],
])('a clock that is off: %s', ([, days, sentence]) => {
  const now = new Date(Date.parse(index().created) + days * 86_400_000);
  expect(() => readPki(pki, now)).toThrow(
    expect.objectContaining({ code: 'CLOCK', message: expect.stringMatching(sentence) as string }),
  );
});

test('a file that may not be read', (context) => {
  if (process.getuid?.() === 0) context.skip('root may read everything');
  chmodSync(`${pki}/${KEY}`, 0);
  expect(() => readPki(pki)).toThrow(
    expect.objectContaining({ code: 'UNREADABLE', message: expect.stringContaining('no permission') as string }),
  );
});

test('a folder with other files is left alone, with --force too', async () => {
  const other = folder.at(`other-${n}`);
  mkdirSync(other);
  writeFileSync(`${other}/notes.txt`, 'mine');
  for (const force of [false, true]) {
    await expect(makePki(other, { only: FEW, force })).rejects.toMatchObject({ code: 'NOT_OURS' });
  }
  expect(readFileSync(`${other}/notes.txt`, 'utf8')).toBe('mine');
  expect(existsSync(`${other}/ca`)).toBe(false);
});

test('a file in place of the folder', async () => {
  await expect(makePki(`${pki}/index.json`, { only: FEW })).rejects.toMatchObject({
    code: 'UNREADABLE',
    message: expect.stringContaining('is not a folder') as string,
  });
});

test('a folder that is a link out of the PKI is not written to', async () => {
  const elsewhere = folder.at(`elsewhere-${n}`);
  mkdirSync(elsewhere);
  rmSync(`${pki}/client`, { recursive: true });
  put(
    'index.json',
    JSON.stringify({ ...index(), scenarios: index().scenarios.filter(({ role }) => role === 'server') }),
  );
  symlinkSync(elsewhere, `${pki}/client`);
  await expect(makePki(pki, { only: ['client-expired'] })).rejects.toMatchObject({ code: 'OUTSIDE' });
  expect(existsSync(`${elsewhere}/client-expired.key`)).toBe(false);
});

test('a file in the way of a new one stays, and nothing of the rest is left', async () => {
  put('client/client-revoked.p12', 'mine');
  await expect(makePki(pki, { only: ['client-revoked'] })).rejects.toMatchObject({ code: 'EXISTS' });
  expect(text('client/client-revoked.p12')).toBe('mine');
  expect(existsSync(`${pki}/client/client-revoked.key`)).toBe(false);
  expect(readPki(pki).scenario('client-revoked')).toBeUndefined();
});

test('inside a git work tree: a warning, unless it is ignored', async (context) => {
  const tree = folder.at(`tree-${n}`);
  mkdirSync(tree);
  try {
    execFileSync('git', ['init', '-q', tree]);
  } catch {
    context.skip('git is not installed here');
  }
  expect(await exposedToGit(`${tree}/certs`)).toMatch(/is not ignored there: private keys could be committed$/);
  writeFileSync(`${tree}/.gitignore`, 'certs/\n');
  expect(await exposedToGit(`${tree}/certs`)).toBeUndefined();
  expect(await exposedToGit(folder.at('nowhere'))).toBeUndefined();
});
