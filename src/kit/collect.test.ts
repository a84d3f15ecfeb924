import { describe, expect, it } from 'vitest';
import { defineCase } from './case.ts';
import { collectCases, instancesOf } from './collect.ts';

const run = (): Promise<void> => Promise.resolve();
const modules = {
  'mqtt/3.3.1-retain': {
    emptyClears: defineCase({ title: 'a', verifies: { '3.1.1': ['MQTT-3.12.4-1'], '5.0': ['MQTT-3.12.4-1'] }, run }),
    QoSKept: defineCase({ title: 'b', verifies: { '5.0': ['MQTT-3.12.4-1'] }, rows: { 'qos-1': 1, 'qos-2': 2 }, run }),
    NOT_A_CASE: 3,
  },
  'websocket/handshake': {
    acceptKey: defineCase({ title: 'c', verifies: { transport: ['ws/upgrade/accept-key'] }, run }),
  },
};
const endpoint = (transport: 'ws' | 'mqtt') => ({
  url: `${transport}://h`,
  transport,
  host: 'h',
  port: 1,
  path: '/mqtt',
});
const target = { versions: ['3.1.1', '5.0'], endpoints: [endpoint('ws'), endpoint('mqtt')] } as const;

describe('collectCases', () => {
  it('gives ids by file and export, and passes over what is no case', () => {
    expect(collectCases(modules).map(({ id }) => id)).toEqual([
      'retain/empty-clears',
      'retain/qo-s-kept',
      'handshake/accept-key',
    ]);
  });
});

describe('instancesOf', () => {
  it('multiplies by version, transport and row, and runs what says nothing about MQTT once over WebSocket', () => {
    expect(instancesOf(collectCases(modules), target).map(({ id }) => id)).toEqual([
      'retain/empty-clears@3.1.1/ws',
      'retain/empty-clears@5.0/ws',
      'retain/empty-clears@3.1.1/mqtt',
      'retain/empty-clears@5.0/mqtt',
      'retain/qo-s-kept[qos-1]@5.0/ws',
      'retain/qo-s-kept[qos-2]@5.0/ws',
      'retain/qo-s-kept[qos-1]@5.0/mqtt',
      'retain/qo-s-kept[qos-2]@5.0/mqtt',
      'handshake/accept-key@ws',
    ]);
  });

  it('leaves out versions that the target does not speak', () => {
    const ids = instancesOf(collectCases(modules), { ...target, versions: ['3.1.1'] }).map(({ id }) => id);
    expect(ids).toContain('handshake/accept-key@ws');
    expect(ids.some((id) => id.includes('@5.0'))).toBe(false);
  });
});
