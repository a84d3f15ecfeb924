import type { Profile } from '../profile.ts';

export const SESSION_BACKLOG: Profile = {
  format: 'mqttspec/profile/1',
  name: 'session-backlog',
  title: 'sessions wait, messages pile up, the sessions resume and are drained',
  description:
    'Subscribers with sessions go away, QoS 1 messages are published for them, they come back. Answers: is the backlog complete and in order, and how long does the drain take?',
  parameters: {
    sessions: { title: 'subscribers with a session', default: 50, min: 1, max: 100_000 },
    backlog: { title: 'messages that pile up, for all sessions together', default: 2500, min: 1 },
    rate: { title: 'messages per second while they pile up', default: 2000, min: 1, unit: 'messages/s' },
    payload: { title: 'size of a payload', default: 80, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 1, min: 1, max: 2 },
    connectRate: { title: 'connections per second', default: 500, min: 1, unit: '/s' },
    within: { title: 'deadline of the drain', default: 30, min: 1, unit: 's' },
  },
  populations: [
    {
      name: 'sessions',
      count: '$sessions',
      cleanStart: false,
      sessionSeconds: 3600,
      subscribe: [{ filter: 'backlog/{client}', qos: '$qos' }],
    },
    {
      name: 'publishers',
      count: '$sessions',
      publish: { topic: 'backlog/{client}', qos: '$qos', payloadBytes: '$payload' },
    },
  ],
  stages: [
    {
      name: 'subscribe',
      role: 'setup',
      within: 120,
      do: [{ do: 'connect', who: ['sessions', 'publishers'], perSecond: '$connectRate' }],
    },
    {
      name: 'away',
      role: 'setup',
      do: [{ do: 'disconnect', who: ['sessions'], perSecond: '$connectRate', how: 'disconnect' }],
    },
    {
      name: 'pile-up',
      role: 'steady',
      within: 300,
      do: [{ do: 'publish', who: ['publishers'], perSecond: '$rate', messages: '$backlog' }],
    },
    {
      name: 'resume',
      role: 'steady',
      within: '$within',
      do: [
        { do: 'connect', who: ['sessions'], perSecond: '$connectRate' },
        { do: 'drain', who: ['sessions'] },
      ],
    },
  ],
  thresholds: { delivered: ['rate==1'], connected: ['rate==1'], drain_time: ['max<30000'] },
  invariants: ['order', 'exactly-once', 'receive-maximum', 'dup'],
};
