/** The local origin that pages come from: one page, the built modules that run in it, MQTT.js. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const require = createRequire(import.meta.url);
/** Pages run what was built, wherever this process runs from (`scripts/bundle-pages.mjs`). */
const BUILT = path.join(
  path.dirname(require.resolve('mqttspec/package.json')),
  'dist/src/drivers/chromium-page/bundle.mjs',
);
const SCRIPTS: Readonly<Record<string, string>> = {
  '/page.js': BUILT,
  '/mqtt.js': require.resolve('mqtt/dist/mqtt.esm'),
};

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>mqttspec</title>
<link rel="icon" href="data:,">
<style>body { font: 13px/1.5 ui-monospace, monospace; margin: 12px } pre { white-space: pre-wrap; word-break: break-all }</style>
<script type="importmap">${JSON.stringify({ imports: { mqtt: '/mqtt.js' } })}</script>
<script type="module" src="/page.js"></script>
<pre id="log"></pre>
</html>
`;

export interface Resource {
  readonly type: 'text/html; charset=utf-8' | 'text/javascript; charset=utf-8';
  readonly body: string;
}

export interface Origin {
  /** `http://127.0.0.1:40123`. */
  readonly url: string;
  close(): Promise<void>;
}

/** What stands at a path of the origin; undefined: nothing. */
export async function resourceAt(pathname: string): Promise<Resource | undefined> {
  if (pathname === '/') return { type: 'text/html; charset=utf-8', body: PAGE };
  const file = SCRIPTS[pathname];
  const body = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  return body === undefined ? undefined : { type: 'text/javascript; charset=utf-8', body };
}

/** Listens on a free port of 127.0.0.1. */
export async function startOrigin(): Promise<Origin> {
  const known = new Map<string, Promise<Resource | undefined>>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const resource = known.get(pathname) ?? resourceAt(pathname);
    known.set(pathname, resource);
    const found = await resource;
    const headers = { 'content-type': found?.type ?? 'text/plain', 'cache-control': 'max-age=600' };
    response.writeHead(found === undefined ? 404 : 200, headers).end(found?.body ?? '');
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
