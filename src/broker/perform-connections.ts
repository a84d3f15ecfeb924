import { encode } from '#wire';
import type { Clock, Timer } from '#io';
import type { EffectOf, TimerName } from './effects.ts';
import type { Performers } from './gate.ts';
import type { Store } from './store.ts';

const timerKey = (effect: { timer: TimerName; connection?: number; clientId?: string }): string =>
  `${effect.timer}:${effect.connection ?? ''}:${effect.clientId ?? ''}`;

/** Effects on connections: packets and ends. */
export function connectionPerformers(store: Store): Performers {
  return {
    send: ({ connection, packet, shared }) => {
      const to = store.connections.get(connection);
      if (to === undefined || to.phase === 'ended') return;
      to.sink.sendBytes(shared?.packet === packet ? shared.bytes : encode(packet, to.version));
    },
    end: ({ connection, reason }) => {
      const to = store.connections.get(connection);
      if (to === undefined || to.phase === 'ended') return;
      to.phase = 'ended';
      store.connections.delete(connection);
      to.sink.end(reason);
    },
    'reading-stopped': ({ connection }) => {
      const from = store.connections.get(connection);
      if (from === undefined) return;
      from.stopped = true;
      from.sink.pause();
    },
    'reading-resumed': ({ connection }) => {
      const from = store.connections.get(connection);
      if (from === undefined) return;
      from.stopped = false;
      from.sink.resume();
    },
    reset: ({ connection }) => {
      const to = store.connections.get(connection);
      if (to === undefined || to.phase === 'ended') return;
      to.phase = 'ended';
      store.connections.delete(connection);
      to.sink.reset();
    },
  };
}

/** All timers of the core, by name and by whom they are for. */
export class Timers {
  private readonly clock: Clock;
  private readonly running = new Map<string, Timer>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  performers(fired: (effect: EffectOf<'timer-set'>) => void): Performers {
    return {
      'timer-set': (effect) => {
        const key = timerKey(effect);
        this.running.get(key)?.cancel();
        const timer = this.clock.after(effect.ms, () => {
          if (this.running.get(key) === timer) this.running.delete(key);
          fired(effect);
        });
        this.running.set(key, timer);
      },
      'timer-cancelled': (effect) => {
        const key = timerKey(effect);
        this.running.get(key)?.cancel();
        this.running.delete(key);
      },
    };
  }

  cancelAll(): void {
    for (const timer of this.running.values()) timer.cancel();
    this.running.clear();
  }
}
