import { decision, numeric } from '../decision.ts';

/** The choices of the WebSocket layer. */
export const ENDPOINT_DECISIONS = {
  'ws.subprotocol': decision(
    ['mqtt', 'first', 'list', 'none', 'invent', 'other'],
    [
      'ws/subprotocol/mqtt-selected',
      'ws/subprotocol/mqtt-in-list',
      'ws/subprotocol/only-offered',
      'ws/subprotocol/none-not-invented',
    ],
    'which subprotocol the 101 names: mqtt where it was offered, the first offered, all offered, none, mqtt whether offered or not, a name of its own',
  ),
  'ws.mqtt-not-offered': decision(
    ['refuse', 'serve', 'ignore'],
    ['ws/subprotocol/none-acceptance', 'ws/subprotocol/unknown-acceptance', 'ws/subprotocol/accepted-then-served'],
    'a client that does not offer mqtt: refused, served without a subprotocol, or admitted and never answered',
  ),
  'ws.mqtt-offered-among-others': decision(
    [true, false],
    ['ws/subprotocol/mqtt-in-list'],
    'whether a list that names mqtt and others is accepted',
  ),
  'ws.mqttv3.1': decision(
    ['refuse', 'select'],
    ['ws/subprotocol/mqttv3.1'],
    'a client that offers the name of MQTT 3.1 and not mqtt',
  ),
  'ws.refusal': numeric(
    [200, 400, 403, 404, 426, 0],
    ['ws/upgrade/key-missing', 'ws/upgrade/version-12-refused', 'ws/upgrade/unavailable-path-status'],
    'the status that refuses an upgrade; 0 ends TCP without one',
  ),
  'ws.after-refusal': decision(
    ['close', 'keep'],
    ['ws/upgrade/second-request-on-connection', 'ws/upgrade/pipelined-request'],
    'whether a connection may ask again after a refusal',
  ),
  'ws.version-header': decision(
    [true, false],
    ['ws/upgrade/version-12-header'],
    'whether the refusal of a version names the one that is spoken',
  ),
  'ws.upgrade-header': decision([true, false], ['ws/upgrade/answer-upgrade-header'], 'whether the 101 has Upgrade'),
  'ws.connection-header': decision(
    [true, false],
    ['ws/upgrade/answer-connection-header'],
    'whether the 101 has Connection',
  ),
  'ws.accept-key': decision(
    ['right', 'reencoded', 'other', 'none'],
    ['ws/upgrade/accept-key', 'ws/upgrade/accept-key-opaque'],
    'Sec-WebSocket-Accept: computed from the key, from the key decoded and encoded again, from another one, or left out',
  ),
  'ws.extensions': decision(
    ['none', 'deflate', 'echo', 'invent'],
    ['ws/extension/unknown-ignored', 'ws/extension/only-offered', 'ws/deflate/declined-or-legal'],
    'extensions in the 101: none, permessage-deflate where it was offered (normal where there is something to compress with), all that were offered, permessage-deflate even unasked',
  ),
  'ws.deflate': decision(
    ['as-offered', 'limited', 'ignores-limits', 'limits-client', 'breaks-promise', 'forgets-client'],
    [
      'ws/deflate/server-output',
      'ws/deflate/client-takeover',
      'ws/deflate/server-window-honoured',
      'ws/deflate/server-no-takeover-honoured',
      'ws/deflate/no-client-window-unoffered',
    ],
    'how compression is agreed: as the offer asks for, with limits of our own, with nothing of it, with a limit for a client that offered none, with limits that are not kept, forgetting what the client sent before',
  ),
  'ws.early-bytes': decision(
    ['serve', 'drop'],
    ['ws/upgrade/early-frame'],
    'octets that come in one segment with the request',
  ),
  'ws.first-bytes': decision(
    ['serve', 'drop'],
    ['ws/upgrade/bytes-after-101'],
    'the first octets that come after the 101',
  ),
  'ws.join-101': decision([false, true], [], 'whether what follows the 101 at once leaves in one segment with it'),
  'ws.without-upgrade': decision(
    ['refuse', 'serve'],
    ['ws/upgrade/mqtt-without-upgrade'],
    'MQTT without upgrade on the WebSocket port',
  ),
  'ws.framing': decision(
    ['burst', 'packet', 'byte', 'fragments'],
    ['ws/frame/server-burst'],
    'the frames that packets leave in: one for all of a turn, one each, one an octet, fragments of one message',
  ),
  'ws.gather': numeric([0, 5, 50], [], 'milliseconds for which packets are gathered into one frame'),
  'ws.messages': decision(
    ['as-they-come', 'whole'],
    ['ws/fragment/never-ending'],
    'packets in an unfinished message: served as they come, or when the message is whole',
  ),
  'ws.masking-key-again': decision(
    ['serve', 'fail'],
    ['ws/frame/mask-reused'],
    'a frame with the masking key of the frame before',
  ),
  'ws.pong': decision(
    ['each', 'last', 'first', 'none'],
    ['ws/ping/answered', 'ws/ping/last-answered'],
    'which of several Pings that came together are answered',
  ),
  'ws.pong-payload': decision(['same', 'empty', 'other'], ['ws/ping/same-payload'], 'the payload of a Pong'),
  'ws.close-answer': decision([true, false], ['ws/close/answered'], 'whether a Close frame is answered'),
  'ws.close-answer-code': numeric(
    [0, 1000, 1002, 1005, 1006, 1015],
    ['ws/close/code-echoed', 'ws/close/reserved-code-not-sent'],
    "the code of the answer to a Close frame: the peer's; 0 is none",
  ),
  'ws.close-code': numeric(
    [-1, 0, 1000, 1002, 1003, 1008, 1011],
    ['ws/close/mqtt-error-code', 'ws/close/mqtt-error-close-frame'],
    'the code with which an MQTT connection is closed; 0 is none, -1 no Close frame at all',
  ),
  'ws.fail-code': numeric(
    [-1, 0, 1000, 1002, 1003, 1007, 1009],
    ['ws/close/fail-close-frame'],
    'the code with which a WebSocket connection is failed; 0 is none, -1 no Close frame at all',
  ),
  'ws.after-fail': decision(
    ['stop', 'read'],
    ['ws/close/fail-stops-reading'],
    'whether frames behind a broken one are still served',
  ),
  'ws.after-close': decision(
    ['discard', 'serve'],
    ['ws/close/data-after-client-close'],
    'data frames behind the Close of the client',
  ),
  'ws.tcp-after-close': numeric(
    [0, 30_000, -1],
    ['ws/close/server-closes-tcp'],
    'milliseconds from both Close frames to the end of TCP; -1 never',
  ),
  'ws.close-limit': numeric(
    [5_000, 0, -1],
    ['ws/close/peer-silent'],
    "milliseconds for which the peer's answer to a Close frame is waited for; -1 without end",
  ),
} as const;
