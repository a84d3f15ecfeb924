/** Certificates to try, out of the folder that the user named. */
import type { PkiClient, TargetPki } from '#target';
import { Skipped } from './outcomes.ts';

export class Pki {
  readonly #pki: TargetPki | undefined;

  constructor(pki: TargetPki | undefined) {
    this.#pki = pki;
  }

  get #folder(): TargetPki {
    if (this.#pki === undefined) throw new Skipped('needs certificates to try (--pki DIR; mqttspec certs make)');
    return this.#pki;
  }

  /** The client of a scenario: `client-expired`. Skips where the folder has none. */
  client(id: string): PkiClient {
    const found = this.#folder.clients[id];
    if (found === undefined) throw new Skipped(`the folder of certificates has no ${id} (mqttspec certs make)`);
    return found;
  }

  /** PEM of an authority. */
  authority(name: 'root' | 'intermediate' | 'foreign'): string {
    return this.#folder[name];
  }
}
