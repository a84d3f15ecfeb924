// The bundled broker in a process of its own.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export async function ownBroker() {
  const args = [COMMAND, 'broker', '--port', '0', '--ws-port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`the bundled broker ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (more) => {
      text += more;
      const match = /^ready (\S+)/m.exec(text);
      if (match !== null) resolve(match[1]);
    });
  });
  return { child, url };
}
