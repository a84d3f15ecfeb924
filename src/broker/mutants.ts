/** Faults by machine: every rule waived, every decision decided otherwise, every effect, sent field and timer disturbed. */
import { PROPERTY_TABLE, VIOLATION_NAMES, VIOLATIONS } from '#wire';
import type { Packet, PacketType } from '#wire';
import type { Alteration } from './alteration.ts';
import { DECISIONS } from './decisions.ts';
import type { DecisionName } from './decisions.ts';
import { EFFECT_KINDS, TIMER_NAMES } from './effects.ts';
import { later, on, onSend } from './faults/packet-tools.ts';
import { FIELD_CHANGES } from './mutant-fields.ts';
import { OWN_RULES } from './rules.ts';
import type { RuleName } from './rules.ts';

export interface Mutant {
  /** `waive connect.once`, `decide deliver.qos 0`, `drop send SUBACK`, `field CONNACK.reasonCode`, `timer keep-alive × 3`. */
  readonly id: string;
  readonly alteration: Alteration;
}

/** What a server sends. */
const SENT = [
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBACK',
  'UNSUBACK',
  'PINGRESP',
  'DISCONNECT',
] as const satisfies readonly PacketType[];

/** All of them, in an order that stays. */
export function mutants(): readonly Mutant[] {
  return [...waived(), ...decided(), ...disturbed(), ...disturbedPackets(), ...fields(), ...properties(), ...timers()];
}

/** TLS needs sockets: what can be altered there is the matter of named faults only. */
const isInMemory = (name: string): boolean => !name.startsWith('tls.');

function waived(): readonly Mutant[] {
  // A violation without a recovery can't be waived: decoding has nothing to go on with.
  const names: readonly RuleName[] = [
    ...(Object.keys(OWN_RULES) as RuleName[]).filter(isInMemory),
    ...VIOLATION_NAMES.filter((name) => VIOLATIONS[name].recovery !== undefined),
  ];
  return names.map((name) => ({ id: `waive ${name}`, alteration: { waive: [name] } }));
}

function decided(): readonly Mutant[] {
  return (Object.keys(DECISIONS) as DecisionName[]).filter(isInMemory).flatMap((name) =>
    DECISIONS[name].domain.slice(DECISIONS[name].fixed === true ? 1 : 0).map((value) => ({
      id: `decide ${name} ${String(value)}`,
      alteration: { decide: { [name]: () => value } },
    })),
  );
}

/** A second: longer than a client waits in memory, shorter than every timer of the core. */
const DELAY = 1000;

function disturbed(): readonly Mutant[] {
  return EFFECT_KINDS.filter((kind) => kind !== 'send' && kind !== 'delayed').flatMap((kind) => [
    { id: `drop ${kind}`, alteration: on(kind, () => []) },
    { id: `double ${kind}`, alteration: on(kind, (effect) => [effect, effect]) },
    { id: `delay ${kind}`, alteration: on(kind, (effect) => [later(effect, DELAY)]) },
  ]);
}

function disturbedPackets(): readonly Mutant[] {
  return SENT.flatMap((type) => [
    { id: `drop send ${type}`, alteration: onSend(type, () => []) },
    { id: `double send ${type}`, alteration: onSend(type, (sent) => [sent, sent]) },
    { id: `delay send ${type}`, alteration: onSend(type, (sent) => [later(sent, DELAY)]) },
  ]);
}

function fields(): readonly Mutant[] {
  return FIELD_CHANGES.map(({ type, field, change }) => ({
    id: `field ${type}.${field}`,
    alteration: onSend(type, (sent) => [{ ...sent, packet: change(sent.packet) }]),
  }));
}

/** Each property that a server may send, left out of each packet that holds it. */
function properties(): readonly Mutant[] {
  return SENT.flatMap((type) =>
    PROPERTY_TABLE.filter(({ contexts }) => contexts.some((context) => context === type)).map(({ name }) => ({
      id: `property ${type}.${name}`,
      alteration: onSend(type, (sent) => [{ ...sent, packet: without(sent.packet, name) }]),
    })),
  );
}

function without(packet: Packet, name: string): Packet {
  if (!('properties' in packet) || packet.properties === undefined) return packet;
  return {
    ...packet,
    properties: Object.fromEntries(Object.entries(packet.properties).filter(([key]) => key !== name)),
  };
}

function timers(): readonly Mutant[] {
  return TIMER_NAMES.flatMap((name) =>
    [0, 0.5, 3].map((factor) => ({
      id: `timer ${name} × ${factor}`,
      alteration: on('timer-set', (effect) => [effect.timer === name ? { ...effect, ms: effect.ms * factor } : effect]),
    })),
  );
}
