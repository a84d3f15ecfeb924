/** Certificates for the lane over TLS, in a folder of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pkiForBroker, pkiForTarget } from '#app';
import { makePki } from '#certs-gen';
import type { Material } from '../tls-lab.ts';

/** Takes seconds: an RSA key of 4,096 bits is among them. */
export async function makeMaterial(): Promise<Material> {
  const folder = mkdtempSync(join(tmpdir(), 'mqttspec-proof-'));
  try {
    await makePki(folder);
    return { pki: await pkiForTarget(folder), tls: await pkiForBroker(folder, { crl: true }) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
