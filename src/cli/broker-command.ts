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

/** The last line is for scripts that wait for it. */
function greeting(urls: { readonly wsUrl: string; readonly tcpUrl: string }, values: Values<'broker'>): string {
  const altered = [...values.fault.map((name) => `fault ${name}`), ...values.variant.map((name) => `variant ${name}`)];
  const behaviour = altered.length === 0 ? 'strict' : `${count(altered.length, 'alteration')}: ${altered.join(', ')}`;
  return [
    `reference broker, MQTT 3.1.1 and 5.0, in memory, ${behaviour}`,
    `  WebSocket  ${urls.wsUrl}`,
    `  TCP        ${urls.tcpUrl}`,
    `  try it     mqttspec run ${urls.wsUrl}`,
    `ready ${urls.wsUrl} ${urls.tcpUrl}`,
    '',
  ].join('\n');
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
