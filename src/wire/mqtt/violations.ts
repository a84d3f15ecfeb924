/** Every rule of the wire format that strict decoding checks, by name. */
import type { MqttVersion, RequirementKey } from '#spec';
import type { Sender } from './codec.ts';
import type { PacketType } from './packets.ts';
import { CODE_VIOLATIONS } from './violations/codes.ts';
import { CONNECT_VIOLATIONS } from './violations/connect.ts';
import { receiverDuty } from './violations/duties.ts';
import { MESSAGE_VIOLATIONS } from './violations/messages.ts';
import { PACKET_VIOLATIONS } from './violations/packet.ts';
import { PROPERTY_VIOLATIONS } from './violations/properties.ts';
import type { BySender, ViolationRow } from './violations/row.ts';
import { STRING_VIOLATIONS } from './violations/strings.ts';

const TABLE = {
  ...PACKET_VIOLATIONS,
  ...STRING_VIOLATIONS,
  ...PROPERTY_VIOLATIONS,
  ...CONNECT_VIOLATIONS,
  ...MESSAGE_VIOLATIONS,
  ...CODE_VIOLATIONS,
};

export type ViolationName = keyof typeof TABLE;
export const VIOLATIONS: Readonly<Record<ViolationName, ViolationRow>> = TABLE;
export const VIOLATION_NAMES = Object.keys(TABLE) as readonly ViolationName[];

/** What a violation is about: it makes the requirement exact. */
export interface ViolationContext {
  /** Absent while a connection has no version yet: the requirements of both are given. */
  readonly version?: MqttVersion | undefined;
  readonly from: Sender;
  readonly packet?: PacketType | undefined;
  /** Field names and packet types, most exact first, to look up in the row's `exact`. */
  readonly about?: readonly string[];
}

/** The requirements that a violation breaks, the most exact one first. Empty where the catalogue has none for this sender. */
export function requirementsOf(name: ViolationName, context: ViolationContext): readonly RequirementKey[] {
  const row = VIOLATIONS[name];
  const sources: (BySender | undefined)[] = [];
  for (const key of context.about ?? []) sources.push(row.exact?.[key]);
  if (context.packet !== undefined) sources.push(row.exact?.[context.packet]);
  sources.push(row);
  const prefix = context.version === undefined ? '' : `${context.version}/`;
  const keys = new Set<RequirementKey>();
  for (const source of sources) {
    for (const key of source?.[context.from] ?? []) if (key.startsWith(prefix)) keys.add(key);
  }
  return keys.size > 0 ? [...keys] : receiverDuty(context);
}
