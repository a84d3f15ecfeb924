/** TCP alone to an endpoint of TLS: a ClientHello of its own making, or anything else, and what comes back in the plain. */
import type { Duplex, EndKind } from '#io';
import type { RequirementKey } from '#spec';
import {
  alertName,
  describeRecord,
  describeServerHello,
  helloRecords,
  offerHello,
  ServerFlight,
  TLS_VERSIONS,
  tlsVersionName,
  type HelloOffer,
  type ServerHello,
} from '#wire';
import type { CaseContext } from './context.ts';
import { endpointOf, type Door } from './door.ts';
import { SetupFailed } from './outcomes.ts';
import { unmet, Waiting } from './scope.ts';

type Context = CaseContext<unknown>;

export interface RawOffer extends Omit<HelloOffer, 'random'> {
  /** Sizes of the records; the last repeats. Default: one record, or as many as it needs. */
  readonly records?: readonly number[];
  /** Milliseconds to wait for an answer. Default: the target's time for one. */
  readonly within?: number;
}

const PLAIN = { ws: 'ws', wss: 'ws', mqtt: 'mqtt', mqtts: 'mqtt' } as const;

/** Octets that tell what answers, where it is no TLS. */
const KEPT = 1_024;

/** TCP to a door of the broker, whatever is spoken there; a failure makes the instance inconclusive. */
export async function openRawTls(t: Context, door: Door = 'same'): Promise<RawTls> {
  const { dial, signal, recorder } = t.scope;
  const endpoint = endpointOf(t, door);
  const lane = recorder.lane(`TCP alone, ${t.raws.length + 1}`);
  const dialled = await dial({ ...endpoint, transport: PLAIN[endpoint.transport] }, signal);
  if (!dialled.ok) throw new SetupFailed(`no connection: ${dialled.failure.message}`);
  recorder.record({ lane, direction: 'out', layer: 'tcp', summary: `connected to ${endpoint.host}:${endpoint.port}` });
  const raw = new RawTls(t, dialled.duplex, lane);
  t.raws.push(raw);
  return raw;
}

export class RawTls {
  readonly flight = new ServerFlight();
  /** The first `KEPT` octets that came. */
  received: Uint8Array = new Uint8Array(0);
  /** How the server ended it; undefined: still open. */
  ended: EndKind | undefined;
  readonly #t: Context;
  readonly #duplex: Duplex;
  readonly #lane: number;
  readonly #watchers = new Set<() => void>();
  #over = false;

  constructor(t: Context, duplex: Duplex, lane: number) {
    this.#t = t;
    this.#duplex = duplex;
    this.#lane = lane;
    duplex.listen({
      data: (bytes) => this.#data(bytes),
      ended: () => this.#end('fin'),
      closed: (kind) => this.#end(kind),
    });
  }

  /** Octets as they are, in one write. */
  send(bytes: Uint8Array, summary: string): void {
    const { story, recorder } = this.#t.scope;
    story.tell(`send ${summary}`);
    recorder.record({ lane: this.#lane, direction: 'out', layer: 'tls', summary, bytes });
    this.#duplex.write(bytes);
  }

  /** A ClientHello, and its answer as far as it is plain: whole, ended, or what came until the deadline. */
  async hello(offer: RawOffer = {}): Promise<this> {
    const { records, within, ...rest } = offer;
    this.send(this.helloOctets({ ...rest, ...(records && { records }) }), helloSummary(offer));
    await this.until(() => this.flight.complete, within);
    return this;
  }

  /** For those who send it in parts. */
  helloOctets({ records, within: _within, ...offer }: RawOffer = {}): Uint8Array {
    const hello = offerHello({ ...offer, random: this.#t.scope.random.bytes(32) });
    return helloRecords(hello, records);
  }

  /** Waits until it is so, the server ended, or `ms` passed; tells whether it is so. */
  async until(met: () => boolean, ms: number = this.#t.timing.replyMs): Promise<boolean> {
    const waiting = new Waiting<true>(this.#t.scope, ms);
    const look = (): void => {
      if (met() || this.ended !== undefined) waiting.settle(true);
    };
    this.#watchers.add(look);
    look();
    await waiting.promise;
    this.#watchers.delete(look);
    return met();
  }

  /** The server must end it, within the target's grace time. */
  async ends(breaks?: RequirementKey): Promise<void> {
    const { graceMs } = this.#t.timing;
    await this.until(() => this.ended !== undefined, graceMs);
    if (this.ended !== undefined) return;
    unmet(this.#t.scope, {
      message: `the connection is open after ${Math.round(graceMs)} ms (${this.print()})`,
      expected: 'the end of the connection',
      actual: this.print(),
      evidence: 'deadline',
      ...(breaks === undefined ? {} : { requirement: breaks }),
    });
  }

  /** The server's hello; that none came breaks the requirement. */
  answered(breaks?: RequirementKey): ServerHello {
    const { hello } = this.flight;
    return hello ?? this.#unmet('a ServerHello', breaks);
  }

  /** An alert or the end, and no hello. */
  refused(breaks?: RequirementKey): void {
    const { hello, fatal } = this.flight;
    if (hello === undefined && (fatal !== undefined || this.ended !== undefined)) return;
    this.#unmet('an alert, or the end of the connection', breaks);
  }

  /** `ServerHello`, without what was agreed; else as `print`. */
  outcome(): string {
    return this.flight.hello === undefined ? this.print() : 'ServerHello';
  }

  /** `alert 70 protocol_version`, `closed`, `TLS 1.2, TLS_…`, `something that is no TLS`, `no answer, still open`. */
  print(): string {
    const { hello, fatal, violation } = this.flight;
    const alert = fatal === undefined ? undefined : `alert ${fatal.description} ${alertName(fatal.description)}`;
    if (hello !== undefined)
      return [describeServerHello(hello), alert].filter((part) => part !== undefined).join(', then ');
    if (alert !== undefined) return alert;
    if (this.received.length > 0) return `something that is no TLS (${violation ?? 'cut'})`;
    return this.ended === undefined ? 'no answer, still open' : 'closed without an alert';
  }

  /** FIN of this side. */
  fin(): void {
    this.#t.scope.recorder.record({ lane: this.#lane, direction: 'out', layer: 'tcp', summary: 'FIN' });
    this.#duplex.end();
  }

  /** Ends what is still open, unrecorded: the instance is over. */
  abandon(): void {
    this.#over = true;
    this.#duplex.reset();
  }

  #unmet(expected: string, breaks?: RequirementKey): never {
    const actual = this.print();
    const silent = this.received.length === 0 && this.ended === undefined;
    return unmet(this.#t.scope, {
      message: `the answer is ${actual}`,
      expected,
      actual,
      evidence: silent ? 'deadline' : 'wire',
      ...(breaks === undefined ? {} : { requirement: breaks }),
    });
  }

  #data(bytes: Uint8Array): void {
    if (this.#over) return;
    this.received = Uint8Array.of(...this.received, ...bytes.subarray(0, KEPT - this.received.length));
    const records = this.flight.push(bytes);
    for (const record of records) this.#record(describeRecord(record), record.fragment);
    if (records.length === 0) this.#record(`${bytes.length} bytes`, bytes);
    this.#look();
  }

  #end(kind: EndKind): void {
    if (this.#over || this.ended !== undefined) return;
    this.ended = kind;
    const summary = { fin: 'FIN', reset: 'RST', error: 'connection error' }[kind];
    this.#t.scope.recorder.record({ lane: this.#lane, direction: 'in', layer: 'tcp', summary });
    this.#look();
  }

  #record(summary: string, bytes: Uint8Array): void {
    this.#t.scope.recorder.record({ lane: this.#lane, direction: 'in', layer: 'tls', summary, bytes });
  }

  #look(): void {
    for (const look of this.#watchers) look();
  }
}

function helloSummary({ highest = 'tls13', cipherSuites, serverName, alpn, records }: RawOffer): string {
  const version = TLS_VERSIONS[highest];
  const parts = [
    `ClientHello, at most ${tlsVersionName(version)}`,
    cipherSuites === undefined ? undefined : `${cipherSuites.length} cipher suites of its own`,
    serverName === undefined ? undefined : `server name ${serverName}`,
    alpn === undefined ? undefined : `ALPN ${alpn.join(', ')}`,
    records === undefined ? undefined : `in records of ${records.join(', ')} octets`,
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}
