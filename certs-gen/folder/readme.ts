/** The description in the folder, for people. */
import type { PkiIndex } from '../types.ts';

export function readmeText({ created, validUntil, hosts, password, scenarios }: PkiIndex): string {
  const rows = scenarios.map(({ id, expected, why, source }) => `| \`${id}\` | ${expected} | ${why} | ${source} |`);
  return `# TEST certificates

Made by \`mqttspec certs make\` on ${created.slice(0, 10)}, valid until ${validUntil.slice(0, 10)}, for ${hosts.join(', ')}. For tests only: most of them are wrong on purpose.

| scenario | expected | what it is | source |
|---|---|---|---|
${rows.join('\n')}

Password of the PKCS#12 files: \`${password}\`.
`;
}
