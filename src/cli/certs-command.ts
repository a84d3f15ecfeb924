/** `mqttspec certs`: makes TEST certificates, lists them, says how to trust them. */
import { listCertificates, makeCertificates, nearest, trustAdvice, UsageError, type MadeCertificates } from '#app';
import { count, renderTable } from '#term';
import { EXIT } from './exit-codes.ts';
import type { Values } from './options.ts';
import type { Action } from './program.ts';
import type { Terminal } from './terminal.ts';

const DIRECTORY = 'mqttspec-certs';
const WHAT = ['make', 'list', 'trust'] as const;

export function certsCommand(terminal: Terminal): Action<'certs'> {
  return async ([word = '', directory], values) => {
    const what = WHAT.find((name) => name === word);
    if (what === undefined) {
      throw new UsageError(`certs can't '${word}'`, `did you mean: mqttspec certs ${nearest(word, WHAT)}`);
    }
    if (what === 'make') await make(terminal, directory ?? DIRECTORY, values);
    else if (what === 'list') await list(terminal, directory, values);
    else terminal.out(terminal.outPaint().finish(trustAdvice(directory ?? DIRECTORY)));
    return EXIT.done;
  };
}

async function make(terminal: Terminal, directory: string, values: Values<'certs'>): Promise<void> {
  const made = await makeCertificates(directory, {
    days: values.days,
    commonNames: values.cn,
    only: values.scenarios,
    force: values.force,
    trustable: values.trustable,
    ...(values.keyType === undefined ? {} : { key: values.keyType }),
    ...(values.hosts.length === 0 ? {} : { hosts: values.hosts }),
  });
  if (made.warning !== undefined) {
    const paint = terminal.errPaint();
    terminal.err(paint.finish(`${paint.yellow('warning:')} ${made.warning}\n  add to .gitignore: ${directory}/\n`));
  }
  if (values.json) terminal.out(`${JSON.stringify(made.index, null, 2)}\n`);
  else terminal.out(terminal.outPaint().finish(summary(directory, made)));
}

function summary(directory: string, { index, added }: MadeCertificates): string {
  const of = (role: string): string => {
    const scenarios = index.scenarios.filter((one) => one.role === role);
    const expected = (outcome: string): number => scenarios.filter((one) => one.expected === outcome).length;
    const each = `accept ${expected('accept')}, reject ${expected('reject')}, observe ${expected('observe')}`;
    return `${String(scenarios.length).padStart(2)} scenarios: ${each}`;
  };
  const known = index.scenarios.length - added;
  const head =
    known === 0
      ? `${count(added, 'scenario')} made`
      : `${added === 0 ? 'nothing' : count(added, 'scenario')} added, ${known} there already and unchanged`;
  const [host = 'localhost'] = index.hosts;
  const url = `wss://${host.includes(':') ? `[${host}]` : host}:8884/mqtt`;
  return [
    `${directory}: ${head}, TEST certificates for ${index.hosts.join(', ')} until ${index.validUntil.slice(0, 10)}`,
    `  clients       ${of('client')}`,
    `  servers       ${of('server')}`,
    `  root          ${directory}/${index.authorities.root.cert}`,
    `  what is what  ${directory}/README.md`,
    ...(index.companions.length === 0 ? [] : [`  for brokers   ${directory}/brokers/README.md`]),
    `  try it        mqttspec run ${url} --pki ${directory} --require-client-cert`,
    '',
  ].join('\n');
}

async function list(terminal: Terminal, directory: string | undefined, { json }: Values<'certs'>): Promise<void> {
  const scenarios = await listCertificates(directory);
  if (json) terminal.out(`${JSON.stringify(scenarios, null, 2)}\n`);
  else {
    const rows = scenarios.map(({ id, expected, needs = [], why }) => [id, expected, needs.join(' '), why]);
    terminal.out(renderTable(rows, terminal.outPaint()));
  }
}
