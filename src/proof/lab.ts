/** Broker and harness in one process: duplexes in memory, time that costs nothing. */
import { anySignal, memoryPair, nodeCompression, seededRandom, VirtualClock, type Duplex } from '#io';
import { executeInstance, noLeftovers, type Capabilities, type Instance, type Timing } from '#kit';
import { createBroker, type Alteration, type BrokerOptions, type GateWatcher, type Shadows } from '#broker';
import type { Dial } from '#net';
import type { InstanceResult } from '#results';
import type { Endpoint, Target } from '#target';
import { calibrated, missingNeed } from '#runner';
import { IMPOSTORS, type ImpostorName } from './impostors/index.ts';
import { LAB_ORIGINS, LAB_TARGET } from './lab-target.ts';
import { brokerUsers, labTarget, type LabUsers } from './lab-offers.ts';
import { learn, type Learned } from './learn.ts';
import { brokenResult, skippedResult } from './unrun-result.ts';

export interface LabOptions extends Pick<BrokerOptions, 'faults' | 'variants' | 'limits'> {
  readonly alterations?: readonly Alteration[];
  readonly watcher?: GateWatcher;
  /** Calls after which a run is given up: broker and client may answer one another for ever. Default 2 million. */
  readonly maximumEvents?: number;
  /** Alterations that are only asked what they would do. */
  readonly shadows?: Shadows;
  /** Told of each capability that a case asks for. */
  readonly onCapability?: (name: keyof Capabilities) => void;
  /** Instead of the reference broker. */
  readonly impostor?: ImpostorName;
  readonly seed?: string;
  /** Who may connect. Default: everybody. */
  readonly users?: LabUsers;
  /** Milliseconds of virtual time to the broker and back; deadlines are what calibration would make of it. Default 0. */
  readonly roundTripMs?: number;
}

export interface LabRunOptions {
  /** Default: one after another. */
  readonly concurrently?: boolean;
  /** Default: the lab's. The same instance needs another one to run again on a broker that remembers it. */
  readonly seed?: string;
}

export interface Lab {
  readonly clock: VirtualClock;
  readonly dial: Dial;
  /** Runs in virtual time; several at once share the broker. */
  run(instances: readonly Instance[], options?: LabRunOptions): Promise<InstanceResult[]>;
  close(): void;
}

/** Milliseconds of virtual time. The grace time is above every limit of the broker's own closing. */
const TIMING: Timing = { replyMs: 5_000, settleMs: 20, graceMs: 8_000 };

function timingFor(roundTripMs: number): Timing {
  const { replyMs, graceMs, ...rest } = calibrated({ roundTrips: [roundTripMs], settleMs: 0 });
  return { ...rest, replyMs: Math.max(replyMs, TIMING.replyMs), graceMs: Math.max(graceMs, TIMING.graceMs) };
}

/** Octets: more than the mebibyte that cases try, less than what makes each of a hundred brokers slow. */
const MAXIMUM_PACKET_SIZE = 1_052_672;
/** What one instance may take before it is given up, beyond what it says that it takes. */
const PATIENCE_MS = 600_000;

type Accept = (duplex: Duplex, transport: 'ws' | 'tcp') => void;

/** What stands behind the door: the reference broker, or an impostor. */
function occupant(clock: VirtualClock, options: LabOptions): { readonly accept: Accept; close(): void } {
  const random = seededRandom(options.seed ?? 'lab');
  const { impostor, users = 'everybody', onCapability: _, maximumEvents: __, roundTripMs: ___, ...altered } = options;
  if (impostor !== undefined) {
    const { answer } = IMPOSTORS[impostor];
    return {
      accept: (duplex, transport) => answer(duplex, transport, { clock, random: random.bytes }),
      close: () => undefined,
    };
  }
  const known = brokerUsers(users);
  return createBroker({
    ...altered,
    limits: { maximumPacketSize: MAXIMUM_PACKET_SIZE, ...altered.limits },
    ...(known && { users: known }),
    clock,
    random: random.bytes,
    compression: nodeCompression,
    path: LAB_TARGET.endpoints[0].path,
    origins: LAB_ORIGINS,
  });
}

export function memoryLab(options: LabOptions = {}): Lab {
  const { maximumEvents = 2_000_000, roundTripMs = 0 } = options;
  const clock = new VirtualClock({ maximumTime: 365 * 86_400_000, maximumEvents });
  const broker = occupant(clock, options);
  const dial = memoryDial(clock, broker.accept, roundTripMs / 2);
  const target = targetOf(options);
  let learned: Learned | undefined;

  const one = async (instance: Instance, seed: string): Promise<InstanceResult> => {
    const missing = learned === undefined ? undefined : missingNeed(instance, learned.circumstances);
    if (missing !== undefined) return skippedResult(instance, missing);
    const abort = new AbortController();
    const limit = PATIENCE_MS + 1000 * (instance.case.takes ?? 0);
    const timer = clock.after(limit, () => abort.abort(new Error('the lab lost its patience')));
    const environment = {
      clock,
      dial,
      target,
      timing: roundTripMs === 0 ? TIMING : timingFor(roundTripMs),
      capabilities: watched(learned?.capabilities ?? {}, options.onCapability),
      leftovers: noLeftovers(),
      signal: anySignal(abort.signal),
      seed,
      runStart: 0,
    };
    const result = await executeInstance(instance, environment);
    timer.cancel();
    return result;
  };
  return {
    clock,
    dial,
    async run(instances, { concurrently = false, seed = options.seed ?? 'lab' } = {}) {
      if (options.impostor === undefined) learned ??= await learnedIn(options);
      if (concurrently) return clock.run(Promise.all(instances.map((instance) => one(instance, seed))));
      const results: InstanceResult[] = [];
      for (const instance of instances) {
        const outcome = clock.run(one(instance, seed)).catch((error: unknown) => brokenResult(instance, error));
        results.push(await outcome);
      }
      return results;
    },
    close() {
      options.shadows?.end(clock.now());
      broker.close();
    },
  };
}

const targetOf = ({ users = 'everybody' }: LabOptions): Target => labTarget(users);

function watched(capabilities: Capabilities, onCapability: LabOptions['onCapability']): Capabilities {
  if (onCapability === undefined) return capabilities;
  return new Proxy(capabilities, {
    get(known, name: keyof Capabilities) {
      onCapability(name);
      return known[name];
    },
  });
}

function memoryDial(clock: VirtualClock, accept: Accept, latency = 0): Dial {
  return (endpoint: Endpoint) => {
    // A way that takes time holds more at once.
    const [client, server] = memoryPair(clock, latency === 0 ? {} : { latency, window: 1_048_576 });
    accept(server, endpoint.transport === 'mqtt' ? 'tcp' : 'ws');
    return Promise.resolve({ ok: true, duplex: client });
  };
}

const KNOWN = new Map<string, Promise<Learned>>();

/** For a broker that isn't what it was: it is asked anew. */
export function forgetLearned(): void {
  KNOWN.clear();
}

/** What was learned, by what it says: what is the same is one object. */
const LEARNED = new Map<string, Learned>();

function interned(learned: Learned): Learned {
  const key = JSON.stringify(learned);
  const known = LEARNED.get(key) ?? learned;
  LEARNED.set(key, known);
  return known;
}

/** Asked on a broker of its own, once for each kind of broker: what is learned must not cost the case its first chance. */
export function learnedIn(options: LabOptions): Promise<Learned> {
  const { faults = [], variants = [], limits = {}, users = 'everybody' } = options;
  const key = JSON.stringify([faults, variants, limits, users]);
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const clock = new VirtualClock();
  const broker = occupant(clock, { faults, variants, limits, users });
  const learned = clock.run(learn(clock, memoryDial(clock, broker.accept), targetOf(options))).then(interned);
  KNOWN.set(key, learned);
  return learned;
}
