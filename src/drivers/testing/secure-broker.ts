/** The reference broker with TLS, in the ways in which people set a broker up, and what a client is given for each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBroker, type RunningBroker } from '#broker';
import { makePki, readPki, type Pki } from '#certs-gen';
import type { FaultName } from '#spec';
import { parseTarget, type Target, type TargetPki } from '#target';

export const SETUPS = ['CA-signed', 'self-signed', 'client certificate'] as const;
export type Setup = (typeof SETUPS)[number];

export interface SecureBroker {
  readonly target: Target;
  close(): Promise<void>;
}

/** A PKI in a folder of its own. */
export class TestPki {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-drivers-'));
  #pki: Pki | undefined;

  async make(): Promise<void> {
    await makePki(this.#folder, { only: ['server-*', 'client-valid-ec-p256', '!*-rsa-4096'] });
    this.#pki = readPki(this.#folder);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** `self-signed`: trusted as its own authority, as people do who have none. */
  async start(setup: Setup, faults: readonly FaultName[] = []): Promise<SecureBroker> {
    const root = this.#pem('root');
    const server = this.#material(setup === 'self-signed' ? 'server-self-signed' : 'server-chain');
    const requireCert = setup === 'client certificate';
    const others = Object.fromEntries(OTHERS.map((id) => [id, this.#material(`server-${id}`)]));
    const tls = { ...server, others, ...(requireCert ? { ca: [root], requireCert } : {}) };
    const broker: RunningBroker = await startBroker({ faults, tls });
    const client = this.#material('client-valid-ec-p256');
    const target = parseTarget({
      url: broker.wssUrl ?? '',
      also: [broker.mqttsUrl ?? ''],
      tls: { ca: [setup === 'self-signed' ? server.cert : root], ...(requireCert ? client : {}) },
      ...(requireCert ? { pki: this.#targetPki(client), declared: ['mtls-required'] } : {}),
    });
    return { target, close: () => broker.close() };
  }

  #material(id: string): { readonly cert: string; readonly key: string } {
    const { cert = '', fullchain = cert, key = '' } = this.#read.scenario(id)?.files ?? {};
    return { cert: this.#read.pem(fullchain), key: this.#read.pem(key) };
  }

  #pem(authority: 'root' | 'intermediate' | 'foreign'): string {
    return this.#read.pem(this.#read.index.authorities[authority].cert);
  }

  #targetPki(material: { readonly cert: string; readonly key: string }): TargetPki {
    const id = 'client-valid-ec-p256';
    const client = { id, ...material, subject: `CN=${id}`, why: 'valid' };
    const [root, intermediate, foreign] = [this.#pem('root'), this.#pem('intermediate'), this.#pem('foreign')];
    return { root, intermediate, foreign, clients: { [id]: client } };
  }

  get #read(): Pki {
    if (this.#pki === undefined) throw new Error('make() comes first');
    return this.#pki;
  }
}

/** Certificates that faults show. */
const OTHERS = ['expired', 'wrong-host', 'eku-client'] as const;
