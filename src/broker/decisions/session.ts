import { choice, decision, numeric } from '../decision.ts';

/** Choices about the state of clients: sessions, takeover, wills. */
export const SESSION_DECISIONS = {
  'session.takeover': choice(
    ['old-ends', 'new-ends', 'both-live'],
    ['3.1.1/MQTT-3.1.4-2', '5.0/MQTT-3.1.4-3#close', '3.1.1/MQTT-3.1.4-4', '5.0/MQTT-3.1.4-5'],
    'which connection ends when an identifier comes twice',
  ),
  'session.resumed': decision(
    [true, false],
    [
      '3.1.1/MQTT-3.1.2-4#resume',
      '5.0/MQTT-3.1.2-5',
      '3.1.1/MQTT-3.1.2-6#discard-previous',
      '5.0/MQTT-3.1.2-4#discard',
    ],
    'whether the stored session is used; normally what Clean Start says',
  ),
  'session.key': choice(
    ['exact', 'case-ignored', 'cut'],
    ['3.1.1/MQTT-3.1.3-2', '5.0/MQTT-3.1.3-2'],
    'how a client identifier finds its session',
  ),
  'session.expiry': numeric(
    [0, 1, 0xffffffff],
    ['5.0/MQTT-3.1.2-23', '5.0/R-3.1.2.11.2-2', '3.1.1/MQTT-3.1.2-4#store'],
    'seconds that a session outlives its connection',
  ),
  'session.restored': choice(
    [
      'everything',
      'without-options',
      'without-shared',
      'without-subscriptions',
      'without-queue',
      'without-deliveries',
      'without-inbound',
    ],
    [
      '5.0/MQTT-3.1.2-5',
      '3.1.1/MQTT-3.1.2-4#resume',
      '3.1.1/MQTT-4.3.3-2#no-duplicate',
      '5.0/MQTT-4.3.3-10#no-duplicate',
    ],
    'what of a resumed session comes back',
  ),
  'session.removes-retained': choice(
    [false, true],
    ['3.1.1/MQTT-3.1.2-7', '5.0/R-4.1-1'],
    'whether retained messages go with the session of their publisher',
  ),
  'will.at-session-end': choice(
    [true, false],
    ['5.0/MQTT-3.1.2-8#at-session-end'],
    'whether a delayed will is published when its session ends first',
  ),
  'will.published': decision(
    [true, false],
    [
      '3.1.1/MQTT-3.1.2-8#on-network-failure',
      '3.1.1/MQTT-3.14.4-3',
      '5.0/MQTT-3.1.2-8#on-network-failure',
      '5.0/MQTT-3.14.4-3',
    ],
    'whether the will is published when this connection ends',
  ),
  'will.delay': numeric(
    [0, 5],
    ['5.0/MQTT-3.1.2-8#after-delay', '5.0/MQTT-3.1.2-8#at-session-end'],
    'seconds from the end of the connection to the will',
  ),
  'will.cancelled': choice([true, false], ['5.0/MQTT-3.1.3-9'], 'whether a reconnection cancels a delayed will'),
  'will.permitted': decision([true, false], [], 'whether the client may have a will to this topic'),
  'will.stored': decision(
    [true, false],
    ['3.1.1/MQTT-3.1.2-8#stored-if-accepted', '5.0/MQTT-3.1.4-6'],
    'whether the will of this CONNECT is kept; normally if it was accepted',
  ),
} as const;
