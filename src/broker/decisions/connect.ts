import { choice, decision, numeric } from '../decision.ts';

/** Choices while a connection is opened, kept and ended. */
export const CONNECT_DECISIONS = {
  'connect.refusal': decision(
    ['connack-and-close', 'close', 'connack', 'disconnect-and-close'],
    ['3.1.1/MQTT-3.2.2-5', '5.0/MQTT-3.2.2-7', '5.0/MQTT-3.14.0-1'],
    'how a CONNECT is refused',
  ),
  'connect.unknown-level': choice(
    ['connack-01', 'connack-84', 'close'],
    ['3.1.1/MQTT-3.1.2-2#connack-01'],
    'how an unknown protocol level is answered before the close',
  ),
  'connect.malformed': decision(
    ['connack', 'close'],
    ['5.0/MQTT-4.13.1-1'],
    'whether a malformed 5.0 CONNECT is answered before the close',
  ),
  'connect.credentials-match': decision(
    [true, false],
    ['3.1.1/R-3.1.4-3', '5.0/MQTT-3.1.4-2#close'],
    'whether user name and password are right',
  ),
  'connect.permitted': choice(
    [true, false],
    ['3.1.1/MQTT-3.1.4-4', '5.0/MQTT-3.1.4-5', '3.1.1/MQTT-3.1.3-5', '5.0/MQTT-3.1.3-5'],
    'whether a CONNECT with which nothing is wrong is accepted',
  ),
  'connect.closes-refused': choice(
    [true, false],
    ['3.1.1/MQTT-3.2.2-5', '5.0/MQTT-3.2.2-7'],
    'whether a refused connection is closed',
  ),
  'connect.assigned-id': choice(
    ['unique', 'constant'],
    ['5.0/MQTT-3.2.2-16#unique'],
    'the identifier for a client that sends none',
  ),
  'connect.keep-alive': numeric([0, 1, 10], ['5.0/R-3.2.2.3.14-1'], 'seconds of keep alive that hold'),
  'connect.keep-alive-limit': numeric(
    [0, 500, 600_000],
    ['3.1.1/MQTT-3.1.2-24#close', '5.0/MQTT-3.1.2-22#close', 'ws/keepalive/early', 'ws/keepalive/never'],
    'milliseconds without a packet after which the connection ends; 0: never',
  ),
  'keep-alive.by-packet': choice(
    [true, false],
    ['ws/keepalive/early'],
    'whether a packet of the client counts as activity',
  ),
  'keep-alive.by-octets': choice(
    [false, true],
    ['ws/keepalive/partial-packet'],
    'whether a part of a packet counts as activity',
  ),
  'keep-alive.by-send': choice(
    [false, true],
    ['ws/keepalive/server-sends'],
    'whether what the server sends counts as activity',
  ),
  'keep-alive.by-ping': choice(
    [false, true],
    ['ws/ping/no-mqtt-keepalive'],
    'whether a WebSocket Ping counts as activity',
  ),
  'connect.response-information': decision(
    [true, false],
    ['5.0/MQTT-3.1.2-28'],
    'whether Response Information is sent',
  ),
  'connect.problem-information': decision(
    [true, false],
    ['5.0/MQTT-3.1.2-29#not-elsewhere'],
    'whether a Reason String goes with a failure',
  ),
  'connect.session-present': decision(
    [true, false],
    ['3.1.1/MQTT-3.2.2-1', '3.1.1/MQTT-3.2.2-2', '5.0/MQTT-3.2.2-2', '5.0/MQTT-3.2.2-3#present-1'],
    'Session Present of a CONNACK that accepts',
  ),
  'connect.resends-before-connack': choice(
    [false, true],
    ['3.1.1/MQTT-3.2.0-1', '5.0/MQTT-3.2.0-1'],
    'whether waiting messages go out before CONNACK',
  ),
  'connect.pipelined': choice(
    ['served', 'lost', 'fatal'],
    ['3.1.1/R-3.1.4-4', '5.0/R-3.1.4-2'],
    'what becomes of packets that came in one piece with CONNECT',
  ),
  'end.disconnect': decision(
    [true, false],
    ['5.0/R-4.13.1-1', '5.0/MQTT-3.1.4-3#disconnect-8e'],
    'whether a 5.0 client is told by DISCONNECT why it is closed',
  ),
  'end.close': choice([true, false], ['3.1.1/MQTT-4.8.0-1', '5.0/MQTT-4.13.1-1'], 'whether the connection is ended'),
  'end.reason-string': choice([true, false], [], 'whether DISCONNECT carries a Reason String'),
  'disconnect.obeyed': choice(
    [true, false],
    ['3.1.1/MQTT-3.14.4-3', '5.0/MQTT-3.14.4-3'],
    'whether DISCONNECT ends the connection',
  ),
  'ping.answered': choice([true, false], ['3.1.1/MQTT-3.12.4-1', '5.0/MQTT-3.12.4-1'], 'whether PINGREQ is answered'),
} as const;
