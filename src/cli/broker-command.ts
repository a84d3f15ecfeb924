/** `mqttspec broker`: runs until it is told to stop. */
import { startReferenceBroker } from '#app';
import { count, visible } from '#term';
import { EXIT } from './exit-codes.ts';
import { content } from './file-content.ts';
import type { Values } from './options.ts';
import type { Action } from './program.ts';
import type { Terminal } from './terminal.ts';

export function brokerCommand(terminal: Terminal): Action<'broker'> {
  return async (_args, values) => {
    const broker = await startReferenceBroker({
      faults: values.fault,
      variants: values.variant,
      host: values.host,
      tcpPort: values.port,
      wsPort: values.wsPort,
      ...(values.pki === undefined ? {} : { pki: values.pki, wssPort: values.wssPort, mqttsPort: values.mqttsPort }),
      requireClientCert: values.requireClientCert,
      crl: values.crl,
      identity: values.identity,
      ...(values.path === undefined ? {} : { path: values.path }),
      limits: values.limits,
      ...(values.users === undefined
        ? {}
        : { users: { text: await content('users', values.users), name: values.users } }),
      ...(values.log ? { log: logTo(terminal) } : {}),
    });
    terminal.out(terminal.outPaint().finish(greeting(broker, values)));
    const exitCode = await stopped();
    await broker.close();
    return exitCode;
  };
}

interface Urls {
  readonly wsUrl: string;
  readonly tcpUrl: string;
  readonly wssUrl?: string;
  readonly mqttsUrl?: string;
}

/** The last line is for scripts that wait for it. */
function greeting(urls: Urls, values: Values<'broker'>): string {
  const altered = [...values.fault.map((name) => `fault ${name}`), ...values.variant.map((name) => `variant ${name}`)];
  const behaviour = altered.length === 0 ? 'strict' : `${count(altered.length, 'alteration')}: ${altered.join(', ')}`;
  const { wsUrl, tcpUrl, wssUrl, mqttsUrl } = urls;
  const secure = wssUrl === undefined || mqttsUrl === undefined ? [] : [wssUrl, mqttsUrl];
  return [
    `reference broker, MQTT 3.1.1 and 5.0, in memory, ${behaviour}`,
    `  WebSocket  ${[wsUrl, ...secure.slice(0, 1)].join('  ')}`,
    `  TCP        ${[tcpUrl, ...secure.slice(1)].join('  ')}`,
    `  try it     mqttspec run ${secure[0] === undefined ? wsUrl : `${secure[0]} ${declarations(values)}`}`,
    `ready ${[wsUrl, tcpUrl, ...secure].join(' ')}`,
    '',
  ].join('\n');
}

/** What a run against this broker has to be told. */
function declarations({ pki = '', requireClientCert, crl, identity }: Values<'broker'>): string {
  const declared = [
    ...(crl ? ['crl'] : []),
    ...(identity ? ['identity', 'acl'] : []),
    ...(requireClientCert ? ['root-only'] : []),
  ];
  return [
    `--pki ${pki}`,
    ...(requireClientCert ? ['--require-client-cert'] : []),
    ...(declared.length === 0 ? [] : [`--declare ${declared.join(',')}`]),
  ].join(' ');
}

function logTo(terminal: Terminal): (line: string) => void {
  return (line) =>
    terminal.err(terminal.errPaint().finish(`${new Date().toISOString().slice(11, 23)}  ${visible(line)}\n`));
}

/** Ctrl-C is the normal end of a broker on a desk. */
function stopped(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(EXIT.interrupted));
    process.once('SIGTERM', () => resolve(EXIT.terminated));
  });
}
