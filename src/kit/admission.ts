/** Whether a broker lets a client in over TLS: the handshake, the upgrade, CONNECT. Only 101 and CONNACK 0x00 mean that it does. */
import { alertName, alertNumber, type DialFailure, type TlsDialOptions, type TlsSession, Wire } from '#net';
import type { RequirementKey } from '#spec';
import type { Endpoint, PkiClient } from '#target';
import type { Connack, Connect, Packet } from '#wire';
import * as build from './builders.ts';
import { Client } from './client.ts';
import type { CaseContext } from './context.ts';
import { endpointOf, type Door } from './door.ts';
import { hasEnded, printEnding } from './ended.ts';
import { plainRequest, sendRequest } from './exchange.ts';
import { hexCode } from './matcher.ts';
import { Aborted, SetupFailed, Skipped } from './outcomes.ts';
import { unmet } from './scope.ts';

type Context = CaseContext<unknown>;

export interface AdmissionInput extends TlsDialOptions {
  /** Another door of the same broker, with TLS. */
  readonly door?: Door;
  /** Fields of CONNECT that are not the usual ones. */
  readonly connect?: Partial<Omit<Connect, 'type'>>;
  /** Sent behind CONNECT; all of it leaves with the request, without waiting for any answer. */
  readonly eager?: readonly Packet[];
}

/** How far it came: what ended it, or that it was let in. */
export type Stage = 'handshake' | 'upgrade' | 'connect' | 'accepted';

interface Facts {
  readonly stage: Stage;
  /** Something ended it or refused it; false: it waits for an answer that did not come. */
  readonly decided: boolean;
  /** In words: `alert 45 (certificate_expired)`, `HTTP 400`, `CONNACK 0x87`. */
  readonly how: string;
  readonly label: string;
  readonly tls?: TlsSession;
  readonly alert?: number;
  readonly status?: number;
  readonly reasonCode?: number;
  readonly failure?: DialFailure;
  readonly client?: Client;
}

export class Admission {
  readonly #t: Context;
  readonly #facts: Facts;

  constructor(t: Context, facts: Facts) {
    this.#t = t;
    this.#facts = facts;
  }

  get stage(): Stage {
    return this.#facts.stage;
  }

  get isAccepted(): boolean {
    return this.#facts.stage === 'accepted';
  }

  /** True where the broker ended or refused it, and where our own side didn't. */
  get isRejected(): boolean {
    const { stage, decided, failure } = this.#facts;
    return stage !== 'accepted' && decided && !isOurs(failure);
  }

  /** What the handshake came to; undefined where it didn't end on our side. */
  get tls(): TlsSession | undefined {
    return this.#facts.tls;
  }

  /** RFC 8446 §6. */
  get alert(): number | undefined {
    return this.#facts.alert;
  }

  /** Of HTTP; undefined: none came. */
  get status(): number | undefined {
    return this.#facts.status;
  }

  /** Of CONNACK. */
  get reasonCode(): number | undefined {
    return this.#facts.reasonCode;
  }

  get failure(): DialFailure | undefined {
    return this.#facts.failure;
  }

  /** `accepted`, or how it was refused: `HTTP 400`. */
  get how(): string {
    return this.#facts.how;
  }

  /** The connection, once it is accepted. Elsewhere a mistake of the case. */
  get client(): Client {
    const { client, how } = this.#facts;
    if (client === undefined) throw new Error(`there is no client: ${how}`);
    return client;
  }

  /** The newest session that can be resumed, as soon as there is one; undefined after the settle time. */
  async ticket(): Promise<Uint8Array | undefined> {
    const { scope } = this.#t;
    const newest = (): Uint8Array | undefined => this.tls?.tickets.at(-1);
    const end = scope.clock.now() + Math.max(200, scope.timing.settleMs);
    while (newest() === undefined && scope.clock.now() < end) await this.#t.pause(10);
    return newest();
  }

  /** What a case needs before it can begin: a refusal makes it inconclusive. */
  setUp(): Client {
    const { label, how } = this.#facts;
    if (!this.isAccepted) throw new SetupFailed(`${label} is not let in: ${how}`);
    return this.client;
  }

  /** It must have been let in. */
  accepted(breaks?: RequirementKey): Client {
    const { label, how, failure } = this.#facts;
    if (this.isAccepted) return this.client;
    if (isOurs(failure)) throw new Error(`${label}: ${failure?.message}`);
    return unmet(this.#t.scope, {
      message: `${label} is refused: ${how}`,
      expected: `${this.#words()} for ${label}`,
      actual: how,
      evidence: this.#facts.decided ? 'wire' : 'deadline',
      ...(breaks === undefined ? {} : { requirement: breaks }),
    });
  }

  /** It must have been refused, at whatever stage; an answer that never comes decides nothing. */
  rejected(breaks?: RequirementKey): void {
    const { label, how, failure, decided, stage } = this.#facts;
    if (this.isRejected) return;
    if (isOurs(failure)) throw new Error(`${label}: ${failure?.message}`);
    if (!decided) throw new SetupFailed(`${label} is neither let in nor refused: ${how}`);
    unmet(this.#t.scope, {
      message: `${label} is let in`,
      expected: 'refused: an alert, an end, an error of HTTP, or a refusing CONNACK',
      actual: stage === 'accepted' ? `${this.#words()}, over ${this.#version()}` : how,
      ...(breaks === undefined ? {} : { requirement: breaks }),
    });
  }

  #words(): string {
    return this.#facts.client?.wire.websocket === false ? 'CONNACK 0x00' : 'HTTP 101 and CONNACK 0x00';
  }

  #version(): string {
    const { tls } = this.#facts;
    return tls === undefined ? 'no TLS' : `${tls.protocol}${tls.reused ? ', a resumed session' : ''}`;
  }
}

/** Failures of our own side: nothing is known of the broker by them. */
function isOurs(failure: DialFailure | undefined): boolean {
  if (failure === undefined || failure.tls !== undefined) return false;
  if (failure.kind === 'tls') return failure.tlsAlert === undefined;
  return failure.kind !== 'reset' && failure.kind !== 'timeout';
}

/** Milliseconds for a verdict on our certificate before anything is written. */
const VERDICT_MS = 100;

/** Asks to be let in. A refusal is a result. */
export async function admission(t: Context, input: AdmissionInput): Promise<Admission> {
  const { door = 'same', connect = {}, eager, ...options } = input;
  const { dial, recorder, signal, story, instance, clock, random } = t.scope;
  const endpoint = tlsEndpoint(t, door);
  const clientId = connect.clientId ?? t.clientId();
  const label = labelOf(input);
  const lane = recorder.lane(clientId);
  story.tell(`ask to be let in with ${label}`);
  const dialled = await dial(endpoint, signal, { verdictMs: eager === undefined ? VERDICT_MS : 0, ...options });
  if (!dialled.ok) {
    const { failure } = dialled;
    recorder.record({ lane, direction: 'in', layer: 'tls', summary: `${label}: ${failure.message}` });
    return new Admission(t, { ...failed(failure), label });
  }
  const { tls } = dialled;
  recorder.record({ lane, direction: 'in', layer: 'tls', summary: described(tls, label) });
  const websocket = endpoint.transport === 'ws' || endpoint.transport === 'wss';
  const { version } = instance;
  const wire = new Wire({ duplex: dialled.duplex, clock, recorder, lane, websocket, version, random: random.bytes });
  const client = new Client(t.scope, wire, clientId);
  client.wellBehaved = false;
  t.clients.push(client);
  const facts = await converse(t, client, { endpoint, connect, eager });
  return new Admission(t, { ...facts, label, ...(tls === undefined ? {} : { tls }) });
}

/** Where TLS is spoken: the endpoint of the instance, or another door. */
function tlsEndpoint(t: Context, door: Door): Endpoint {
  if (door === 'same') return endpointOf(t);
  const wanted = door === 'tcp' ? 'mqtts' : 'wss';
  const found = t.scope.target.endpoints.find(({ transport }) => transport === wanted);
  if (found === undefined) throw new Skipped(`the target has no ${wanted}:// endpoint (--also)`);
  return found;
}

const labelOf = ({ client, ticket }: AdmissionInput): string => {
  const what =
    client === undefined
      ? 'the usual certificate'
      : client === 'none'
        ? 'no certificate'
        : ((client as Partial<PkiClient>).id ?? 'a certificate');
  return ticket === undefined ? what : `${what}, in a resumed session,`;
};

function failed(failure: DialFailure): Omit<Facts, 'label'> {
  if (failure.kind === 'aborted') throw new Aborted('the run was ended');
  const { tlsAlert: alert, tls, message } = failure;
  const how = alert === undefined ? message : alertWords(alert);
  return {
    stage: 'handshake',
    decided: failure.kind !== 'timeout',
    how,
    failure,
    ...(alert === undefined ? {} : { alert }),
    ...(tls === undefined ? {} : { tls }),
  };
}

const alertWords = (alert: number): string => `alert ${alert} (${alertName(alert)})`;

function described(tls: TlsSession | undefined, label: string): string {
  if (tls === undefined) return 'no TLS';
  const certificate = { shown: `${label} shown`, none: 'no certificate shown', 'not-asked': 'none asked for' };
  return [
    `${tls.protocol} ${tls.cipher}`,
    ...(tls.alpn === undefined ? [] : [`ALPN ${tls.alpn}`]),
    ...(tls.reused ? ['resumed'] : tls.shown === undefined ? [] : [certificate[tls.shown]]),
  ].join(', ');
}

interface Conversation {
  readonly endpoint: ReturnType<typeof endpointOf>;
  readonly connect: Partial<Omit<Connect, 'type'>>;
  readonly eager: readonly Packet[] | undefined;
}

async function converse(
  t: Context,
  client: Client,
  { endpoint, connect, eager }: Conversation,
): Promise<Omit<Facts, 'label'>> {
  const { wire, link } = client;
  const within = t.timing.graceMs;
  const first = build.connect(t.version, { ...t.credentials(), ...connect, clientId: client.id });
  if (wire.websocket) {
    const behind = eager === undefined ? {} : { behind: [first, ...eager] };
    const exchange = await sendRequest(t, client, plainRequest(t, endpoint), { within, ...behind });
    const { status } = exchange;
    if (status !== 101) {
      link.endExpected = true;
      const shown = status === 0 ? {} : { status };
      return {
        stage: 'upgrade',
        decided: status !== 0 || exchange.closed,
        ...ending(client, exchange.print()),
        ...shown,
      };
    }
    exchange.judgeAnswer();
  }
  if (eager === undefined) await client.send(first);
  else if (!wire.websocket) await client.sendJoined(first, ...eager);
  const connack = await link.until<Connack>((settle) => {
    if (client.connack !== undefined || hasEnded(link.ending)) settle(client.connack);
  }, within);
  if (connack?.reasonCode === 0) {
    claim(client);
    client.wellBehaved = true;
    return { stage: 'accepted', decided: true, how: 'accepted', client };
  }
  link.endExpected = true;
  if (connack !== undefined) {
    const { reasonCode } = connack;
    return { stage: 'connect', decided: true, how: `CONNACK ${hexCode(reasonCode)}`, reasonCode };
  }
  return { stage: 'connect', decided: hasEnded(link.ending), ...ending(client, printEnding(link.ending)) };
}

/** The CONNACK is what was asked for: no case needs to claim it. */
function claim({ link }: Client): void {
  const at = link.unclaimed.findIndex((event) => event.kind === 'packet' && event.packet.type === 'CONNACK');
  if (at >= 0) link.unclaimed.splice(at, 1);
}

/** How the connection ended, with the alert where there was one. */
function ending({ link }: Client, words: string): Pick<Facts, 'how' | 'alert'> {
  const end = link.seen.find((event) => event.kind === 'end');
  const alert = end?.kind === 'end' ? alertNumber(end.detail ?? '') : undefined;
  return alert === undefined ? { how: words } : { how: alertWords(alert), alert };
}
