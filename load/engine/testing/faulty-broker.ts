/** The reference broker with a seeded hand in its deliveries; it writes down what it did. */
import { startBroker, type Alteration } from '#broker';
import { seededRandom } from '#io';

export interface Misdeeds {
  lost: number;
  duplicated: number;
  reordered: number;
}

export interface Mischief {
  readonly seed: string;
  /** Chances for each delivery, 0 to 1. */
  readonly lose?: number;
  readonly double?: number;
  /** Repetitions at QoS 1 and 2 have a Packet Identifier of their own: to the client they are further deliveries. */
  readonly freshIds?: boolean;
  readonly swap?: number;
  /** Sequence numbers that are always lost: heads and tails. */
  readonly loses?: (sequence: number) => boolean;
}

const MAGIC = 0x71_6d_73_31;

/** Sequence and lane of one of our payloads; undefined for wills and what is not ours. */
function read(payload: Uint8Array): { readonly lane: number; readonly sequence: number } | undefined {
  if (payload.length < 40) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  return view.getUint32(0, true) === MAGIC
    ? { lane: view.getUint32(8, true), sequence: view.getUint32(16, true) }
    : undefined;
}

export async function faultyBroker({ seed, lose = 0, double = 0, swap = 0, loses, freshIds = false }: Mischief) {
  const random = seededRandom(seed);
  const done: Misdeeds = { lost: 0, duplicated: 0, reordered: 0 };
  /** Far from those that the broker uses, which count from 1. */
  let nextId = 40_000;
  /** By connection and lane: a delivery that waits for the next to overtake it. */
  const held = new Map<string, Parameters<NonNullable<Alteration['rewrite']>>[0]>();
  const rewrite: NonNullable<Alteration['rewrite']> = (effect) => {
    if (effect.kind !== 'send' || effect.packet.type !== 'PUBLISH') return [effect];
    const message = read(effect.packet.payload);
    if (message === undefined) return [effect];
    const key = `${effect.connection} ${message.lane}`;
    const before = held.get(key);
    if (before !== undefined) {
      held.delete(key);
      done.reordered += 1;
      return [effect, before];
    }
    if (loses?.(message.sequence) === true || random.number() < lose) {
      done.lost += 1;
      return [];
    }
    if (random.number() < double) {
      done.duplicated += 1;
      if (!freshIds || effect.packet.qos === 0) return [effect, effect];
      nextId += 1;
      return [effect, { ...effect, packet: { ...effect.packet, packetId: nextId } }];
    }
    // The first few are followed by others for certain.
    if (message.sequence < 5 && random.number() < swap) {
      held.set(key, effect);
      return [];
    }
    return [effect];
  };
  const broker = await startBroker({ alterations: [{ rewrite }] });
  return { ...broker, done };
}
