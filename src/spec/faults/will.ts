import type { FaultTable } from './table.ts';

/** Faults of will messages. */
export const WILL_FAULTS = {
  'will-lost-on-connection-loss': { title: 'does not publish the will when the connection breaks', defect: 'D-W02' },
  'will-lost-on-close': {
    title: 'does not publish the will when the client closes without DISCONNECT',
    defect: 'D-W03',
  },
  'will-lost-on-websocket': { title: 'does not publish the will when a WebSocket connection breaks', defect: 'D-W02' },
  'will-lost-on-keep-alive': { title: 'does not publish the will when the keep alive has passed', defect: 'D-W04' },
  'will-lost-on-protocol-error': {
    title: 'does not publish the will when it closes after a protocol error',
    defect: 'D-W05',
  },
  'will-lost-on-takeover': { title: 'does not publish the will on takeover', defect: 'D-W06' },
  'will-lost-on-disconnect-04': { title: 'does not publish the will on DISCONNECT 0x04' },
  'will-published-twice': { title: 'publishes a will twice', defect: 'D-W07' },
  'will-of-refused-connect': { title: 'publishes the will of a client that it refused', defect: 'D-W09' },
  'will-delay-ignored': { title: 'publishes a will at once that was to be delayed', defect: 'D-W11' },
  'will-not-cancelled': { title: 'publishes a delayed will although the client is back', defect: 'D-W11' },
  'will-waits-beyond-session': { title: 'keeps a will for its delay although its session has ended', defect: 'D-W12' },
  'will-retain-ignored': { title: 'publishes a will without its RETAIN', defect: 'D-W14' },
  'will-always-retained': { title: 'retains every will' },
  'will-qos-ignored': { title: 'publishes a will with QoS 0', defect: 'D-W14' },
  'accepts-will-topic-wildcard': { title: 'accepts a will topic with a wildcard', defect: 'D-W15' },
  'accepts-empty-will-topic': { title: 'accepts an empty will topic' },
  'will-properties-lost': { title: 'publishes a will without its properties', defect: 'D-W17' },
  'will-user-properties-lost': { title: 'publishes a will without its user properties', defect: 'D-W17' },
  'will-bypasses-access-rules': {
    title: 'publishes wills to topics that their user may not publish to',
    defect: 'D-W18',
  },
  'will-payload-altered': { title: 'publishes a will with another payload' },
  'will-qos-not-limited': { title: 'says Maximum QoS 1, and accepts a will of QoS 2', defect: 'D-V26' },
  'will-retain-not-limited': {
    title: 'says that retained messages are not available, and accepts a retained will',
    defect: 'D-V26',
  },
  'will-on-disconnect-04-only': { title: 'publishes the will on DISCONNECT 0x04 and drops it on every other code' },
  'resumed-session-without-will': { title: 'stores no will of a client that resumes its session' },
  'empty-will-lost': { title: 'does not publish a will whose payload is empty' },
  'delayed-will-lost': { title: 'never publishes a will that is to be delayed' },
  'will-always-delayed': { title: 'delays wills by a minute that are to come at once' },
  'will-delay-halved': { title: 'publishes a will when half of its delay has passed' },
  'will-expiry-shortened': { title: 'publishes a will with a shorter Message Expiry Interval than it was given' },
} as const satisfies FaultTable;
