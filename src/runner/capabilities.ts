/** What the broker can do, from each source: declared by the user, advertised in CONNACK, probed. */
import type { Capabilities } from '#kit';
import type { CapabilityRecord } from '#results';
import type { Need } from '#spec';
import type { Properties } from '#wire';
import type { Examination } from './examine.ts';

export interface Sources {
  readonly declared: readonly Need[];
  /** Properties of the 5.0 CONNACK; undefined where 5.0 is not spoken. */
  readonly advertised: Properties | undefined;
  readonly probed: Examination;
  /** What the server took of permessage-deflate. */
  readonly deflate: string | undefined;
}

/** Three states: what none of the sources says is unknown. */
export type Known = boolean | undefined;

type Flag = 'retain' | 'wildcard' | 'shared' | 'subid';

/** 5.0 §3.2.2.3: absent means available. */
const ADVERTISED: Readonly<Record<Flag, (properties: Properties) => boolean>> = {
  retain: ({ retainAvailable }) => retainAvailable !== 0,
  wildcard: ({ wildcardSubscriptionAvailable }) => wildcardSubscriptionAvailable !== 0,
  shared: ({ sharedSubscriptionAvailable }) => sharedSubscriptionAvailable !== 0,
  subid: ({ subscriptionIdentifierAvailable }) => subscriptionIdentifierAvailable !== 0,
};

/** Whether cases may count on it, and who says that they may not. A declaration wins, then what the broker says of itself. */
export function flag(
  name: Flag,
  { declared, advertised, probed }: Sources,
): { readonly has: Known; readonly says: string } {
  if (declared.includes(name)) return { has: true, says: 'declared' };
  if (advertised !== undefined && !ADVERTISED[name](advertised))
    return { has: false, says: 'CONNACK says unavailable' };
  if (probed[name] === false) {
    // Advertised, yet refused: that is a case's finding, not a reason to leave it out.
    return advertised === undefined ? { has: false, says: 'refused when probed' } : { has: true, says: 'advertised' };
  }
  return { has: advertised !== undefined || probed[name], says: advertised === undefined ? 'probed' : 'advertised' };
}

export function maximumQos({ advertised, probed }: Sources): { readonly qos: number; readonly says: string } {
  if (advertised?.maximumQos !== undefined) return { qos: advertised.maximumQos, says: 'CONNACK' };
  return { qos: advertised === undefined ? (probed.maximumQos ?? 2) : 2, says: 'probed' };
}

/** What cases obey before they speak (BROKERS.md, lesson 6). */
export function kitCapabilities(sources: Sources): Capabilities {
  const { advertised } = sources;
  return {
    maximumQos: maximumQos(sources).qos,
    ...(advertised?.receiveMaximum === undefined ? {} : { receiveMaximum: advertised.receiveMaximum }),
    ...(advertised?.maximumPacketSize === undefined ? {} : { maximumPacketSize: advertised.maximumPacketSize }),
  };
}

export function capabilityRecords(sources: Sources): CapabilityRecord[] {
  const { advertised, probed, declared, deflate } = sources;
  const flags = (Object.keys(ADVERTISED) as Flag[]).map((name) =>
    record(
      name,
      declared.includes(name) ? 'yes' : undefined,
      advertised && word(ADVERTISED[name](advertised)),
      word(probed[name]),
    ),
  );
  const numbers = [
    record('maximum-qos', undefined, advertised && String(advertised.maximumQos ?? 2), text(probed.maximumQos)),
    ...(
      ['receiveMaximum', 'maximumPacketSize', 'topicAliasMaximum', 'serverKeepAlive', 'sessionExpiryInterval'] as const
    ).map((name) => record(kebab(name), undefined, text(advertised?.[name]), undefined)),
    record('deflate', declared.includes('deflate') ? 'yes' : undefined, undefined, deflate),
  ];
  const own = new Set([...flags, ...numbers].map(({ name }) => name));
  const others = declared.filter((need) => !own.has(need)).map((need) => record(need, 'yes', undefined, undefined));
  return [...flags, ...numbers, ...others].filter((one) => Object.keys(one).length > 1);
}

const word = (known: Known): string | undefined => (known === undefined ? undefined : known ? 'yes' : 'no');
const text = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));
const kebab = (name: string): string => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

function record(name: string, declared?: string, advertised?: string, probed?: string): CapabilityRecord {
  return {
    name,
    ...(declared === undefined ? {} : { declared }),
    ...(advertised === undefined ? {} : { advertised }),
    ...(probed === undefined ? {} : { probed }),
  };
}
