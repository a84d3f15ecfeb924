import { buildHead, type HeadChanges } from './build-head.ts';

/** A request to open a WebSocket. What is not changed is right. */
export interface UpgradeRequestOptions extends HeadChanges {
  /** `broker.example:8080`. */
  readonly host: string;
  /** Path with query, or an absolute URI. Default '/mqtt'. */
  readonly target?: string;
  /** Sec-WebSocket-Key: base64 of 16 random bytes. */
  readonly key: string;
  /** Offered subprotocols. Default mqtt; an empty list offers none. */
  readonly protocols?: readonly string[];
  /** Value of Sec-WebSocket-Extensions. Default: none is offered. */
  readonly extensions?: string;
  readonly origin?: string;
  /** Default GET. */
  readonly method?: string;
  /** Default HTTP/1.1. */
  readonly httpVersion?: string;
  /** Default 13. */
  readonly version?: string;
}

/** The bytes of a request to upgrade (RFC 6455 §4.1). */
export function buildUpgradeRequest(options: UpgradeRequestOptions): Uint8Array {
  const { method = 'GET', target = '/mqtt', httpVersion = 'HTTP/1.1', protocols = ['mqtt'] } = options;
  const fields: (readonly [string, string])[] = [
    ['Host', options.host],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', options.key],
    ['Sec-WebSocket-Version', options.version ?? '13'],
  ];
  if (options.origin !== undefined) fields.push(['Origin', options.origin]);
  if (protocols.length > 0) fields.push(['Sec-WebSocket-Protocol', protocols.join(', ')]);
  if (options.extensions !== undefined) fields.push(['Sec-WebSocket-Extensions', options.extensions]);
  return buildHead(`${method} ${target} ${httpVersion}`, fields, options);
}
