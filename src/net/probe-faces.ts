/** What an endpoint turned out to be: a sentence for each face, and what to try. */
import { isWebSocket, redactUrl, shownHost, type Endpoint } from '#target';
import { alertName } from './tls-alert.ts';

/** Why an endpoint can not be tested. */
export type ProbeFace =
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'unreachable'
  | 'reset'
  | 'tls-alert'
  | 'tls-untrusted'
  | 'tls-not-spoken'
  | 'tls-failed'
  | 'aborted'
  | 'other'
  | 'tls-on-plain-url'
  | 'not-http'
  | 'closed-without-http'
  | 'silent-without-http'
  | 'http-status'
  | 'closed-after-101'
  | 'silent-after-101'
  | 'closed-without-connack'
  | 'silent-without-connack'
  | 'not-mqtt'
  | 'http-on-mqtt-port'
  | 'connack-refused';

export interface ProbeFailure {
  readonly face: ProbeFace;
  /** What happened, one sentence, no secret in it. */
  readonly sentence: string;
  /** What to try, the most promising first; commands begin with `mqttspec`. */
  readonly tries: readonly string[];
  readonly status?: number;
  readonly reasonCode?: number;
  readonly tlsAlert?: number;
}

export const shownEndpoint = (endpoint: Endpoint): string => redactUrl(endpoint.url);

/** The command that would try the same host another way. */
export function runCommand(endpoint: Endpoint, change: Partial<Pick<Endpoint, 'transport' | 'path'>>): string {
  const transport = change.transport ?? endpoint.transport;
  const path = isWebSocket(transport) ? (change.path ?? (endpoint.path === '' ? '/mqtt' : endpoint.path)) : '';
  return `mqttspec run ${redactUrl(`${transport}://${shownHost(endpoint.host)}:${endpoint.port}${path}`)}`;
}

/** Paths on which brokers serve MQTT by default (BROKERS.md). */
const PATHS = ['/mqtt', '/ws', '/'] as const;

export function otherPaths(endpoint: Endpoint): string[] {
  const [own = '/'] = endpoint.path.split('?');
  return PATHS.filter((path) => path !== own).map((path) => runCommand(endpoint, { path }));
}

const PLAIN = { wss: 'ws', mqtts: 'mqtt' } as const;
const SECURE = { ws: 'wss', mqtt: 'mqtts' } as const;

export const overPlain = (endpoint: Endpoint): string[] =>
  endpoint.transport === 'wss' || endpoint.transport === 'mqtts'
    ? [runCommand(endpoint, { transport: PLAIN[endpoint.transport] })]
    : [];

export const overTls = (endpoint: Endpoint): string[] =>
  endpoint.transport === 'ws' || endpoint.transport === 'mqtt'
    ? [runCommand(endpoint, { transport: SECURE[endpoint.transport] })]
    : [];

export function tlsAlertFailure(endpoint: Endpoint, alert: number): ProbeFailure {
  const wantsCertificate = [40, 42, 43, 44, 45, 46, 48, 49, 116].includes(alert);
  return {
    face: 'tls-alert',
    sentence: `${shownEndpoint(endpoint)} ended TLS with alert ${alert} (${alertName(alert)})`,
    tries: wantsCertificate
      ? ['give a client certificate that the broker trusts: --cert client.pem --key client.key']
      : alert === 112
        ? ['name the host that the certificate is for: --servername broker.example']
        : ['look into the log of the broker; it refuses the versions or ciphers that are offered'],
    tlsAlert: alert,
  };
}
