/** An opening handshake: what was asked, what was answered. */
import { sha1, sleep } from '#io';
import {
  buildUpgradeRequest,
  concat,
  encodeBase64,
  encodeFrame,
  headerList,
  headerValues,
  judgeUpgradeResponse,
  latin1Bytes,
  latin1Text,
  OPCODES,
  parseHead,
  type HttpHead,
  type SentUpgrade,
  type UpgradeRequestOptions,
} from '#wire';
import type { RequirementKey } from '#spec';
import type { Endpoint, Target } from '#target';
import type { WireEvent } from '#net';
import { Client, type Sendable } from './client.ts';
import type { CaseContext } from './context.ts';
import { hasEnded, printEnding } from './ended.ts';
import { connectOn } from './connect-on.ts';
import { endpointOf, openWire, type Door } from './door.ts';
import { unmet } from './scope.ts';

type Context = CaseContext<unknown>;

/** What to change in a correct request; nothing: a correct one. */
export interface RequestInput extends Partial<UpgradeRequestOptions> {
  /** Octets instead of a built request. */
  readonly bytes?: Uint8Array;
  /** Cuts the request into segments of so many octets. */
  readonly pieces?: number;
  /** Milliseconds between segments. Default: none, but each is a write of its own. */
  readonly pause?: number;
  /** Octets in the same write before the request. */
  readonly ahead?: Uint8Array;
  /** Packets in one frame, in the same write behind the request. */
  readonly behind?: readonly Sendable[];
  /** Another door of the same broker. */
  readonly door?: Door;
  /** False where another protocol than MQTT may answer: then nothing is judged as MQTT. */
  readonly speaksMqtt?: boolean;
  /** Milliseconds to wait for an answer. Default: the target's time for one. */
  readonly within?: number;
}

/** A correct request to an endpoint, with the target's own headers. */
export function plainRequest(t: Context, endpoint: Endpoint): UpgradeRequestOptions {
  const { target, random } = t.scope;
  const { host, port, path } = endpoint;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    host: `${name}:${port}`,
    target: path === '' ? '/' : path,
    key: encodeBase64(random.bytes(16)),
    ...(target.headers.length === 0 ? {} : { headers: Object.fromEntries(target.headers) }),
  };
}

export async function request(t: Context, input: RequestInput): Promise<Exchange> {
  const door = input.door ?? 'same';
  const wire = await openWire(t, door, `connection ${t.clients.length + 1}`, true);
  const client = new Client(t.scope, wire, t.clientId());
  client.wellBehaved = false;
  client.speaksMqtt = input.speaksMqtt ?? true;
  t.clients.push(client);
  return sendRequest(t, client, plainRequest(t, endpointOf(t, door)), input);
}

/** Sends it and waits for the head of an answer, the end, or the deadline. */
export async function sendRequest(
  t: Context,
  client: Client,
  plain: UpgradeRequestOptions,
  input: RequestInput = {},
): Promise<Exchange> {
  const { bytes: given, pieces, pause = 0, ahead = NOTHING, behind = [], within, ...rest } = input;
  const { door: _door, speaksMqtt: _speaks, ...changes } = rest;
  const headers = { ...plain.headers, ...changes.headers };
  const asked: UpgradeRequestOptions = { ...plain, ...changes, headers };
  const bytes = given ?? buildUpgradeRequest(asked);
  const shown = withoutSecrets(bytes, t.scope.target.headers);
  const line = /^[\x20-\x7e]+/.exec(latin1Text(shown.subarray(0, 200)))?.[0] ?? `${bytes.length} bytes, no HTTP`;
  t.scope.story.tell(`request: ${line}`);
  const sent = sentUpgrade(bytes);
  const { wire, link } = client;
  wire.offers(sent.extensions);
  const seen = client.answers.length;
  const whole = concat(ahead, bytes, behindRequest(client, behind));
  if (pieces === undefined) wire.sendHttp(whole, line, shown);
  else {
    wire.recordHttp(`${line} (${pieces} bytes a segment)`, shown);
    for (let at = 0; at < whole.length && !link.ended; at += pieces) {
      wire.duplex.write(whole.slice(at, at + pieces));
      await sleep(t.scope.clock, pause, t.scope.signal);
    }
  }
  return nextAnswer(t, client, sent, seen, within);
}

async function nextAnswer(
  t: Context,
  client: Client,
  asked: SentUpgrade,
  seen: number,
  within = t.timing.replyMs,
): Promise<Exchange> {
  const { link, answers } = client;
  const answer = await link.until<HttpEvent>((settle) => {
    const came = answers[seen];
    if (came !== undefined || link.ended) settle(came);
  }, within);
  return new Exchange(t, client, asked, answer);
}

/** RFC 6455 §4.1 makes a client wait for the answer; who doesn't sends this. */
function behindRequest(client: Client, packets: readonly Sendable[]): Uint8Array {
  if (packets.length === 0) return NOTHING;
  const payload = concat(...packets.map((packet) => client.prepare(packet)));
  return encodeFrame({ opcode: OPCODES.binary, payload, maskingKey: client.wire.maskingKey() });
}

const NOTHING = new Uint8Array(0);

type HttpEvent = Extract<WireEvent, { kind: 'http' }>;

export class Exchange {
  readonly client: Client;
  readonly asked: SentUpgrade;
  readonly head: HttpHead | undefined;
  /** 0: no HTTP came. */
  readonly status: number;
  readonly #t: Context;
  readonly #answer: HttpEvent | undefined;

  constructor(t: Context, client: Client, asked: SentUpgrade, answer: HttpEvent | undefined) {
    this.#t = t;
    this.client = client;
    this.asked = asked;
    this.#answer = answer;
    this.head = answer?.head;
    this.status = answer?.status ?? 0;
  }

  /** True where the connection ended without an HTTP answer. */
  get closed(): boolean {
    return this.status === 0 && hasEnded(this.client.link.ending);
  }

  /** The octets that came instead of HTTP; none where HTTP or nothing came. */
  get octets(): Uint8Array {
    const came = this.client.link.seen.find((event) => event.kind === 'unreadable');
    return came?.kind === 'unreadable' && came.bytes !== undefined && this.status === 0
      ? came.bytes
      : new Uint8Array(0);
  }

  /** Sends another request on the same connection, if it is still there. */
  async again(input: RequestInput = {}): Promise<Exchange> {
    const plain = plainRequest(this.#t, this.#t.scope.instance.endpoint);
    return this.client.link.ended
      ? new Exchange(this.#t, this.client, this.asked, undefined)
      : sendRequest(this.#t, this.client, plain, input);
  }

  /** The answer behind this one, where two requests were sent in one write. */
  async next(): Promise<Exchange> {
    const { answers } = this.client;
    const seen = this.#answer === undefined ? 0 : answers.indexOf(this.#answer) + 1;
    return nextAnswer(this.#t, this.client, this.asked, seen);
  }

  values(name: string): string[] {
    return this.head === undefined ? [] : headerValues(this.head, name);
  }

  value(name: string): string | undefined {
    return this.head === undefined ? undefined : headerList(this.head, name);
  }

  print(): string {
    if (this.head !== undefined) return this.head.startLine;
    if (this.octets.length > 0) return 'something that is not HTTP';
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

  /** 101, and a broker behind it: a 101 alone proves nothing (any WebSocket server gives it). */
  async served(breaks?: RequirementKey): Promise<Client> {
    const client = this.accepted(breaks);
    await connectOn(this.#t, client, {});
    await this.#t.roundTrip(await this.#t.connect(), client);
    return client;
  }

  /** What is observed where the standard leaves the answer open: `HTTP 404`, `closed without an answer`. */
  observation(): string {
    if (this.status !== 0) return `HTTP ${this.status}`;
    if (this.octets.length > 0) return 'answered by something that is not HTTP';
    return this.closed ? 'closed without an answer' : 'no answer, still open';
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

/** The values of the query, of Authorization and Cookie, and of the user's own headers are nobody's business. */
function withoutSecrets(bytes: Uint8Array, own: Target['headers']): Uint8Array {
  const names = ['authorization', 'cookie', ...own.map(([name]) => name)].map((name) => name.replace(/\W/g, '\\$&'));
  const header = new RegExp(`^((?:${names.join('|')}):[ \\t]*)(.+)$`, 'gim');
  const stars = (_: string, kept: string, value: string): string => kept + '*'.repeat(value.length);
  const [line = '', ...rest] = latin1Text(bytes).split('\n');
  // Tokens are passed in the query, too; its names stay.
  const requestLine = line.replace(/([?&][^=&\s]*=)([^&\s]*)/g, stars);
  return latin1Bytes([requestLine, rest.join('\n').replace(header, stars)].join('\n'));
}
