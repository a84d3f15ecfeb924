import { buildHead, type HeadChanges } from './build-head.ts';

export interface UpgradeResponseOptions extends HeadChanges {
  /** Sec-WebSocket-Accept. */
  readonly accept: string;
  /** The selected subprotocol. */
  readonly protocol?: string;
  /** Value of Sec-WebSocket-Extensions. */
  readonly extensions?: string;
}

/** The bytes of the answer that opens a WebSocket (RFC 6455 §4.2.2 (5)). */
export function buildUpgradeResponse(options: UpgradeResponseOptions): Uint8Array {
  const fields: (readonly [string, string])[] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', options.accept],
  ];
  if (options.protocol !== undefined) fields.push(['Sec-WebSocket-Protocol', options.protocol]);
  if (options.extensions !== undefined) fields.push(['Sec-WebSocket-Extensions', options.extensions]);
  return buildHead('HTTP/1.1 101 Switching Protocols', fields, options);
}

/** The statuses by which a WebSocket listener refuses. */
export const HTTP_REASONS = {
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  414: 'URI Too Long',
  426: 'Upgrade Required',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  505: 'HTTP Version Not Supported',
} as const;

export type HttpStatus = keyof typeof HTTP_REASONS;

export interface HttpResponseOptions extends HeadChanges {
  readonly status: HttpStatus;
  /** Further fields, such as Sec-WebSocket-Version. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** The bytes of an answer that is no upgrade; the connection closes after it. */
export function buildHttpResponse(options: HttpResponseOptions): Uint8Array {
  const body = options.body ?? new Uint8Array(0);
  const fields: (readonly [string, string])[] = [
    ['Connection', 'close'],
    ['Content-Length', String(body.length)],
    ...Object.entries(options.fields ?? {}),
  ];
  const head = buildHead(`HTTP/1.1 ${options.status} ${HTTP_REASONS[options.status]}`, fields, options);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
