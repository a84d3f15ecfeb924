import { redactUrl } from './redact-url.ts';
import { TargetError } from './target-error.ts';
import type { Endpoint, Transport } from './target.ts';

/** RFC 6455 §3; the ports that IANA registered for MQTT. */
const DEFAULT_PORTS = { ws: 80, wss: 443, mqtt: 1883, mqtts: 8883 } as const satisfies Record<Transport, number>;

/** Names that people use for the same thing. */
const MEANT: Readonly<Record<string, Transport>> = {
  http: 'ws',
  https: 'wss',
  tcp: 'mqtt',
  ssl: 'mqtts',
  tls: 'mqtts',
  'mqtt+ssl': 'mqtts',
  'mqtt+ws': 'ws',
  'mqtt+wss': 'wss',
};

export interface ParsedEndpoint {
  readonly endpoint: Endpoint;
  readonly username?: string;
  readonly password?: string;
}

export const isTls = (transport: Transport): boolean => transport === 'wss' || transport === 'mqtts';
export const isWebSocket = (transport: Transport): boolean => transport === 'ws' || transport === 'wss';

/** Parses one URL. Throws `TargetError`. */
export function parseEndpoint(text: string): ParsedEndpoint {
  const url = text.trim();
  const transport = transportOf(url);
  const { parsed, host } = parse(url, transport);
  const port = parsed.port === '' ? DEFAULT_PORTS[transport] : Number(parsed.port);
  if (port === 0) {
    throw new TargetError(
      'TARGET_URL_PART',
      'port 0 can not be connected to',
      'name the port',
      `${transport}://${host}`,
    );
  }
  if (parsed.hash !== '' || url.includes('#')) {
    const advice = 'leave out what follows the #, or write it as %23';
    throw new TargetError('TARGET_URL_PART', `${redactUrl(url)} has a fragment`, advice, `ws://${host}/mqtt`);
  }
  const path = pathOf(parsed, transport);
  return {
    endpoint: { url: `${transport}://${shownHost(host)}:${port}${path}`, transport, host, port, path },
    ...(parsed.username === '' ? {} : { username: decode(parsed.username) }),
    ...(parsed.password === '' ? {} : { password: decode(parsed.password) }),
  };
}

function transportOf(url: string): Transport {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  const shown = redactUrl(url);
  if (scheme === undefined) {
    const advice = 'write the URL with ws://, wss://, mqtt:// or mqtts://';
    const host = /^[^\s/@]+(\/\S*)?$/.test(url) ? shown : 'localhost:9001/mqtt';
    throw new TargetError('TARGET_URL_SCHEME', `"${shown}" names no protocol`, advice, `ws://${host}`);
  }
  if (scheme in DEFAULT_PORTS) return scheme as Transport;
  const meant = MEANT[scheme];
  const advice = 'ws://, wss://, mqtt:// and mqtts:// are understood';
  const example = meant === undefined ? 'ws://localhost:9001/mqtt' : shown.replace(/^[^:]*/, meant);
  throw new TargetError('TARGET_URL_SCHEME', `"${shown}" is not the URL of an MQTT broker`, advice, example);
}

/** The host is read under the rules of `ws:`, because for unknown schemes URL neither lower-cases nor checks it. */
function parse(url: string, transport: Transport): { parsed: URL; host: string } {
  const parsed = tryUrl(url);
  const strict = tryUrl(url.replace(/^[^:]*/, isTls(transport) ? 'wss' : 'ws'));
  if (parsed === undefined || strict === undefined) {
    const what = `"${redactUrl(url)}" is not a valid URL`;
    throw new TargetError('TARGET_URL_INVALID', what, 'check host and port', `${transport}://localhost:9001`);
  }
  return { parsed, host: strict.hostname.replace(/^\[(.*)\]$/, '$1') };
}

function tryUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function pathOf(parsed: URL, transport: Transport): string {
  if (isWebSocket(transport)) return `${parsed.pathname || '/'}${parsed.search}`;
  if ((parsed.pathname === '' || parsed.pathname === '/') && parsed.search === '') return '';
  const websocket = transport === 'mqtt' ? 'ws' : 'wss';
  const what = `${transport}:// has no path, but one was given`;
  const example = `${websocket}://${parsed.host}${parsed.pathname}`;
  throw new TargetError('TARGET_URL_PART', what, `leave it out, or use ${websocket}:// for WebSocket`, example);
}

export const shownHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const advice = 'write % as %25, or use --username and --password-file';
    throw new TargetError(
      'TARGET_CREDENTIALS',
      'the user info of the URL has a broken % sequence',
      advice,
      'ws://user:50%25@localhost/mqtt',
    );
  }
}
