import type { Qos, RetainHandling, Suback, Subscribe, Subscription, Unsuback, Unsubscribe } from '../packets.ts';
import type { Properties } from '../properties.ts';
import { isReasonCode } from '../reason-codes.ts';
import { checkFilter } from './filters.ts';
import { hex, type Decoding } from './decoding.ts';
import { readProperties } from './properties.ts';
import { readString } from './strings.ts';

type Type = 'SUBSCRIBE' | 'SUBACK' | 'UNSUBSCRIBE' | 'UNSUBACK';

/** §3.8. */
export function readSubscribe(d: Decoding): Subscribe {
  const { packetId, properties } = readHead(d, 'SUBSCRIBE');
  const subscriptions: Subscription[] = [];
  if (d.at === d.end) d.fail('subscribe.empty', d.at, 'SUBSCRIBE has no topic filter');
  while (d.at < d.end) {
    const filterAt = d.at;
    const filter = readString(d, d.nth('filter', subscriptions.length));
    checkFilter(d, filter, filterAt);
    subscriptions.push(readOptions(d, filter, subscriptions.length));
  }
  return properties === undefined
    ? { type: 'SUBSCRIBE', packetId, subscriptions }
    : { type: 'SUBSCRIBE', packetId, subscriptions, properties };
}

function readOptions(d: Decoding, filter: string, index: number): Subscription {
  const at = d.at;
  const options = d.u8(d.nth('options', index));
  const five = d.version === '5.0';
  if (options & (five ? 0xc0 : 0xfc)) {
    d.fail('subscribe.reserved-bits', at, `reserved bits of the subscription options are set: ${hex(options)}`);
  }
  let qos = options & 3;
  if (qos === 3) {
    d.fail('subscribe.qos-3', at, 'requested QoS is 3');
    qos = 2;
  }
  if (!five) return { filter, qos: qos as Qos, noLocal: false, retainAsPublished: false, retainHandling: 0 };
  let retainHandling = (options >> 4) & 3;
  if (retainHandling === 3) {
    d.fail('subscribe.retain-handling-3', at, 'Retain Handling is 3');
    retainHandling = 2;
  }
  const noLocal = (options & 4) !== 0;
  if (noLocal && filter.startsWith('$share/')) {
    d.fail('subscribe.no-local-shared', at, `No Local on the shared subscription ${JSON.stringify(filter)}`);
  }
  return {
    filter,
    qos: qos as Qos,
    noLocal,
    retainAsPublished: (options & 8) !== 0,
    retainHandling: retainHandling as RetainHandling,
  };
}

/** §3.10. */
export function readUnsubscribe(d: Decoding): Unsubscribe {
  const { packetId, properties } = readHead(d, 'UNSUBSCRIBE');
  const filters: string[] = [];
  if (d.at === d.end) d.fail('unsubscribe.empty', d.at, 'UNSUBSCRIBE has no topic filter');
  while (d.at < d.end) {
    const filterAt = d.at;
    const filter = readString(d, d.nth('filter', filters.length));
    checkFilter(d, filter, filterAt);
    filters.push(filter);
  }
  return properties === undefined
    ? { type: 'UNSUBSCRIBE', packetId, filters }
    : { type: 'UNSUBSCRIBE', packetId, filters, properties };
}

/** §3.9. */
export function readSuback(d: Decoding): Suback {
  const { packetId, properties } = readHead(d, 'SUBACK');
  const reasonCodes = readCodes(d, 'SUBACK');
  return properties === undefined
    ? { type: 'SUBACK', packetId, reasonCodes }
    : { type: 'SUBACK', packetId, reasonCodes, properties };
}

/** §3.11. */
export function readUnsuback(d: Decoding): Unsuback {
  const { packetId, properties } = readHead(d, 'UNSUBACK');
  const reasonCodes = d.version === '5.0' ? readCodes(d, 'UNSUBACK') : [];
  return properties === undefined
    ? { type: 'UNSUBACK', packetId, reasonCodes }
    : { type: 'UNSUBACK', packetId, reasonCodes, properties };
}

function readHead(d: Decoding, type: Type): { packetId: number; properties: Properties | undefined } {
  const packetId = d.u16('packet-id');
  if (packetId === 0) d.fail('packet-id.zero', d.at - 2, `${type} has packet identifier 0`);
  return { packetId, properties: d.version === '5.0' ? readProperties(d, type) : undefined };
}

function readCodes(d: Decoding, type: 'SUBACK' | 'UNSUBACK'): number[] {
  const codes: number[] = [];
  if (d.at === d.end) d.fail(type === 'SUBACK' ? 'suback.empty' : 'unsuback.empty', d.at, `${type} has no code`);
  while (d.at < d.end) {
    const code = d.u8(d.nth('reason-code', codes.length));
    if (!isReasonCode(type, d.version, code)) {
      d.fail('reason-code.not-in-table', d.at - 1, `${type} has no code ${hex(code)}`);
    }
    codes.push(code);
  }
  return codes;
}
