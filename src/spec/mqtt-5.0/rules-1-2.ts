import type { RuleTable } from '../rows.ts';

/** What MQTT 5.0 demands without a number: data representation and packet format. */
export const PACKET_FORMAT_RULES = {
  'R-1.2-1': {
    level: 'MUST',
    title: "a packet that ends before a field of it ends can't be parsed (CONNECT: 3.1.4-1)",
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-1.2-2': {
    level: 'MUST',
    title: 'bytes are left over inside the remaining length after the last field (CONNECT: 3.1.4-1)',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-1.2-3': {
    level: 'MUST',
    title: 'a packet type that only servers send (CONNACK, SUBACK, UNSUBACK, PINGRESP) comes from the client',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction'],
  },
  'R-1.5.4-1': {
    level: 'MAY',
    title: 'a string holds control characters or non-characters',
    expected: 'delivered unchanged, or DISCONNECT 0x81 (CONNACK 0x81, PUBACK/PUBREC 0x90, SUBACK 0x8F) or close',
  },
  'R-1.5.4-2': {
    level: 'SHOULD NOT',
    title:
      "strings of the server's own (reason strings, assigned identifiers) hold control characters or non-characters",
    expected: 'none',
  },
  'R-1.5.5-1': {
    level: 'MUST',
    title: 'a remaining length of five bytes',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-1.5.5-2': {
    level: 'MUST',
    title: 'a property length or subscription identifier of five bytes',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.1.2-1': {
    level: 'MUST',
    title: 'packet type 0',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.1-1': {
    level: 'MUST',
    title: 'the two sides number independently: the same identifier may be open in both directions',
    expected: 'both deliveries complete',
    needs: ['qos1'],
  },
  'R-2.2.2.2-1': {
    level: 'MUST',
    title: 'an unknown property identifier (one byte)',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-2': {
    level: 'MUST',
    title: 'an unknown property identifier that takes two bytes',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-3': {
    level: 'MUST',
    title: 'a property that CONNECT may not have (such as Topic Alias)',
    expected: 'closed; CONNACK 0x81 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-2.2.2.2-4': {
    level: 'MUST',
    title: 'a property that the will may not have (such as Topic Alias, Receive Maximum)',
    expected: 'closed; CONNACK 0x81 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-2.2.2.2-5': {
    level: 'MUST',
    title: 'a property that PUBLISH may not have (such as Receive Maximum)',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-6': {
    level: 'MUST',
    title: 'a property that PUBACK may not have (such as Topic Alias)',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction', 'qos1'],
  },
  'R-2.2.2.2-7': {
    level: 'MUST',
    title: 'a property that PUBREC may not have',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction', 'qos2'],
  },
  'R-2.2.2.2-8': {
    level: 'MUST',
    title: 'a property that PUBREL may not have',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction', 'qos2'],
  },
  'R-2.2.2.2-9': {
    level: 'MUST',
    title: 'a property that PUBCOMP may not have',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction', 'qos2'],
  },
  'R-2.2.2.2-10': {
    level: 'MUST',
    title: 'a property that SUBSCRIBE may not have (such as Reason String)',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-11': {
    level: 'MUST',
    title: 'a property that UNSUBSCRIBE may not have (such as Subscription Identifier)',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-12': {
    level: 'MUST',
    title: 'a property that DISCONNECT may not have (such as Topic Alias)',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-13': {
    level: 'MUST',
    title: 'a property that AUTH may not have',
    expected: 'closed; DISCONNECT 0x81 or 0x82 before it preferred',
    observable: 'partly',
    needs: ['reaction', 'enhanced-auth'],
  },
  'R-2.2.2.2-14': {
    level: 'MUST',
    title: 'a property whose value is cut off by the end of the property length',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-15': {
    level: 'MUST',
    title: 'a property length that reaches beyond the packet',
    expected: 'closed; DISCONNECT 0x81 before it preferred',
    needs: ['reaction'],
  },
  'R-2.2.2.2-16': {
    level: 'MUST',
    title: 'properties come in an unusual order: order between different properties has no meaning',
    expected: 'served like any other order',
  },
  'R-2.2.2.2-17': {
    level: 'MUST',
    title: 'a packet from the server holds only properties that its type may have, each with a value of its type',
    expected: 'no foreign property in any packet received',
  },
} as const satisfies RuleTable;
