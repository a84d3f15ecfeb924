/** What the runner would learn before the first case: the CONNACK of 5.0, and whether compression is taken. */
import { seededRandom, type Clock } from '#io';
import type { Capabilities } from '#kit';
import { openSession, probeExtensions, type Dial, type SessionOptions } from '#net';
import { kitCapabilities, type Circumstances, type Sources } from '#runner';
import type { Target } from '#target';

export interface Learned {
  readonly capabilities: Capabilities;
  readonly circumstances: Circumstances;
  /** False where nobody was let in: then there is nothing to run. */
  readonly opened: boolean;
}

export async function learn(clock: Clock, dial: Dial, target: Target): Promise<Learned> {
  const [ws] = target.endpoints;
  const options: SessionOptions = {
    dial,
    clock,
    random: seededRandom('learn'),
    signal: new AbortController().signal,
    version: '5.0',
    credentials: target.credentials,
    headers: target.headers,
    clientId: 'learn',
  };
  const opened = await openSession(ws, options);
  const sources: Sources = {
    declared: target.declared,
    advertised: opened.ok ? (opened.session.facts.connack.properties ?? {}) : {},
    probed: NOTHING_PROBED,
    deflate: await probeExtensions(ws, 'permessage-deflate', options),
  };
  const tls = opened.ok ? opened.session.facts.tls : undefined;
  if (opened.ok) opened.session.close();
  const circumstances = { sources, target, ...(tls === undefined ? {} : { tls: tls.protocol }) };
  return { capabilities: kitCapabilities(sources), circumstances, opened: opened.ok };
}

/** What CONNACK says is enough in the lab. */
const NOTHING_PROBED: Sources['probed'] = {
  roundTrips: [],
  settleMs: undefined,
  maximumQos: undefined,
  retain: undefined,
  wildcard: undefined,
  shared: undefined,
  subid: undefined,
  brokerVersion: undefined,
};
