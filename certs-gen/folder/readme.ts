/** The description in the folder, for people. */
import type { PkiIndex, Scenario } from '../types.ts';

export function readmeText(index: PkiIndex): string {
  const { created, validUntil, hosts, password, scenarios, key, trustable, companions } = index;
  const of = (role: Scenario['role']): readonly Scenario[] => scenarios.filter((one) => one.role === role);
  const guide = companions.find((path) => path.endsWith('/README.md'));
  return `# TEST certificates

Made by \`mqttspec certs make\` on ${day(created)}, keys ${key}, valid until ${day(validUntil)}, for ${hosts.join(', ')}.
**For tests only.** Most of them are wrong on purpose; whoever can read this folder has all keys${trustable ? '; the root certifies local names only' : ''}.
Keep it out of version control and out of every trust store that outlives the test. \`mqttspec certs trust\` says how to
trust the root, and how to take it back.

| where | what |
|---|---|
| \`ca/root.pem\` | what a broker and its clients trust |
| \`ca/\` | the further authorities: \`intermediate\`, \`foreign\` (trusted by nobody), \`lookalike\` (the root's name, another key)…; \`truststore.p12\`: the root for Java |
| \`client/\`, \`server/\` | a scenario each: certificate (\`.pem\`, \`.der\`), key (\`.key\`), chain, full chain (what is shown), PKCS#12 (\`.p12\`); for servers key and chain in one (\`.bundle.pem\`) |
| \`crl/all.pem\` | the revocation lists of all authorities that the root vouches for; a file each beside it (\`.pem\`, \`.crl\` in DER), and in \`crl/hashed/\` by the hash of the name |
| \`crl/expired.pem\`, \`wrong-signer.pem\`, \`root-only.pem\` | lists with which a broker must let nobody in |
| \`index.json\` | all of this for programs |
${guide === undefined ? '' : `| \`${guide}\` | what each broker is told to use them, with client certificates required |\n`}
Password of every PKCS#12 file: \`${password}\`. Keys and stores are for their owner only (mode 0600): a broker that runs as
another user gets copies, as \`sudo install -o mosquitto -m 600 server/server-chain.key /etc/mosquitto/\`.

*accept*, *reject*: a listener that requires client certificates and trusts the root must; *observe*: either is allowed.
One more client: \`mqttspec certs make DIR --cn NAME\`. All anew: \`--force\`.

## Clients

${table(of('client'))}

## Servers

${table(of('server'))}
`;
}

const day = (iso: string): string => iso.slice(0, 10);

function table(scenarios: readonly Scenario[]): string {
  const rows = scenarios.map(
    ({ id, expected, why, source, needs = [] }) =>
      `| \`${id}\` | ${expected} | ${cell(why)} | ${needs.join(', ')} | ${cell(source)} |`,
  );
  return ['| scenario | expected | what it is | holds for | source |', '|---|---|---|---|---|', ...rows].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
