/** Which endpoint carries out an effect: the one of its connection. */
import type { EffectOf } from '../effects.ts';
import type { Gate } from '../gate.ts';

/** What an endpoint can be told to do; what it has no use for it leaves out. */
export interface Port {
  bytesReceived(effect: EffectOf<'bytes-received'>): void;
  frameReceived?(effect: EffectOf<'frame-received'>): void;
  httpResponse?(effect: EffectOf<'http-response'>): void;
  frameSent?(effect: EffectOf<'frame-sent'>): void;
  bytesSent?(effect: EffectOf<'bytes-sent'>): void;
  transportEnd(effect: EffectOf<'transport-end'>): void;
}

export class Ports {
  readonly #ports = new Map<number, Port>();

  constructor(gate: Gate) {
    const of = (effect: { readonly connection: number }): Port | undefined => this.#ports.get(effect.connection);
    gate.performs({
      'bytes-received': (effect) => of(effect)?.bytesReceived(effect),
      'frame-received': (effect) => of(effect)?.frameReceived?.(effect),
      'http-response': (effect) => of(effect)?.httpResponse?.(effect),
      'frame-sent': (effect) => of(effect)?.frameSent?.(effect),
      'bytes-sent': (effect) => of(effect)?.bytesSent?.(effect),
      'transport-end': (effect) => of(effect)?.transportEnd(effect),
    });
  }

  add(connection: number, port: Port): void {
    this.#ports.set(connection, port);
  }

  /** What is still told to the connection goes nowhere. */
  remove(connection: number): void {
    this.#ports.delete(connection);
  }
}
