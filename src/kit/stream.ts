/** Many messages in a row from one client to another, compared octet by octet; one step of the story. */
import type { RequirementKey } from '#spec';
import type { Publish } from '#wire';
import * as build from './builders.ts';
import type { Client } from './client.ts';
import type { CaseContext } from './context.ts';
import { printEnding } from './ended.ts';
import { SetupFailed } from './outcomes.ts';
import { unmet } from './scope.ts';

export interface StreamInput {
  readonly from: Client;
  /** Has subscribed to the topic. Absent: nobody is there to get them now. */
  readonly to?: Client;
  readonly topic: string;
  readonly payloads: readonly Uint8Array[];
  readonly qos?: 0 | 1;
  /** Messages on their way at once; never more than the broker allows. Default 1: then each is a frame of its own. */
  readonly window?: number;
  /** Default: the case's first requirement. */
  readonly breaks?: RequirementKey;
  /** Octets; a connection that ends on a payload above them has met a limit, which is told and not judged. Default: none. */
  readonly limitAbove?: number;
}

type Context = CaseContext<unknown>;

/** RFC 6455 §7.4.1: a message is too big. Where both publish, either may have met the limit first. */
const TOO_BIG = 1009;

/** Octets; some brokers take 4 KiB a turn of 100 ms and more where little else happens. */
const SLOWEST_A_MS = 32;

const patience = (t: Context, { length }: Uint8Array): number => t.timing.replyMs + length / SLOWEST_A_MS;

/** Octets on their way at once. */
const MOST_UNDERWAY = 256 * 1024;

/** Returns the size at which the broker ended the publisher's connection, where that is allowed. */
export async function stream(t: Context, input: StreamInput): Promise<number | undefined> {
  const { from, to, payloads, topic, qos = 0 } = input;
  const sizes = payloads.map(({ length }) => length);
  t.scope.story.tell(`${payloads.length} messages of ${Math.min(...sizes)} to ${Math.max(...sizes)} bytes on ${topic}`);
  for (const window of windows(input)) {
    for (const payload of window) await from.sendQuietly(message(from, topic, payload, qos));
    for (const payload of window) {
      const ended = to === undefined ? undefined : await expectNext(t, input, to, payload);
      if (ended !== undefined) return ended;
      if (qos === 1) await acknowledged(t, from, payload);
    }
  }
  return undefined;
}

function message(from: Client, topic: string, payload: Uint8Array, qos: 0 | 1): Publish {
  return build.publish(topic, payload, qos === 0 ? {} : { qos, packetId: from.nextPacketId() });
}

function* windows({ payloads, window = 1, from }: StreamInput): Generator<readonly Uint8Array[]> {
  const most = Math.max(1, Math.min(window, from.quota));
  let group: Uint8Array[] = [];
  let octets = 0;
  for (const payload of payloads) {
    if (group.length > 0 && (group.length >= most || octets + payload.length > MOST_UNDERWAY)) {
      yield group;
      group = [];
      octets = 0;
    }
    group.push(payload);
    octets += payload.length;
  }
  if (group.length > 0) yield group;
}

async function expectNext(
  t: Context,
  { from, topic, breaks, limitAbove = Number.POSITIVE_INFINITY }: StreamInput,
  to: Client,
  payload: Uint8Array,
): Promise<number | undefined> {
  const common = {
    expected: `PUBLISH with ${payload.length} bytes`,
    ...(breaks === undefined ? {} : { requirement: breaks }),
  };
  const event = await to.link.take(
    (came) => came.kind === 'packet' && came.packet.type === 'PUBLISH' && came.packet.topic === topic,
    patience(t, payload),
  );
  if (event?.kind === 'packet' && event.packet.type === 'PUBLISH') {
    const wrong = difference(payload, event.packet.payload);
    return wrong === undefined ? undefined : unmet(t.scope, { ...common, message: wrong, entry: event.entry });
  }
  if (payload.length > limitAbove && (from.link.ended || to.link.ending?.closeCode === TOO_BIG)) {
    for (const client of [from, to]) client.link.endExpected ||= client.link.ended;
    return payload.length;
  }
  const gone = [from, to].find(({ link }) => link.ended);
  if (gone === undefined) {
    return unmet(t.scope, {
      ...common,
      message: `a payload of ${payload.length} bytes did not come`,
      evidence: 'deadline',
    });
  }
  const message = `${gone === from ? "the publisher's" : "the subscriber's"} connection ended on a payload of ${payload.length} bytes`;
  return unmet(t.scope, { ...common, message, actual: printEnding(gone.link.ending) });
}

async function acknowledged(t: Context, from: Client, payload: Uint8Array): Promise<void> {
  const puback = await from.link.take(
    (event) => event.kind === 'packet' && event.packet.type === 'PUBACK',
    patience(t, payload),
  );
  if (puback === undefined) throw new SetupFailed(`a PUBLISH of ${payload.length} bytes was not acknowledged`);
}

function difference(expected: Uint8Array, actual: Uint8Array): string | undefined {
  if (expected.length !== actual.length)
    return `a payload of ${expected.length} bytes came with ${actual.length} bytes`;
  for (let at = 0; at < expected.length; at += 1) {
    if (expected[at] !== actual[at]) return `a payload of ${expected.length} bytes came with another octet at ${at}`;
  }
  return undefined;
}
