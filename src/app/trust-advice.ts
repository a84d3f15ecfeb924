/** How to trust the root of a folder, and how to take it back. Nothing is done: that is the user's to decide. */
import { resolve } from 'node:path';
import { readPki, type Pki } from '#certs-gen';
import { asUsage } from './certs.ts';

const NAME = 'mqttspec-TEST-root';
/** As the certificate calls itself, and so certutil and keytool. */
const COMMON_NAME = 'mqttspec TEST root';

/** Throws `UsageError` where the folder isn't ours. */
export function trustAdvice(directory: string): string {
  let pki: Pki;
  try {
    pki = readPki(directory);
  } catch (error) {
    throw asUsage(error);
  }
  const { index } = pki;
  const root = resolve(directory, index.authorities.root.cert);
  const quoted = `'${root.replaceAll("'", String.raw`'\''`)}'`;
  const reach = index.trustable
    ? 'It may certify local names only (--trustable).'
    : 'It may certify ANY name: whoever reads this folder could pose as any site to you. Better: certs make --trustable.';
  return `${[
    `Trusting ${root}`,
    `${reach} Not needed for mqttspec run --pki. Valid until ${index.validUntil.slice(0, 10)}; take it back after the test.`,
    '',
    ...PLACES.flatMap(({ where, trust, untrust }) => [
      where,
      ...trust.map((line) => `  ${line.replaceAll('ROOT', quoted)}`),
      ...untrust.map((line) => `  and back: ${line.replaceAll('ROOT', quoted)}`),
      '',
    ]),
    'Nothing of this was done.',
  ].join('\n')}\n`;
}

const PLACES = [
  {
    where: 'Node.js, one process',
    trust: ['NODE_EXTRA_CA_CERTS=ROOT node client.js'],
    untrust: [],
  },
  {
    where: 'Chromium on Linux (libnss3-tools), and Firefox with the folder of its profile',
    trust: [`certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n ${NAME} -i ROOT`],
    untrust: [`certutil -d sql:$HOME/.pki/nssdb -D -n ${NAME}`],
  },
  {
    where: 'Debian, Ubuntu',
    trust: [`sudo cp ROOT /usr/local/share/ca-certificates/${NAME}.crt && sudo update-ca-certificates`],
    untrust: [`sudo rm /usr/local/share/ca-certificates/${NAME}.crt && sudo update-ca-certificates --fresh`],
  },
  {
    where: 'Fedora',
    trust: ['sudo trust anchor ROOT'],
    untrust: ['sudo trust anchor --remove ROOT'],
  },
  {
    where: 'macOS',
    trust: ['security add-trusted-cert -k ~/Library/Keychains/login.keychain-db ROOT'],
    untrust: [`security delete-certificate -c '${COMMON_NAME}' ~/Library/Keychains/login.keychain-db`],
  },
  {
    where: 'Windows, this user (PowerShell)',
    trust: ['certutil -user -addstore Root ROOT'],
    untrust: [`certutil -user -delstore Root '${COMMON_NAME}'`],
  },
] as const;
