import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: CONNECT. */
export const CONNECT = {
  'MQTT-3.1.0-1': {
    level: 'MUST',
    title: 'anything but CONNECT as the first packet: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.0-2': { level: 'MUST', title: 'a second CONNECT on one connection: closed' },
  'MQTT-3.1.2-1': {
    level: 'MUST NOT',
    observable: 'partly',
    clauses: {
      may: { level: 'MAY', title: 'unknown protocol name: close, or go on under another specification (record which)' },
      'not-as-mqtt': {
        level: 'MUST NOT',
        title: 'unknown protocol name: never served as MQTT 3.1.1 (no CONNACK 0x00 that opens a 3.1.1 session)',
      },
    },
  },
  'MQTT-3.1.2-2': {
    level: 'MUST',
    clauses: {
      'connack-01': { level: 'MUST', title: 'unsupported protocol level: CONNACK 0x01' },
      close: { level: 'MUST', title: 'unsupported protocol level: the connection is closed' },
    },
  },
  'MQTT-3.1.2-3': { level: 'MUST', title: 'the reserved connect flag is 1: closed' },
  'MQTT-3.1.2-4': {
    level: 'MUST',
    clauses: {
      resume: {
        level: 'MUST',
        title: 'CleanSession 0 with a stored session: subscriptions and open deliveries go on',
        needs: ['qos1'],
      },
      create: { level: 'MUST', title: 'CleanSession 0 without a stored session: a new session, which works at once' },
      store: { level: 'MUST', title: 'CleanSession 0: the session outlives the connection, however that ended' },
    },
  },
  'MQTT-3.1.2-5': {
    level: 'MUST',
    title: 'a stored session collects QoS 1 and 2 messages while its client is away',
    needs: ['qos1'],
  },
  'MQTT-3.1.2-6': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'discard-previous': {
        level: 'MUST',
        title: 'CleanSession 1: an older session of the client identifier is thrown away',
      },
      'ends-with-connection': {
        level: 'MUST',
        title:
          'a CleanSession 1 session is gone when its connection ends (next CleanSession 0 connect: Session Present 0)',
      },
      'no-reuse': {
        level: 'MUST NOT',
        title: 'nothing of a CleanSession 1 session (subscription, message, identifier) appears in a later one',
      },
    },
  },
  'MQTT-3.1.2-7': {
    level: 'MUST NOT',
    title: 'retained messages outlive the session of their publisher',
    needs: ['retain'],
  },
  'MQTT-3.1.2-8': {
    level: 'MUST',
    clauses: {
      'stored-if-accepted': {
        level: 'MUST',
        title: 'the will counts only from an accepted CONNECT on; a refused one publishes none',
      },
      'on-network-failure': {
        level: 'MUST',
        title: 'connection lost (reset, FIN without closing handshake): will published',
      },
      'on-close-without-disconnect': {
        level: 'MUST',
        title: 'client ends the transport in order but without DISCONNECT: will published',
      },
      'on-keepalive': { level: 'MUST', title: 'keep-alive timeout: will published', needs: ['time'] },
      'on-protocol-error': { level: 'MUST', title: 'server closes because of a protocol violation: will published' },
      'on-takeover': { level: 'MUST', title: 'server closes the old connection at a takeover: its will is published' },
    },
  },
  'MQTT-3.1.2-9': {
    level: 'MUST',
    subject: 'client',
    needs: ['reaction'],
    clauses: {
      topic: { level: 'MUST', title: 'closes on will flag 1 without will topic', needs: ['reaction'] },
      message: { level: 'MUST', title: 'closes on will flag 1 without will message', needs: ['reaction'] },
    },
  },
  'MQTT-3.1.2-10': {
    level: 'MUST',
    clauses: {
      once: { level: 'MUST', title: 'a published will is not published again' },
      'after-disconnect': { level: 'MUST', title: 'after DISCONNECT the will never appears' },
    },
  },
  'MQTT-3.1.2-11': {
    level: 'MUST',
    subject: 'client',
    needs: ['reaction'],
    clauses: {
      'flags-zero': {
        level: 'MUST',
        title: 'closes on will flag 0 with will QoS or will retain set',
        needs: ['reaction'],
      },
      'fields-absent': {
        level: 'MUST NOT',
        title: 'closes on will flag 0 with will fields in the payload (surplus bytes)',
        needs: ['reaction'],
      },
    },
  },
  'MQTT-3.1.2-12': { level: 'MUST NOT', title: 'Will Flag 0: no will is published when the connection ends' },
  'MQTT-3.1.2-13': {
    level: 'MUST',
    title: 'Will QoS other than 0 without Will Flag: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-14': { level: 'MUST NOT', title: 'Will QoS 3: closed', subject: 'client', needs: ['reaction'] },
  'MQTT-3.1.2-15': {
    level: 'MUST',
    title: 'Will Retain 1 without Will Flag: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-16': {
    level: 'MUST',
    title: 'Will Retain 0: the will is published as a message that is not retained',
    needs: ['retain'],
  },
  'MQTT-3.1.2-17': {
    level: 'MUST',
    title: 'Will Retain 1: the will is published as a retained message',
    needs: ['retain'],
  },
  'MQTT-3.1.2-18': {
    level: 'MUST NOT',
    title: 'a user name in the payload without User Name Flag: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-19': {
    level: 'MUST',
    title: 'User Name Flag 1 without a user name: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-20': {
    level: 'MUST NOT',
    title: 'a password in the payload without Password Flag: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-21': {
    level: 'MUST',
    title: 'Password Flag 1 without a password: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-22': {
    level: 'MUST',
    title: 'Password Flag 1 with User Name Flag 0: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.2-23': {
    level: 'MUST',
    title: 'a client sends something, at least PINGREQ, within its keep-alive',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.1.2-24': {
    level: 'MUST',
    needs: ['time'],
    clauses: {
      close: {
        level: 'MUST',
        title:
          'no packet for one and a half keep-alive periods: connection closed (never closed = broken; how late is tolerance)',
        needs: ['time'],
      },
      'as-if-failed': {
        level: 'MUST',
        title: 'a keep-alive close has the effects of a network failure (will published, session kept)',
        needs: ['time'],
      },
    },
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
      present: {
        level: 'MUST',
        title: 'closes on a CONNECT whose payload has no client identifier',
        needs: ['reaction'],
      },
      first: {
        level: 'MUST',
        title: 'the client identifier is the first field of the payload (order cannot be seen by the receiver)',
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
      may: { level: 'MAY', title: 'empty client identifier with CleanSession 1: allowed or refused (record which)' },
      'assign-unique': { level: 'MUST', title: 'if allowed, two such clients at once do not disturb one another' },
      process: { level: 'MUST', title: 'if allowed, the connection works like one with an identifier of its own' },
    },
  },
  'MQTT-3.1.3-7': {
    level: 'MUST',
    title: 'an empty client identifier with CleanSession 0: refused',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.3-8': {
    level: 'MUST',
    clauses: {
      'connack-02': { level: 'MUST', title: 'empty identifier with CleanSession 0: CONNACK 0x02' },
      close: { level: 'MUST', title: 'empty identifier with CleanSession 0: then closed' },
    },
  },
  'MQTT-3.1.3-9': {
    level: 'MUST',
    observable: 'partly',
    needs: ['broker-config'],
    clauses: {
      'connack-02': {
        level: 'MUST',
        title: 'an identifier that the server rejects: CONNACK 0x02',
        observable: 'partly',
        needs: ['broker-config'],
      },
      close: {
        level: 'MUST',
        title: 'an identifier that the server rejects: then closed',
        observable: 'partly',
        needs: ['broker-config'],
      },
    },
  },
  'MQTT-3.1.3-10': {
    level: 'MUST',
    title: 'a will topic that is no well-formed UTF-8: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.3-11': {
    level: 'MUST',
    title: 'a user name that is no well-formed UTF-8: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.1.4-1': {
    level: 'MUST',
    clauses: {
      close: { level: 'MUST', title: 'a CONNECT that breaks section 3.1: closed' },
      'no-connack': { level: 'MUST NOT', title: 'a CONNECT that breaks section 3.1: no CONNACK before the close' },
    },
  },
  'MQTT-3.1.4-2': { level: 'MUST', title: 'takeover: the older connection of the same client identifier is closed' },
  'MQTT-3.1.4-3': { level: 'MUST', title: 'a valid CONNECT: CleanSession is applied' },
  'MQTT-3.1.4-4': { level: 'MUST', title: 'a valid CONNECT is answered with CONNACK 0x00' },
  'MQTT-3.1.4-5': { level: 'MUST NOT', title: 'what follows a refused CONNECT is not processed' },
} as const satisfies StatementTable;
