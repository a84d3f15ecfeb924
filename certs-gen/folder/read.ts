/** Reads a PKI and checks that it is what its index says. */
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PkiError } from '../errors.ts';
import type { Pki, PkiIndex, Scenario } from '../types.ts';
import { inside, refusal } from './files.ts';
import { filesOf, INDEX, parseIndex } from './index-file.ts';

/** Node refuses to load it: that is its point. */
const WRONG_KEY = 'client-key-mismatch';
const DAY_MS = 86_400_000;
const ANEW = 'make them anew: mqttspec certs make DIR --force';

/** @throws PkiError, one sentence: the folder is not ours, a file is missing, foreign, encrypted or doesn't fit, the clock is off. */
export function readPki(directory: string, now = new Date()): Pki {
  const index = readIndex(directory);
  checkClock(index, directory, now);
  const texts = new Map<string, string>();
  for (const path of filesOf(index)) {
    const content = read(directory, path);
    if (/\.(pem|key)$/.test(path)) texts.set(path, content.toString('latin1'));
  }
  for (const { cert, key } of Object.values(index.authorities)) checkKey(directory, texts, cert, key);
  const byId = new Map(index.scenarios.map((scenario) => [scenario.id, scenario]));
  for (const scenario of index.scenarios) checkScenario(directory, texts, scenario);
  return {
    directory,
    index,
    scenario: (id) => byId.get(id),
    pem(relative) {
      const text = texts.get(relative);
      if (text === undefined) throw new PkiError('UNREADABLE', `${directory} has no PEM file ${relative}`);
      return text;
    },
  };
}

/** The index alone. */
export function readIndex(directory: string): PkiIndex {
  try {
    return parseIndex(readFileSync(inside(directory, INDEX), 'utf8'), directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw refusal(error, directory);
    throw new PkiError(
      'NOT_OURS',
      `${directory} holds no certificates of mqttspec (there is no ${INDEX})`,
      `make some: mqttspec certs make ${directory}`,
    );
  }
}

function checkClock({ created, validUntil }: PkiIndex, directory: string, now: Date): void {
  const day = (date: Date | string): string => new Date(date).toISOString().slice(0, 10);
  if (now.getTime() < Date.parse(created) - DAY_MS) {
    const today = `this machine’s clock says ${day(now)}`;
    throw new PkiError(
      'CLOCK',
      `the certificates in ${directory} were made on ${day(created)}, but ${today}`,
      'set the clock',
    );
  }
  if (now.getTime() >= Date.parse(validUntil)) {
    throw new PkiError('CLOCK', `the certificates in ${directory} ended on ${day(validUntil)}`, ANEW);
  }
}

function checkScenario(directory: string, texts: ReadonlyMap<string, string>, scenario: Scenario): void {
  const { cert, key } = scenario.files;
  if (cert === undefined || key === undefined) return;
  const found = createHash('sha256')
    .update(derOf(directory, cert, texts))
    .digest('hex');
  if (found !== scenario.fingerprint) {
    throw new PkiError('MISMATCH', `${directory}/${cert} is another certificate than ${INDEX} says`, ANEW);
  }
  if (!scenario.id.startsWith(WRONG_KEY)) checkKey(directory, texts, cert, key);
}

function checkKey(directory: string, texts: ReadonlyMap<string, string>, cert: string, key: string): void {
  const pem = texts.get(key) ?? '';
  if (pem.includes('ENCRYPTED')) {
    throw new PkiError(
      'MISMATCH',
      `${directory}/${key} is encrypted: keys of test certificates have no password`,
      ANEW,
    );
  }
  const inCertificate = publicKeyOf(directory, cert, texts);
  let ofKey: Buffer;
  try {
    ofKey = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' });
  } catch {
    throw new PkiError('UNREADABLE', `${directory}/${key} is not a private key in PEM`, ANEW);
  }
  if (!ofKey.equals(inCertificate)) {
    throw new PkiError('MISMATCH', `${directory}/${key} is not the key of ${cert}`, ANEW);
  }
}

function publicKeyOf(directory: string, cert: string, texts: ReadonlyMap<string, string>): Buffer {
  try {
    return new X509Certificate(derOf(directory, cert, texts)).publicKey.export({ type: 'spki', format: 'der' });
  } catch {
    throw new PkiError('UNREADABLE', `${directory}/${cert} is not a certificate`, ANEW);
  }
}

function derOf(directory: string, cert: string, texts: ReadonlyMap<string, string>): Buffer {
  const base64 = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(texts.get(cert) ?? '')?.[1];
  if (base64 === undefined) throw new PkiError('UNREADABLE', `${directory}/${cert} is not a certificate in PEM`, ANEW);
  return Buffer.from(base64, 'base64');
}

function read(directory: string, path: string): Buffer {
  const target = inside(directory, path);
  try {
    return readFileSync(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw refusal(error, target);
    throw new PkiError('UNREADABLE', `${directory}/${path} is missing, though ${INDEX} names it`, ANEW);
  }
}
