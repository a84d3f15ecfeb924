/** An opening handshake: what was asked, what was answered. */
import { sha1 } from '#io';
import {
  buildUpgradeRequest,
  encodeBase64,
  headerList,
  headerValues,
  judgeUpgradeResponse,
  latin1Bytes,
  latin1Text,
  parseHead,
  type HttpHead,
  type SentUpgrade,
  type UpgradeRequestOptions,
} from '#wire';
import type { RequirementKey } from '#spec';
import type { Endpoint } from '#target';
import type { WireEvent } from '#net';
import { Client } from './client.ts';
import type { CaseContext } from './context.ts';
import { hasEnded, printEnding } from './ended.ts';
import { connectOn, openWire } from './open.ts';
import { unmet } from './scope.ts';

type Context = CaseContext<unknown>;

/** What to change in a correct request; nothing: a correct one. */
export interface RequestInput extends Partial<UpgradeRequestOptions> {
  /** Octets instead of a built request. */
  readonly bytes?: Uint8Array;
  /** Cuts the request into pieces of so many octets. */
  readonly pieces?: number;
  /** Octets in the same write behind the request. */
  readonly behind?: Uint8Array;
}

/** A correct request to an endpoint, with the target's own headers. */
export function plainRequest(t: Context, endpoint: Endpoint): UpgradeRequestOptions {
  const { target, random } = t.scope;
  const { host, port, path } = endpoint;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    host: `${name}:${port}`,
    target: path,
    key: encodeBase64(random.bytes(16)),
    ...(target.headers.length === 0 ? {} : { headers: Object.fromEntries(target.headers) }),
  };
}

export async function request(t: Context, input: RequestInput): Promise<Exchange> {
  const wire = await openWire(t, 'websocket', `connection ${t.clients.length + 1}`);
  const client = new Client(t.scope, wire, t.clientId());
  client.wellBehaved = false;
  t.clients.push(client);
  return sendRequest(t, client, plainRequest(t, t.scope.instance.endpoint), input);
}

/** Sends it and waits for the head of an answer, the end, or the deadline. */
export async function sendRequest(
  t: Context,
  client: Client,
  plain: UpgradeRequestOptions,
  input: RequestInput = {},
): Promise<Exchange> {
  const { bytes: given, pieces, behind, ...changes } = input;
  const headers = { ...plain.headers, ...changes.headers };
  const asked: UpgradeRequestOptions = { ...plain, ...changes, headers };
  const bytes = given ?? buildUpgradeRequest(asked);
  const [line = ''] = latin1Text(bytes.subarray(0, 200)).split('\r\n');
  t.scope.story.tell(`request: ${line}`);
  client.wire.sendHttp(behind === undefined ? bytes : concat(bytes, behind), line, withoutSecrets(bytes), pieces);
  const answer = await client.link.until<HttpEvent>((settle) => {
    const { http } = client;
    if (http !== undefined || client.link.ended) settle(http);
  }, t.timing.replyMs);
  return new Exchange(t, client, bytes, answer);
}

type HttpEvent = Extract<WireEvent, { kind: 'http' }>;

export class Exchange {
  readonly client: Client;
  readonly asked: SentUpgrade;
  readonly head: HttpHead | undefined;
  /** 0: no HTTP came. */
  readonly status: number;
  readonly #t: Context;
  readonly #answer: HttpEvent | undefined;

  constructor(t: Context, client: Client, bytes: Uint8Array, answer: HttpEvent | undefined) {
    this.#t = t;
    this.client = client;
    this.asked = sentUpgrade(bytes);
    this.#answer = answer;
    this.head = answer?.head;
    this.status = answer?.status ?? 0;
  }

  /** True where the connection ended without an HTTP answer. */
  get closed(): boolean {
    return this.status === 0 && hasEnded(this.client.link.ending);
  }

  values(name: string): string[] {
    return this.head === undefined ? [] : headerValues(this.head, name);
  }

  value(name: string): string | undefined {
    return this.head === undefined ? undefined : headerList(this.head, name);
  }

  print(): string {
    if (this.head !== undefined) return this.head.startLine;
    return this.closed ? `no HTTP answer: ${printEnding(this.client.link.ending)}` : 'no answer, still open';
  }

  /** Every rule of RFC 6455 §4.2.2 that a 101 breaks is a finding of its own. */
  judgeAnswer(): void {
    if (this.head === undefined || this.#answer === undefined) return;
    for (const { requirements, message } of judgeUpgradeResponse(this.head, this.asked, sha1).violations) {
      const [requirement] = requirements;
      if (requirement === undefined) continue;
      this.#t.scope.findings.add({ requirement, message, by: 'referee', entry: this.#answer.entry });
      this.#t.scope.recorder.mark(this.#answer.entry, { requirement, message });
    }
  }

  /** 101; the client may go on with CONNECT. */
  accepted(breaks?: RequirementKey): Client {
    this.expectStatus((status) => status === 101, 'HTTP 101', breaks);
    this.judgeAnswer();
    this.client.link.endExpected = false;
    this.client.wellBehaved = true;
    return this.client;
  }

  /** 101, and MQTT behind it: a 101 alone proves nothing (any WebSocket server gives it). */
  async served(breaks?: RequirementKey): Promise<Client> {
    const client = this.accepted(breaks);
    await connectOn(this.#t, client, {});
    return client;
  }

  /** An HTTP answer that is no success: 3xx, 4xx or 5xx. */
  refused(breaks?: RequirementKey): void {
    this.expectStatus((status) => status >= 300, 'an HTTP error status', breaks);
  }

  /** No 101: an HTTP answer, or the end. */
  notAccepted(breaks?: RequirementKey): void {
    if (this.closed) return;
    this.expectStatus((status) => status !== 101 && status !== 0, 'any answer but 101, or the end', breaks);
  }

  expectStatus(right: (status: number) => boolean, expected: string, breaks?: RequirementKey): void {
    this.client.link.endExpected = true;
    if (right(this.status)) return;
    const silent = this.status === 0 && !this.closed;
    unmet(this.#t.scope, {
      message: `the answer to the upgrade is ${this.print()}`,
      expected,
      actual: this.print(),
      evidence: silent ? 'deadline' : 'wire',
      ...(breaks === undefined ? {} : { requirement: breaks }),
      ...(this.#answer === undefined ? {} : { entry: this.#answer.entry }),
    });
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** What stood in the request, however it was made. */
function sentUpgrade(bytes: Uint8Array): SentUpgrade {
  const head = parseHead(bytes);
  const protocols = headerList(head, 'Sec-WebSocket-Protocol')?.split(',') ?? [];
  const extensions = headerList(head, 'Sec-WebSocket-Extensions');
  return {
    key: headerValues(head, 'Sec-WebSocket-Key')[0] ?? '',
    protocols: protocols.map((name) => name.trim()).filter((name) => name !== ''),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

/** The value of Authorization and Cookie is nobody's business. */
function withoutSecrets(bytes: Uint8Array): Uint8Array {
  const secret = /^((?:authorization|cookie):[ \t]*)(.+)$/gim;
  return latin1Bytes(
    latin1Text(bytes).replace(secret, (_, name: string, value: string) => name + '*'.repeat(value.length)),
  );
}
