/** The files of authorities and leaves, and what the index says of them. */
import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Pkcs12Writer } from '../der/pkcs12.ts';
import { pem } from '../der/x509.ts';
import type { NewFile } from '../folder/files.ts';
import type { AuthorityFiles, Scenario, ScenarioFiles } from '../types.ts';
import type { Authority } from './authority.ts';
import type { Leaf } from './leaf.ts';
import { nameText } from './name-text.ts';

const CERTIFICATE = 'CERTIFICATE';

export function authorityPaths(name: string): AuthorityFiles {
  return {
    cert: `ca/${name}.pem`,
    der: `ca/${name}.der`,
    key: `ca/${name}.key`,
    crl: `crl/${name}.pem`,
    crlDer: `crl/${name}.crl`,
  };
}

export function authorityFiles({ plan, der, keys }: Authority, crl: Buffer): readonly NewFile[] {
  const paths = authorityPaths(plan.name);
  return [
    { path: paths.cert, content: pem(CERTIFICATE, der) },
    { path: paths.der, content: der },
    { path: paths.key, content: keyPem(keys.privateKey), secret: true },
    { path: paths.crl, content: pem('X509 CRL', crl) },
    { path: paths.crlDer, content: crl },
  ];
}

export function leafPaths({
  plan,
  chain,
}: Pick<Leaf, 'plan' | 'chain'>): Required<Omit<ScenarioFiles, 'chain' | 'bundle'>> & ScenarioFiles {
  const stem = `${plan.role}/${fileName(plan.id)}`;
  return {
    cert: `${stem}.pem`,
    key: `${stem}.key`,
    ...(chain.length === 0 ? {} : { chain: `${stem}.chain.pem` }),
    fullchain: `${stem}.fullchain.pem`,
    p12: `${stem}.p12`,
    der: `${stem}.der`,
    ...(plan.role === 'server' ? { bundle: `${stem}.bundle.pem` } : {}),
  };
}

/** A '#' needs quotes in most places. */
const fileName = (id: string): string => id.replaceAll('#', '-');

export function leafFiles(leaf: Leaf, pkcs12: Pkcs12Writer): readonly NewFile[] {
  const { plan, der, chain, privateKey } = leaf;
  const paths = leafPaths(leaf);
  const chainPem = chain.map((one) => pem(CERTIFICATE, one)).join('');
  return [
    { path: paths.cert, content: pem(CERTIFICATE, der) },
    { path: paths.key, content: keyPem(privateKey), secret: true },
    ...(paths.chain === undefined ? [] : [{ path: paths.chain, content: chainPem }]),
    { path: paths.fullchain, content: pem(CERTIFICATE, der) + chainPem },
    {
      path: paths.p12,
      content: pkcs12.keyStore(`mqttspec TEST ${fileName(plan.id)}`, privateKey, [der, ...chain]),
      secret: true,
    },
    { path: paths.der, content: der },
    ...(paths.bundle === undefined
      ? []
      : [
          { path: paths.bundle, content: keyPem(privateKey) + pem(CERTIFICATE, der) + chainPem, secret: true as const },
        ]),
  ];
}

export function leafScenario(leaf: Leaf, password: string): Scenario {
  const { plan, subject, serial, period, der } = leaf;
  const commonName = subject.find(({ type }) => type === 'commonName')?.value;
  return {
    ...described(plan),
    files: leafPaths(leaf),
    subject: nameText(subject),
    ...(commonName === undefined ? {} : { commonName }),
    serial: serial.toString('hex'),
    notBefore: period.notBefore.toISOString(),
    notAfter: period.notAfter.toISOString(),
    fingerprint: createHash('sha256').update(der).digest('hex'),
    password,
  };
}

type Described = Pick<Scenario, 'id' | 'role' | 'expected' | 'why' | 'source' | 'needs'>;

/** What the table says. */
export function described({
  id,
  role,
  expected,
  why,
  source,
  needs,
}: Described): Described & Pick<Scenario, 'requirement'> {
  const requirement = role === 'client' && !id.startsWith('client-named-') ? { requirement: `cert/${id}` } : {};
  return { id, role, expected, why, source, ...requirement, ...(needs === undefined ? {} : { needs }) };
}

const keyPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string;
