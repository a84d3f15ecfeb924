import type { RuleTable } from '../rows.ts';

/** What MQTT 5.0 demands without a number: CONNECT. */
export const CONNECT_RULES = {
  'R-3.1.2.4-1': {
    level: 'MUST',
    title: 'protocol version 5 CONNECT without property length (a 3.1.1 body under level 5)',
    expected: 'closed; CONNACK 0x81 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.5-1': {
    level: 'SHOULD',
    title: 'the will is published without needless delay once it is due',
    expected: "will within the target's grace time",
    needs: ['time'],
  },
  'R-3.1.2.9-1': {
    level: 'MUST',
    title: 'a password without user name is a legal CONNECT',
    expected: 'CONNACK 0x00, 0x86 or 0x87, or closed without CONNACK; not 0x81 or 0x82',
  },
  'R-3.1.2.10-1': {
    level: 'OBSERVE',
    title: 'keep alive 0 switches the time limit off (the server may still drop a client it takes for dead)',
    expected: 'still connected after a long silence, or closed',
    needs: ['time'],
  },
  'R-3.1.2.11.2-1': {
    level: 'MUST',
    title: 'Session Expiry Interval twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.2-2': {
    level: 'MUST',
    title: 'Session Expiry Interval absent counts as 0: the session ends with the connection',
    expected: 'next Clean Start 0: Session Present 0',
  },
  'R-3.1.2.11.2-3': {
    level: 'MUST',
    title: 'Session Expiry Interval 0xFFFFFFFF: the session does not expire',
    expected: 'Session Present 1 whenever tried (unless CONNACK gave another value)',
    observable: 'partly',
    needs: ['time'],
  },
  'R-3.1.2.11.3-1': {
    level: 'MUST',
    title: 'Receive Maximum twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.3-2': {
    level: 'MUST',
    title: 'Receive Maximum 0 in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.4-1': {
    level: 'MUST',
    title: 'Maximum Packet Size twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.4-2': {
    level: 'MUST',
    title: 'Maximum Packet Size 0 in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.5-1': {
    level: 'MUST',
    title: 'Topic Alias Maximum twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.6-1': {
    level: 'MUST',
    title: 'Request Response Information twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.6-2': {
    level: 'MUST',
    title: 'Request Response Information other than 0 and 1',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.6-3': {
    level: 'MAY',
    title: 'Response Information asked for',
    expected: 'CONNACK with or without Response Information',
  },
  'R-3.1.2.11.7-1': {
    level: 'MUST',
    title: 'Request Problem Information twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.7-2': {
    level: 'MUST',
    title: 'Request Problem Information other than 0 and 1',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.8-1': {
    level: 'MUST',
    title: 'User Property in CONNECT may come many times, the same name too',
    expected: 'CONNACK 0x00',
  },
  'R-3.1.2.11.9-1': {
    level: 'MUST',
    title: 'Authentication Method twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.10-1': {
    level: 'MUST',
    title: 'Authentication Data without Authentication Method',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.2.11.10-2': {
    level: 'MUST',
    title: 'Authentication Data twice in CONNECT',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.3.1-1': {
    level: 'MAY',
    title: 'client identifiers above 23 bytes or with other characters',
    expected: 'accepted, or CONNACK 0x85 and close, or close alone',
  },
  'R-3.1.3.2.2-1': {
    level: 'MUST',
    title: 'Will Delay Interval twice',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.3.2.2-2': {
    level: 'MUST',
    title: 'Will Delay Interval absent counts as 0: no delay',
    expected: 'will published at once after the close',
  },
  'R-3.1.3.2.3-1': {
    level: 'MUST',
    title: 'Payload Format Indicator twice in the will',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.3.2.3-2': {
    level: 'MAY',
    title: 'will says its payload is UTF-8 and it is not',
    expected: 'CONNACK 0x99 and close, or accepted',
  },
  'R-3.1.3.2.3-3': {
    level: 'MUST',
    title: 'Payload Format Indicator of the will travels with the will message',
    expected: 'published will has the same value',
  },
  'R-3.1.3.2.4-1': {
    level: 'MUST',
    title: 'Message Expiry Interval twice in the will',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.3.2.4-2': {
    level: 'MUST',
    title: "the will's Message Expiry Interval counts from the publishing of the will, not from CONNECT",
    expected: 'published will has the interval less the time since its publishing; none if none was set',
    needs: ['time'],
  },
  'R-3.1.3.2.5-1': {
    level: 'MUST',
    title: 'Content Type twice in the will',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.3.2.6-1': {
    level: 'MUST',
    title: 'Response Topic twice in the will',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.3.2.7-1': {
    level: 'MUST',
    title: 'Correlation Data twice in the will',
    expected: 'closed; CONNACK 0x82 before it allowed; never CONNACK 0x00',
    needs: ['reaction'],
  },
  'R-3.1.3.2.7-2': {
    level: 'MUST',
    title: 'Content Type, Response Topic, Correlation Data of the will travel with it',
    expected: 'published will has all three unchanged',
  },
  'R-3.1.4-1': {
    level: 'SHOULD',
    title: 'no CONNECT for a long time after the connection was made',
    expected: "closed within the target's limit",
    needs: ['slow'],
  },
  'R-3.1.4-2': {
    level: 'MUST',
    title:
      'packets sent right behind CONNECT, without waiting for CONNACK, are allowed and served if CONNECT is accepted',
    expected: 'CONNACK 0x00, then SUBACK, PUBACK… for what followed',
  },
  'R-3.1.4-3': {
    level: 'MUST',
    title: "takeover with a will that has no delay: the old connection's will is published",
    expected: 'will published once',
  },
  'R-3.1.4-4': {
    level: 'MAY',
    title: 'refused CONNECT',
    expected: 'CONNACK of 0x80 or above then close, or close alone',
  },
} as const satisfies RuleTable;
