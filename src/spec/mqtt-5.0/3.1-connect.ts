import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: CONNECT. */
export const CONNECT = {
  'MQTT-3.1.0-1': {
    level: 'MUST',
    title: 'anything but CONNECT as the first packet: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.0-2': { level: 'MUST', title: 'a second CONNECT on one connection: closed (0x82 preferred)' },
  'MQTT-3.1.2-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      close: { level: 'MUST', title: 'another protocol name, not wanted: closed', needs: ['reaction'] },
      may: { level: 'MAY', title: 'another protocol name: CONNACK 0x84 before the close (record)' },
    },
  },
  'MQTT-3.1.2-2': {
    level: 'MUST',
    clauses: {
      close: { level: 'MUST', title: 'another protocol version, not wanted: closed' },
      may: { level: 'MAY', title: 'another protocol version: CONNACK 0x84 before the close (record)' },
    },
  },
  'MQTT-3.1.2-3': { level: 'MUST', title: 'the reserved connect flag is 1: closed (0x81 preferred)' },
  'MQTT-3.1.2-4': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      discard: { level: 'MUST', title: 'Clean Start 1 throws the old session away' },
      new: { level: 'MUST', title: 'Clean Start 1 opens a new, empty session' },
    },
  },
  'MQTT-3.1.2-5': { level: 'MUST', title: 'Clean Start 0 with a stored session: that session goes on' },
  'MQTT-3.1.2-6': { level: 'MUST', title: 'Clean Start 0 without a stored session: a new one begins' },
  'MQTT-3.1.2-7': { level: 'MUST', title: 'Will Flag 1: the will is kept with the session' },
  'MQTT-3.1.2-8': {
    level: 'MUST',
    needs: ['time'],
    clauses: {
      'on-network-failure': { level: 'MUST', title: 'connection lost: will published (no delay asked for)' },
      'on-close-without-disconnect': {
        level: 'MUST',
        title: 'transport ended in order without DISCONNECT: will published',
      },
      'on-disconnect-04': { level: 'MUST', title: 'DISCONNECT 0x04 or another code than 0x00: will published' },
      'on-keepalive': { level: 'MUST', title: 'keep-alive timeout: will published', needs: ['time'] },
      'on-protocol-error': { level: 'MUST', title: 'closed for a protocol error: will published' },
      'after-delay': {
        level: 'MUST',
        title: 'with a delay, and a session that lives longer: published after the delay, not before',
        needs: ['time'],
      },
      'at-session-end': {
        level: 'MUST',
        title: 'session ends before the delay: published at the end of the session',
        needs: ['time'],
      },
    },
  },
  'MQTT-3.1.2-9': {
    level: 'MUST',
    subject: 'client',
    needs: ['reaction'],
    clauses: {
      properties: { level: 'MUST', title: 'will flag 1 without will properties: closed', needs: ['reaction'] },
      topic: { level: 'MUST', title: 'will flag 1 without will topic: closed', needs: ['reaction'] },
      payload: { level: 'MUST', title: 'will flag 1 without will payload: closed', needs: ['reaction'] },
    },
  },
  'MQTT-3.1.2-10': {
    level: 'MUST',
    needs: ['time'],
    clauses: {
      once: { level: 'MUST', title: 'a published will is not published again', needs: ['time'] },
      'after-disconnect': { level: 'MUST', title: 'after DISCONNECT 0x00 the will never appears' },
    },
  },
  'MQTT-3.1.2-11': {
    level: 'MUST',
    title: 'Will QoS other than 0 without Will Flag: closed (0x81 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-12': {
    level: 'MUST',
    subject: 'client',
    needs: ['reaction'],
    clauses: {
      'will-qos-3': { level: 'MUST', title: 'will QoS 3: closed (CONNACK 0x81 allowed)', needs: ['reaction'] },
    },
  },
  'MQTT-3.1.2-13': {
    level: 'MUST',
    title: 'Will Retain 1 without Will Flag: closed (0x81 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-14': {
    level: 'MUST',
    title: 'Will Retain 0: the will is published as a message that is not retained',
    needs: ['retain'],
  },
  'MQTT-3.1.2-15': {
    level: 'MUST',
    title: 'Will Retain 1: the will is published as a retained message',
    needs: ['retain'],
  },
  'MQTT-3.1.2-16': {
    level: 'MUST NOT',
    title: 'a user name in the payload without User Name Flag: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-17': {
    level: 'MUST',
    title: 'User Name Flag 1 without a user name: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-18': {
    level: 'MUST NOT',
    title: 'a password in the payload without Password Flag: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-19': {
    level: 'MUST',
    title: 'Password Flag 1 without a password: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-20': {
    level: 'MUST',
    title: 'a client sends something, at least PINGREQ, within its keep-alive',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.1.2-21': {
    level: 'MUST',
    title: 'a client uses the Server Keep Alive in place of its own',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.1.2-22': {
    level: 'MUST',
    needs: ['time'],
    clauses: {
      close: {
        level: 'MUST',
        title: 'no packet for one and a half keep-alive periods: closed (never = broken; how late is tolerance)',
        needs: ['time'],
      },
      'as-if-failed': {
        level: 'MUST',
        title: 'a keep-alive close has the effects of a network failure',
        needs: ['time'],
      },
    },
  },
  'MQTT-3.1.2-23': {
    level: 'MUST',
    title: 'Session Expiry Interval above 0: the session outlives the connection',
    subject: 'both',
  },
  'MQTT-3.1.2-24': { level: 'MUST NOT', title: "no packet exceeds the client's Maximum Packet Size" },
  'MQTT-3.1.2-25': {
    level: 'MUST',
    needs: ['qos1'],
    clauses: {
      discard: {
        level: 'MUST',
        title: "a message above the client's Maximum Packet Size is not sent to that client",
        needs: ['qos1'],
      },
      'as-if-sent': {
        level: 'MUST',
        title: 'deliveries after the dropped one go on; its slot is free again',
        needs: ['qos1'],
      },
    },
  },
  'MQTT-3.1.2-26': {
    level: 'MUST NOT',
    title: "no topic alias exceeds the client's Topic Alias Maximum",
    needs: ['topic-alias'],
  },
  'MQTT-3.1.2-27': { level: 'MUST NOT', title: 'no topic alias for a client whose Topic Alias Maximum is absent or 0' },
  'MQTT-3.1.2-28': { level: 'MUST NOT', title: 'Request Response Information 0: no Response Information' },
  'MQTT-3.1.2-29': {
    level: 'MUST NOT',
    observable: 'partly',
    needs: ['optional-behaviour'],
    clauses: {
      'not-elsewhere': {
        level: 'MUST NOT',
        title: 'Request Problem Information 0: Reason String and User Property only on PUBLISH, CONNACK, DISCONNECT',
        observable: 'partly',
        needs: ['optional-behaviour'],
      },
      may: {
        level: 'MAY',
        title: 'Request Problem Information 0: still used on CONNACK or DISCONNECT (record)',
        observable: 'partly',
        needs: ['optional-behaviour'],
      },
    },
  },
  'MQTT-3.1.2-30': {
    level: 'MUST NOT',
    title: 'a client that authenticates by a method sends only AUTH and DISCONNECT before CONNACK',
    subject: 'client',
    observable: 'partly',
    needs: ['enhanced-auth', 'reaction'],
  },
  'MQTT-3.1.3-1': {
    level: 'MUST',
    title: 'the fields of CONNECT come in their fixed order',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.1.3-2': { level: 'MUST', title: 'the client identifier names the session state', subject: 'both' },
  'MQTT-3.1.3-3': {
    level: 'MUST',
    subject: 'client',
    needs: ['reaction'],
    clauses: {
      present: { level: 'MUST', title: 'a CONNECT payload without client identifier: closed', needs: ['reaction'] },
      first: {
        level: 'MUST',
        title: 'the client identifier comes first (cannot be seen by the receiver)',
        subject: 'client',
        observable: 'no',
      },
    },
  },
  'MQTT-3.1.3-4': {
    level: 'MUST',
    title: 'a client identifier that is no well-formed UTF-8: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.3-5': { level: 'MUST', title: 'client identifiers of 1 to 23 letters and digits are accepted' },
  'MQTT-3.1.3-6': {
    level: 'MUST',
    clauses: {
      may: { level: 'MAY', title: 'an empty identifier is allowed or refused (record)' },
      'assign-unique': { level: 'MUST', title: 'if allowed, each such client gets an identifier of its own' },
    },
  },
  'MQTT-3.1.3-7': {
    level: 'MUST',
    clauses: {
      process: { level: 'MUST', title: 'if allowed, reconnecting under the assigned identifier finds the session' },
      return: { level: 'MUST', title: 'if allowed, CONNACK holds Assigned Client Identifier' },
    },
  },
  'MQTT-3.1.3-8': {
    level: 'MUST',
    observable: 'partly',
    needs: ['broker-config'],
    clauses: {
      close: { level: 'MUST', title: 'a rejected identifier: closed', observable: 'partly', needs: ['broker-config'] },
      may: {
        level: 'MAY',
        title: 'a rejected identifier: CONNACK 0x85 before (record)',
        observable: 'partly',
        needs: ['broker-config'],
      },
    },
  },
  'MQTT-3.1.3-9': {
    level: 'MUST NOT',
    title: 'a new connection before the Will Delay Interval has passed: no will',
    needs: ['time'],
  },
  'MQTT-3.1.3-10': { level: 'MUST', title: 'the user properties of a will keep their order' },
  'MQTT-3.1.3-11': {
    level: 'MUST',
    title: 'a will topic that is no well-formed UTF-8: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.3-12': {
    level: 'MUST',
    subject: 'client',
    needs: ['reaction'],
    clauses: {
      utf8: { level: 'MUST', title: 'a user name that is not UTF-8: closed', needs: ['reaction'] },
      position: {
        level: 'MUST',
        title: 'the user name follows the will fields (cannot be seen by the receiver)',
        subject: 'client',
        observable: 'no',
      },
    },
  },
  'MQTT-3.1.4-1': { level: 'MUST', title: 'a CONNECT that does not keep to its format: closed' },
  'MQTT-3.1.4-2': {
    level: 'MUST',
    observable: 'partly',
    needs: ['auth'],
    clauses: {
      close: {
        level: 'MUST',
        title: 'a failed further check or authentication: closed',
        observable: 'partly',
        needs: ['auth'],
      },
      should: {
        level: 'SHOULD',
        title: 'authentication and authorization are checked at all',
        observable: 'partly',
        needs: ['auth'],
      },
      may: { level: 'MAY', title: 'further restrictions on CONNECT (record)', observable: 'no', needs: ['auth'] },
    },
  },
  'MQTT-3.1.4-3': {
    level: 'MUST',
    clauses: {
      'disconnect-8e': {
        level: 'SHOULD',
        title:
          'takeover: the old connection gets DISCONNECT 0x8E (sent as section 4.13 describes, where sending is SHOULD)',
      },
      close: { level: 'MUST', title: 'takeover: the old connection is closed' },
    },
  },
  'MQTT-3.1.4-4': { level: 'MUST', title: 'a valid CONNECT: Clean Start is applied' },
  'MQTT-3.1.4-5': { level: 'MUST', title: 'a valid CONNECT is answered with CONNACK 0x00' },
  'MQTT-3.1.4-6': { level: 'MUST NOT', title: 'what follows a refused CONNECT is not processed' },
} as const satisfies StatementTable;
