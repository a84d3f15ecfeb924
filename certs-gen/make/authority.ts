/** Authorities and their certificates. */
import { createHash, type KeyObject } from 'node:crypto';
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyUsage,
  permittedNames,
  subjectKeyIdentifier,
  type Extension,
} from '../der/extensions.ts';
import type { KeyType } from '../der/key-types.ts';
import type { KeyPair } from '../der/signing.ts';
import { certificate, keyIdentifier, type Name } from '../der/x509.ts';
import { AUTHORITIES, named, type AuthorityPlan } from '../table/index.ts';
import type { KeyRing } from './keys.ts';
import type { Period } from './period.ts';

export interface Authority {
  readonly plan: AuthorityPlan;
  readonly subject: Name;
  readonly serial: Buffer;
  readonly identifier: Buffer;
  readonly keys: KeyPair;
  readonly der: Buffer;
  /** What a leaf of it sends along: itself and what is above it, without a trusted root. */
  readonly chain: readonly Buffer[];
}

export type Authorities = ReadonlyMap<string, Authority>;

/** What is the same for all of a PKI. */
export interface AuthoritySettings {
  readonly key: KeyType;
  readonly period: Period;
  /** Of the root; none: not constrained. */
  readonly permitted: readonly string[];
}

/** The root and what goes with it need keys that nobody else has. */
const OWN_KEY = ['root', 'foreign', 'lookalike', 'intermediate'];

export async function makeAuthorities(settings: AuthoritySettings, ring: KeyRing): Promise<Authorities> {
  const pairs = await Promise.all(
    AUTHORITIES.map(({ name, key }) => (OWN_KEY.includes(name) ? ring.own : ring.any)(key ?? settings.key)),
  );
  return build((at) => {
    const keys = pairs[at];
    if (keys === undefined) throw new TypeError('a key for each authority');
    return { keys, der: (parts) => signed(parts, settings) };
  });
}

/** The authorities of a PKI that is there: its keys and certificates as they are. */
export function knownAuthorities(
  load: (name: string) => { readonly keys: KeyPair; readonly der: Buffer },
): Authorities {
  return build((_, { name }) => {
    const { keys, der } = load(name);
    return { keys, der: () => der };
  });
}

interface Parts extends Omit<Authority, 'der' | 'chain'> {
  readonly issuer: Authority | undefined;
}

function build(
  material: (at: number, plan: AuthorityPlan) => { readonly keys: KeyPair; readonly der: (parts: Parts) => Buffer },
): Authorities {
  const all = new Map<string, Authority>();
  for (const [at, plan] of AUTHORITIES.entries()) {
    const { keys, der } = material(at, plan);
    const issuer = plan.issuer === undefined ? undefined : all.get(plan.issuer);
    const imitated = plan.imitates === undefined ? undefined : all.get(plan.imitates);
    const root = all.get('root')?.keys.publicKey ?? keys.publicKey;
    const parts: Parts = {
      plan,
      keys,
      issuer,
      subject: imitated?.subject ?? named(`mqttspec TEST ${plan.name}`),
      serial: imitated?.serial ?? serialOf(root, `authority ${plan.name}`),
      identifier: imitated?.identifier ?? keyIdentifier(keys.publicKey),
    };
    const own = der(parts);
    all.set(plan.name, { ...parts, der: own, chain: plan.name === 'root' ? [] : [own, ...(issuer?.chain ?? [])] });
  }
  return all;
}

function signed({ plan, subject, serial, identifier, keys, issuer }: Parts, settings: AuthoritySettings): Buffer {
  const permitted = plan.name === 'root' ? settings.permitted : (plan.permitted ?? []);
  const extensions: readonly Extension[] = [
    basicConstraints(plan.leaf !== true, plan.pathLength),
    plan.leaf === true ? keyUsage('digitalSignature') : keyUsage('keyCertSign', 'cRLSign'),
    ...(permitted.length === 0 ? [] : [permittedNames(permitted)]),
    subjectKeyIdentifier(identifier),
    ...(issuer === undefined ? [] : [authorityKeyIdentifier(issuer.identifier)]),
  ];
  const content = { subject, serial, extensions, issuer: issuer?.subject ?? subject, publicKey: keys.publicKey };
  return certificate({ ...content, ...settings.period }, (issuer?.keys ?? keys).privateKey);
}

/** Sixteen octets that depend on the root's key and the name: so a revocation list knows what may be made later. */
export function serialOf(root: KeyObject, name: string): Buffer {
  const spki = root.export({ type: 'spki', format: 'der' });
  const serial = createHash('sha256').update(spki).update(name).digest().subarray(0, 16);
  // Positive, and without a leading zero.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

export function authorityOf(all: Authorities, name: string): Authority {
  const one = all.get(name);
  if (one === undefined) throw new TypeError(`there is no authority ${name}`);
  return one;
}
