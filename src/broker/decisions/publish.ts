import { choice, decision, numeric } from '../decision.ts';

/** Choices about messages that come in. */
export const PUBLISH_DECISIONS = {
  'publish.permitted': decision(
    [true, false],
    ['3.1.1/MQTT-3.3.5-2', '5.0/R-3.3.4-5'],
    'whether the client may publish this',
  ),
  'publish.no-subscribers': choice([0x00, 0x10], ['5.0/R-3.4.2.1-1'], 'the code where nobody has subscribed'),
  'publish.qos2-forwarded': choice(
    ['at-publish', 'at-pubrel'],
    ['3.1.1/R-4.3.3-1'],
    'when a QoS 2 message goes out (methods A and B of §4.3.3)',
  ),
  'publish.qos2-duplicate': decision(
    [true, false],
    ['3.1.1/MQTT-4.3.3-2#no-duplicate', '5.0/MQTT-4.3.3-10#no-duplicate', '5.0/MQTT-4.3.3-8'],
    'whether a QoS 2 PUBLISH is taken for one that came already; normally if its identifier is open',
  ),
  'publish.in-use': choice(
    [0x00, 0x91],
    ['5.0/MQTT-2.2.1-3#in-use'],
    'the PUBREC for a QoS 2 PUBLISH that is taken for one that came already',
  ),
  'publish.reply': choice(
    ['by-qos', 'puback', 'none'],
    [
      '3.1.1/MQTT-3.3.4-1#qos1-puback',
      '3.1.1/MQTT-3.3.4-1#qos2-pubrec',
      '5.0/MQTT-3.3.4-1#qos1-puback',
      '5.0/MQTT-3.3.4-1#qos2-pubrec',
    ],
    'which packet acknowledges a PUBLISH',
  ),
  'publish.qos0-acknowledged': choice(
    [false, true],
    ['3.1.1/MQTT-3.3.4-1#qos0-none', '5.0/MQTT-3.3.4-1#qos0-none'],
    'whether a QoS 0 message is acknowledged',
  ),
  'publish.routed': choice(
    [true, false],
    ['3.1.1/MQTT-3.3.5-1', '5.0/MQTT-4.5.0-1'],
    'whether a message goes to its subscribers',
  ),
  'pubrel.unknown': choice(
    [0x92, 0x00],
    ['3.1.1/MQTT-4.3.3-2#pubcomp', '5.0/MQTT-4.3.3-11'],
    'the PUBCOMP for an identifier that is not open',
  ),
  'ack.unexpected': choice(['ignored', 'closed'], [], 'what follows an acknowledgement that nothing waits for'),
  'retain.asked': decision(
    [true, false],
    [
      '3.1.1/MQTT-3.3.1-12#not-stored',
      '5.0/MQTT-3.3.1-8#not-stored',
      '3.1.1/MQTT-3.3.1-12#not-removed',
      '5.0/MQTT-3.3.1-8#not-removed',
    ],
    'whether a message concerns the retained one; normally its RETAIN',
  ),
  'retain.stored': decision(
    ['set', 'clear', 'keep', 'set-if-absent'],
    ['3.1.1/MQTT-3.3.1-5#store', '5.0/MQTT-3.3.1-5#replace', '3.1.1/MQTT-3.3.1-10#remove', '5.0/MQTT-3.3.1-6#remove'],
    'what a message with RETAIN does to the retained one',
  ),
  'retain.qos': decision([0, 1, 2], ['3.1.1/MQTT-3.3.1-5#with-qos'], 'the QoS that a retained message is stored with'),
  'retain.expires': decision([true, false], ['5.0/R-3.3.1.3-2'], 'whether a retained message is past its expiry'),
  'alias.topic': choice(
    ['newest', 'first'],
    ['5.0/R-3.3.2.3.4-2'],
    'which topic an alias stands for that was defined again',
  ),
  'publish.expiry': numeric([0, 1], ['5.0/MQTT-3.3.2-5'], 'seconds after which a message expires; -1: never'),
} as const;
