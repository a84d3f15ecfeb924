import { choice, decision } from '../decision.ts';

const CODES = [0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8f, 0x91, 0x97, 0x9e, 0xa1, 0xa2] as const;

/** Choices about subscriptions, and what they match. */
export const SUBSCRIBE_DECISIONS = {
  'subscribe.code': decision(CODES, ['3.1.1/MQTT-3.9.3-2', '5.0/MQTT-3.8.4-7'], 'the code for one filter'),
  'subscribe.granted-qos': decision(
    [0, 1, 2],
    ['3.1.1/MQTT-3.8.4-6#min-qos', '5.0/MQTT-3.8.4-7'],
    'the QoS that a subscription is granted',
  ),
  'subscribe.permitted': decision([true, false], ['5.0/MQTT-3.8.4-7'], 'whether the client may subscribe to this'),
  'subscribe.bad-filter': choice(
    ['suback', 'closed'],
    ['3.1.1/MQTT-4.7.1-2#last', '5.0/MQTT-4.7.1-1#last'],
    'how an invalid filter is answered',
  ),
  'subscribe.refused-stored': choice(
    [false, true],
    ['3.1.1/MQTT-3.8.4-5#code-meaning', '5.0/MQTT-3.8.4-7'],
    'whether a refused subscription takes effect',
  ),
  'subscribe.again': choice(
    ['replaces', 'adds', 'ignored'],
    ['3.1.1/MQTT-3.8.4-3#replace', '5.0/MQTT-3.8.4-3'],
    'what a filter does that is subscribed already',
  ),
  'subscribe.codes-order': choice(
    ['as-asked', 'reversed', 'merged'],
    ['3.1.1/MQTT-3.9.3-1', '5.0/MQTT-3.9.3-1', '3.1.1/MQTT-3.8.4-5#code-per-filter', '5.0/MQTT-3.8.4-6'],
    'the order of the codes in SUBACK',
  ),
  'subscribe.retained': decision(
    [true, false],
    ['3.1.1/MQTT-3.3.1-6', '5.0/MQTT-3.3.1-9', '5.0/MQTT-3.3.1-10#existing-none', '5.0/MQTT-3.3.1-11', '5.0/R-4.8.2-3'],
    'whether retained messages are sent for a subscription',
  ),
  'subscribe.retained-when': choice(
    ['after-suback', 'before-suback'],
    ['3.1.1/MQTT-3.8.4-2', '5.0/R-3.8.4-1'],
    'retained messages and SUBACK',
  ),
  'subscribe.retained-order': choice(
    ['as-stored', 'reversed'],
    [],
    'the order of retained messages of different topics',
  ),
  'subscribe.share-311': choice(['shared', 'literal'], [], 'what `$share/…` means to a 3.1.1 client'),
  'unsubscribe.match': choice(
    ['exact', 'pattern', 'none'],
    ['3.1.1/MQTT-3.10.4-1#exact-match', '5.0/MQTT-3.10.4-1#exact-match'],
    'which subscriptions an UNSUBSCRIBE removes',
  ),
  'unsubscribe.code': decision(
    [0x00, 0x11, 0x80, 0x01],
    ['5.0/MQTT-3.11.3-2#known-code', '5.0/R-3.11.3-1'],
    'the code for one filter',
  ),
  'unsubscribe.buffered': choice(
    ['delivered', 'dropped'],
    ['3.1.1/R-3.10.4-1', '5.0/R-3.10.4-1'],
    'what becomes of messages that wait for a subscription that is ended',
  ),
  'unsubscribe.answered': choice(
    [true, false],
    ['3.1.1/MQTT-3.10.4-5', '5.0/MQTT-3.10.4-5#even-if-none'],
    'whether UNSUBACK is sent',
  ),
  'match.dollar': choice(
    [false, true],
    ['3.1.1/MQTT-4.7.2-1', '5.0/MQTT-4.7.2-1'],
    'whether a leading wildcard matches topics that begin with $',
  ),
  'match.parent': choice([true, false], ['3.1.1/R-4.7.1.2-1', '5.0/R-4.7.1.2-1'], 'whether `a/#` matches `a`'),
  'match.normalisation': choice(
    ['none', 'spaces', 'case', 'double-slash', 'trailing-slash', 'leading-slash', 'unicode'],
    ['3.1.1/MQTT-4.7.3-4#no-normalization', '5.0/MQTT-4.7.3-4#no-normalization', '3.1.1/R-4.7.3-1', '5.0/R-4.7.3-1'],
    'what is made the same before topics are compared',
  ),
  'share.redistributes': decision(
    [true, false],
    ['5.0/R-4.8.2-5', '5.0/MQTT-4.8.2-5'],
    'whether another member gets what one left unacknowledged when its session ended',
  ),
  'share.when-lost': choice(
    ['waits', 'to-another'],
    ['5.0/R-4.8.2-7'],
    'what becomes of an unacknowledged message when the connection of its member is lost and the session stays',
  ),
  'share.refused': choice(
    ['discarded', 'to-another'],
    ['5.0/MQTT-4.8.2-6#not-to-others'],
    'what becomes of a message of a shared subscription that its member refused',
  ),
  'share.member': choice(
    ['next', 'first', 'all', 'none'],
    ['5.0/R-4.8.2-1', '5.0/R-4.8.2-2'],
    'which member of a shared subscription gets a message',
  ),
} as const;
