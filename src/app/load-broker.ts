/** The bundled reference broker in a process of its own: generator and broker must not share a thread. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface LoadedBroker {
  readonly wsUrl: string;
  readonly tcpUrl: string;
  close(): Promise<void>;
}

/** As deep as load needs: the usual limits are those of a strict small broker. */
const ARGUMENTS = ['broker', '--port', '0', '--ws-port', '0'];

/** Starts the built command: `mqttspec broker`, on free ports of this machine. */
export async function startLoadedBroker(): Promise<LoadedBroker> {
  const child = spawn(process.execPath, [command(), ...ARGUMENTS], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [wsUrl, tcpUrl] = await urlsOf(child);
  return {
    wsUrl,
    tcpUrl,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function command(): string {
  const manifest = createRequire(import.meta.url).resolve('mqttspec/package.json');
  return path.join(path.dirname(manifest), 'dist/src/cli/main.js');
}

/** Its last line: `ready ws://… mqtt://…`. */
function urlsOf(child: ChildProcess): Promise<readonly [string, string]> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const match = /^ready (ws:\S+) (mqtt:\S+)/m.exec(said);
      if (match !== null) resolve([match[1] as string, match[2] as string]);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the bundled broker ended with ${code} before it was ready`)));
  });
}
