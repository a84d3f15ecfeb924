import { choice, decision, numeric } from '../decision.ts';

/** Choices about messages that go out. */
export const DELIVERY_DECISIONS = {
  'deliver.qos': decision(
    [0, 1, 2],
    ['3.1.1/MQTT-3.8.4-6#min-qos', '5.0/MQTT-3.8.4-8'],
    'the QoS of a delivery; normally the smaller of message and subscription',
  ),
  'deliver.retain': decision(
    [true, false],
    ['3.1.1/MQTT-3.3.1-8', '3.1.1/MQTT-3.3.1-9', '5.0/MQTT-3.3.1-12', '5.0/MQTT-3.3.1-13', '5.0/R-3.8.3.1-3'],
    'RETAIN of a delivery',
  ),
  'deliver.dup': choice([false, true], ['3.1.1/MQTT-3.3.1-3', '5.0/MQTT-3.3.1-3'], 'DUP of a first delivery'),
  'deliver.overlap': choice(
    ['one-copy', 'copy-per-subscription', 'lowest-qos'],
    ['3.1.1/MQTT-3.3.5-1', '5.0/MQTT-3.3.4-2', '3.1.1/R-3.3.5-1', '5.0/R-3.3.4-6'],
    'how often a message goes to a client with several matching subscriptions',
  ),
  'deliver.no-local': choice([true, false], ['5.0/MQTT-3.8.3-3'], 'whether a subscription keeps out its own messages'),
  'deliver.identifiers': choice(
    ['all', 'first', 'none'],
    ['5.0/MQTT-3.3.4-3', '5.0/MQTT-3.3.4-4'],
    'which Subscription Identifiers go with a delivery',
  ),
  'deliver.empty': choice(
    [true, false],
    ['3.1.1/R-3.3.3-1', '3.1.1/MQTT-3.3.1-10#deliver-live', '5.0/MQTT-3.3.1-6#deliver-live'],
    'whether a message without payload is delivered',
  ),
  'deliver.offline-qos0': choice(['dropped', 'queued'], [], 'what becomes of QoS 0 for a session without connection'),
  'deliver.offline': choice(
    [true, false],
    ['3.1.1/MQTT-3.1.2-5', '5.0/MQTT-4.5.0-1'],
    'whether QoS 1 and 2 wait for a session without connection',
  ),
  'deliver.expired': decision([true, false], ['5.0/MQTT-3.3.2-5'], 'whether a message is past its expiry and dropped'),
  'deliver.gives-up': choice(
    [false, true],
    ['5.0/MQTT-4.3.3-7'],
    'whether an open QoS 2 delivery ends because its message has expired',
  ),
  'deliver.expiry-left': numeric(
    [0, 1],
    ['5.0/MQTT-3.3.2-6'],
    'seconds of Message Expiry Interval that go with a delivery',
  ),
  'deliver.window': numeric([1, 65_535], ['5.0/MQTT-3.3.4-9'], 'open QoS 1 and 2 deliveries to one client'),
  'deliver.too-large': choice(
    ['dropped', 'sent'],
    ['5.0/MQTT-3.1.2-24', '5.0/MQTT-3.1.2-25#as-if-sent'],
    'what becomes of a packet above the Maximum Packet Size of the client',
  ),
  'reply.too-large': choice(
    ['dropped', 'sent'],
    ['5.0/MQTT-3.1.2-24'],
    'what becomes of another packet than PUBLISH above the Maximum Packet Size of the client',
  ),
  'deliver.alias': decision(
    ['where-allowed', 'never', 'always'],
    ['5.0/MQTT-3.1.2-27', '5.0/MQTT-3.1.2-26'],
    'whether deliveries use topic aliases',
  ),
  'deliver.first-id': choice(
    [1, 1000, 65_535],
    ['3.1.1/MQTT-2.3.1-4#unused-id', '5.0/MQTT-2.2.1-4#unused'],
    'the first Packet Identifier of a session',
  ),
  'deliver.queue-order': choice(
    ['first-in', 'last-in'],
    ['3.1.1/MQTT-4.6.0-6#order', '5.0/MQTT-4.6.0-5'],
    'the order in which waiting messages go out',
  ),
  'deliver.retransmission': {
    ...numeric(
      [0, 500],
      ['5.0/MQTT-4.4.0-1#not-otherwise'],
      'milliseconds after which an open delivery is repeated on a live connection; 0: never',
    ),
    fixed: true,
  },
  'resend.dup': choice(
    [true, false],
    ['3.1.1/MQTT-3.3.1-1', '5.0/MQTT-3.3.1-1'],
    'DUP of a delivery that is repeated on a new connection',
  ),
  'resend.id': choice(
    ['same', 'new'],
    ['3.1.1/MQTT-4.4.0-1#same-ids', '5.0/MQTT-4.4.0-1#same-ids'],
    'the Packet Identifier of a repeated delivery',
  ),
  'resend.stage': choice(
    ['as-left', 'publish', 'pubrel', 'none'],
    ['3.1.1/MQTT-4.4.0-1#publish', '3.1.1/MQTT-4.4.0-1#pubrel', '5.0/MQTT-4.4.0-1#publish', '5.0/MQTT-4.4.0-1#pubrel'],
    'what is repeated of an open delivery; normally PUBREL once PUBREC came',
  ),
  'resend.order': choice(
    ['as-sent', 'reversed'],
    ['3.1.1/MQTT-4.6.0-1', '5.0/MQTT-4.6.0-1'],
    'the order of repeated deliveries',
  ),
  'pubrec.pubrel': decision(
    ['pubrel', 'publish', 'none'],
    ['3.1.1/MQTT-4.3.3-1#pubrel', '5.0/MQTT-4.3.3-4#pubrel', '5.0/MQTT-4.4.0-2#pubrec-error'],
    'what answers a PUBREC; normally nothing where it carries an error',
  ),
  'ack.closes': choice(
    [true, false],
    ['5.0/MQTT-4.4.0-2#puback-error', '5.0/R-4.9-1'],
    'whether an acknowledgement ends its delivery',
  ),
} as const;
