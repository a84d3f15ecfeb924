import { VirtualClock } from '#io';
import { describe, expect, it } from 'vitest';
import type { Alteration } from './alteration.ts';
import type { Effect } from './effects.ts';
import { createGate } from './gate.ts';

const effect = (connection: number): Effect => ({ kind: 'quota-taken', connection, why: 'route', cause: 'PUBLISH' });

function gateWith(...alterations: readonly Alteration[]) {
  const clock = new VirtualClock();
  const gate = createGate({ clock, alterations });
  const done: number[] = [];
  gate.performs({ 'quota-taken': ({ connection }) => void done.push(connection) });
  return { clock, gate, done };
}

describe('gate', () => {
  it('without alterations does what is emitted, enforces, and decides as normal', () => {
    const { gate, done } = gateWith();
    gate.emit(effect(1));
    expect(done).toEqual([1]);
    expect(gate.enforces('connect.once', {})).toBe(true);
    expect(gate.decide('deliver.qos', 1, {})).toBe(1);
    expect(gate.altered).toBe(false);
  });

  it('waives the named rule only, where its condition holds', () => {
    const { gate } = gateWith({ waive: ['connect.once'], when: ({ version }) => version === '5.0' });
    expect(gate.enforces('connect.once', { version: '5.0' })).toBe(false);
    expect(gate.enforces('connect.once', { version: '3.1.1' })).toBe(true);
    expect(gate.enforces('connect.empty-id', { version: '5.0' })).toBe(true);
  });

  it('counts what it matches, from 1', () => {
    const { gate } = gateWith({ decide: { 'deliver.qos': () => 0 }, when: (_about, nth) => nth === 2 });
    // A choice that would come out the same is not matched.
    expect([1, 0, 2, 1].map((qos) => gate.decide('deliver.qos', qos as 0 | 1 | 2, {}))).toEqual([1, 0, 0, 1]);
  });

  it('applies alterations one after the other', () => {
    const add: Alteration = {
      rewrite: (one) => (one.kind === 'quota-taken' ? [one, { ...one, connection: one.connection + 1 }] : [one]),
    };
    const { gate, done } = gateWith(add, add);
    gate.emit(effect(1));
    expect(done).toEqual([1, 2, 2, 3]);
  });

  it('drops and delays', async () => {
    const { clock, gate, done } = gateWith({
      rewrite: (one) => {
        if (one.kind !== 'quota-taken') return [one];
        return one.connection === 1 ? [] : [{ kind: 'delayed', ms: 50, effect: one, why: one.why, cause: one.cause }];
      },
    });
    gate.emit(effect(1));
    gate.emit(effect(2));
    expect(done).toEqual([]);
    await clock.advance(49);
    expect(done).toEqual([]);
    await clock.advance(2);
    expect(done).toEqual([2]);
  });

  it('transforms bytes', () => {
    const { gate } = gateWith({ bytes: (bytes) => bytes.map((byte) => byte + 1) });
    expect([...gate.transform(Uint8Array.of(1, 2), {})]).toEqual([2, 3]);
  });

  it('tells alterations what an effect is about', () => {
    const seen: unknown[] = [];
    const { gate } = gateWith({
      rewrite: (one, about) => {
        seen.push([about.connection, about.version, about.clientId]);
        return [one];
      },
    });
    gate.describes((connection) => ({ connection, version: '5.0', clientId: 'a' }));
    gate.emit(effect(4));
    expect(seen).toEqual([[4, '5.0', 'a']]);
  });
});
