/** Mutants that do something else than the broker as it is: they count as not killed, whatever the reason. */
import type { SourceGroup } from './triage.ts';

export const SEEN_GROUPS: readonly SourceGroup[] = [
  {
    is: 'invisible',
    reason: 'what is kept in memory, or how fast it is found',
    mutants: [
      'message.ts ownBytes: *',
      'publish.ts messageOf: qos > 0*',
      'publish.ts messageOf: payload === packet.payload*',
      'fifo.ts shift: this.head === this.items.length*',
      'routing.ts routeOf: store.routes.size*',
      'routing.ts chosen: store.turns.size*',
      'perform-connections.ts timer-set: this.running.get(key) === timer*',
      'perform-connections.ts send: shared?.packet === packet*',
      'endpoint/gathered.ts discard: *',
      'subscription-index.ts remove: i > 0*',
      'subscription-index.ts remove: levels[i - 1]*',
      'subscription-index.ts remove: i - 1*',
      'subscription-index.ts remove: 1 → 2 (8)',
    ],
  },
  {
    is: 'allowed',
    reason: 'a limit of another size, told where there is a way to tell it',
    mutants: [
      'delivery.ts dispatch: session.queuedBytes*',
      'retained.ts retain: !store.retained.has(topic) &&*',
      'limits.ts *',
      'connect.ts settle: 65_535*',
      'connack.ts propertiesOf: 65_535*',
    ],
  },
  {
    is: 'allowed',
    reason: 'what follows an acknowledgement that nothing waits for is open',
    mutants: [
      'acknowledge.ts unexpected: *',
      'acknowledge.ts handlePuback: delivery?.packet.qos !== 1 → false',
      'acknowledge.ts handlePubcomp: delivery?.packet.qos !== 2 → false',
      "acknowledge.ts handlePubrec: answer !== 'none'*",
      'acknowledge.ts handlePubrec: - send(context, connection, { type: *',
      'acknowledge.ts handlePubrel: session?.inbound.has(packetId) === true*',
      'acknowledge.ts handlePubrel: - reasonCode =*',
    ],
  },
  {
    is: 'allowed',
    reason: 'which code of failure a CONNACK has is the server’s choice',
    mutants: [
      'authenticate.ts NOT_AUTHORIZED: *',
      'connect-checks.ts REJECTED.*',
      'connect-checks.ts NOT_AUTHORIZED.*',
      'connect-checks.ts BAD_CREDENTIALS.*',
      'connect-checks.ts checkConnect: 0x85*',
      'connect-checks.ts checkConnect: 0x97*',
      'connect-checks.ts checkConnect: 3 → *',
    ],
  },
  {
    is: 'allowed',
    reason: 'a CONNECT that can’t be read may be answered by CONNACK, or by the close alone',
    mutants: ['incoming.ts askedLevel: *', 'incoming.ts refuseMalformed: *'],
  },
  {
    is: 'allowed',
    reason: 'how many challenges, in which words and which unique identifier is the server’s own',
    mutants: [
      'challenge.ts challenge: *',
      'authenticate.ts answered: left > 0*',
      'connect.ts assignId: *',
      'state.ts lastId: *',
    ],
  },
  {
    is: 'allowed',
    reason: 'a code of a Close that no standard lays down, and when TCP ends behind it',
    mutants: [
      'endpoint/closing.ts CODES.*',
      'endpoint/closing.ts answer: ms ===*',
      'endpoint/transport.ts fin: *',
      'endpoint/closing.ts UNBOUNDED: *',
    ],
  },
  {
    is: 'allowed',
    reason: 'the text of a refusal is for people',
    mutants: ["endpoint/responses.ts refusal: why === ''*"],
  },
  {
    is: 'allowed',
    reason:
      'messages may be cut into frames anyhow, and come in the order of retained topics or members that the server likes',
    mutants: [
      'endpoint/framing.ts frames: framing ===*',
      'retained.ts retainedFor: gate.decide(*',
      'routing.ts chosen: - store.turns.set*',
      'delivery.ts deliverCopies: overlap ===*',
    ],
  },
  {
    is: 'allowed',
    reason: 'QoS 0 for a client that is away may be kept or dropped',
    mutants: [
      'fifo.ts take: *',
      'inflight.ts takeNext: *',
      'perform-messages.ts message-queued: message.qos === 0 → false',
      'delivery.ts queuesQos0: *',
      'delivery.ts dispatch: !queuesQos0*',
      'perform-messages.ts message-queued: message.qos === 0 → true',
    ],
  },
  {
    is: 'allowed',
    reason: 'a server need not use topic aliases',
    mutants: [
      'outgoing.ts aliased: connection.topicAliasMaximum > 0 → false',
      'outgoing.ts sendShared: dup ||*',
      'connect.ts heed: properties?.topicAliasMaximum ?? 0 → 0',
    ],
  },
  {
    is: 'allowed',
    reason: 'one and a half times the keep alive, to the millisecond',
    mutants: ['connect.ts settle: 1500*', 'sessions.ts leaveSession: 1000 → *'],
  },
  {
    is: 'allowed',
    reason:
      'a server may decline compression, refuse who shows no Origin or sends early, leave the Close frame out, and wait a moment',
    mutants: [
      'endpoint/opening.ts answerExtensions: !offers → offers',
      'endpoint/opening.ts open: origins !== undefined && request.origin !== undefined → true',
      'endpoint/websocket.ts #answer: this.#gate.decide(*',
      'endpoint/closing.ts start: code === WITHOUT_FRAME*',
      'endpoint/websocket-session.ts sendBytes: 0 → 1 (2)',
      'create-broker.ts FRAME_SLACK: *',
    ],
  },
  {
    is: 'allowed',
    reason: 'a CONNECT may be refused for reasons of the server: its set-up is inconclusive, no fail',
    mutants: [
      'connect-checks.ts checkConnect: will.qos > limits.maximumQos*',
      'connect-checks.ts checkConnect: true → false (2)',
      'authenticate.ts interrupts: packet.type ===*',
    ],
  },
  {
    is: 'allowed',
    reason: 'which member of a share gets a message, in which order subscribers are served, and what goes on to others',
    mutants: [
      'sessions.ts leaveSession: gate.decide(*',
      'subscription-index.ts match: open.pop()*',
      'fifo.ts { for (let i = this.head;*',
    ],
  },
  {
    is: 'gap',
    reason: 'no case breaks a rule of WebSocket behind the Close of the server',
    mutants: [
      'endpoint/closing.ts fail: !this.#sent*',
      'endpoint/websocket-session.ts received: this.#failed → false (2)',
    ],
  },
  {
    is: 'gap',
    reason: 'no case in memory has a client that leaves so much unread that the broker stops reading from it',
    mutants: [
      'core.ts received: - gate.emit*',
      'core.ts drained: *',
      'endpoint/websocket-session.ts #flushed: - this.#options.core.drained*',
      'endpoint/websocket.ts pause: *',
      'perform-connections.ts reading-*',
      'endpoint/websocket-session.ts buffered: *',
      'endpoint/websocket.ts buffered: *',
    ],
  },
  {
    is: 'gap',
    reason:
      'access rules for what a client may subscribe to, and rules with other filters than `allowed/#`, have no case',
    mutants: [
      'subscribe.ts refusal: !gate.decide(*',
      'access.ts mayPublishTo: *',
      'access.ts maySubscribeTo: *',
      'matcher.ts filterCovers: *',
      'matcher.ts topicMatches: *',
      'matcher.ts STANDARD_MATCH*',
    ],
  },
  {
    is: 'gap',
    reason:
      'a broker with less to offer is met by the one case about that, which skips where CONNACK doesn’t say so; all the others would fail on it',
    mutants: ['connack.ts propertiesOf: limits.*', 'connack.ts propertiesOf: 0 → 1*'],
  },
];
