/** Serves a load run while it goes on to Prometheus: `GET /metrics`. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import type { LoadProgress } from '#load';
import { UsageError } from './errors.ts';
import type { LoadEvent, LoadRunOptions } from './load-options.ts';

export interface MetricsServer {
  readonly url: string;
  hear(event: LoadEvent): void;
  close(): Promise<void>;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** `9464`, `0.0.0.0:9464`, `[::1]:0`: loopback where no host is named; 0 is any free port. Throws `UsageError`. */
export function metricsPlace(text: string): Place {
  const [, bracketed, named, digits = ''] = /^(?:\[([^\]]*)\]:|([^:]*):)?(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? named ?? '127.0.0.1';
  if (digits === '' || Number(digits) > 65_535 || host === '' || (bracketed !== undefined && !isIPv6(bracketed))) {
    throw new UsageError(
      `--prometheus takes a port, or a host and a port, not '${text}'`,
      'for example: --prometheus 9464, or --prometheus 0.0.0.0:9464 where others may read it',
    );
  }
  return { host, port: Number(digits) };
}

/** Throws `UsageError` where the place is taken. */
export async function startMetricsServer(text: string, engine: LoadRunOptions['engine']): Promise<MetricsServer> {
  const place = metricsPlace(text);
  const { PROMETHEUS_CONTENT_TYPE, renderPrometheus } = await import('#reports');
  let info: Readonly<Record<string, string>> = {};
  let progress: LoadProgress | undefined;
  const page = (): string => {
    if (progress === undefined) return renderPrometheus(undefined);
    const { stage, atMs, point, totals } = progress;
    return renderPrometheus({ info, stage, atMs, point, ...totals() });
  };
  const server = createServer((request, response) => answer(request, response, PROMETHEUS_CONTENT_TYPE, page));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new UsageError(`--prometheus ${text}: ${error.message}`, 'another port: --prometheus 0 takes a free one')),
    );
    server.listen(place.port, place.host, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${isIPv6(address) ? `[${address}]` : address}:${port}/metrics`,
    hear(event) {
      if (event.type === 'progress') progress = event.progress;
      if (event.type !== 'start') return;
      const { profile, url, label, run } = event;
      progress = undefined;
      info = { profile, url, label, engine: engine ?? 'embedded', run: String(run) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, type: string, page: () => string): void {
  const { method = '', url = '' } = request;
  if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, { allow: 'GET, HEAD' }).end();
  else if (url.replace(/\?.*$/, '') !== '/metrics') response.writeHead(404).end('see /metrics\n');
  else {
    const text = page();
    response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
    response.end(method === 'HEAD' ? undefined : text);
  }
}
