/** A leaf: its certificate, its key, and what is shown with it. */
import { isIP } from 'node:net';
import type { KeyObject } from 'node:crypto';
import {
  addressesAsDnsNames,
  alternativeNames,
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
  type Extension,
  type KeyUsage,
} from '../der/extensions.ts';
import type { KeyPair } from '../der/signing.ts';
import { certificate, keyIdentifier, type Name, withBadSignature } from '../der/x509.ts';
import { named, type CertificatePlan } from '../table/index.ts';
import { authorityOf, serialOf, type Authorities, type Authority } from './authority.ts';
import { expired, notYet, type Period } from './period.ts';

export interface Leaf {
  readonly plan: CertificatePlan;
  readonly subject: Name;
  readonly serial: Buffer;
  readonly period: Period;
  readonly der: Buffer;
  readonly privateKey: KeyObject;
  readonly chain: readonly Buffer[];
}

export interface LeafSettings {
  readonly authorities: Authorities;
  readonly hosts: readonly string[];
  readonly now: Date;
  readonly period: Period;
  /** When the PKI ends. */
  readonly end: Date;
}

export function makeLeaf(plan: CertificatePlan, keys: KeyPair, wrongKey: KeyObject, settings: LeafSettings): Leaf {
  const { authorities, now, end } = settings;
  const issuer = plan.issuer === 'self' ? undefined : authorityOf(authorities, plan.issuer ?? 'root');
  const subject = plan.subject ?? named(plan.id);
  const serial = leafSerial(authorities, plan);
  const period =
    plan.validity === 'expired' ? expired(now) : plan.validity === 'not-yet' ? notYet(end) : settings.period;
  const { publicKey } = keys;
  const extensions = plan.version === 1 ? [] : extensionsOf(plan, publicKey, issuer, settings.hosts);
  const version = plan.version === undefined ? {} : { version: plan.version };
  const content = { subject, serial, publicKey, extensions, ...version, ...period };
  const signed = certificate(
    { ...content, issuer: issuer?.subject ?? subject },
    (issuer?.keys ?? keys).privateKey,
    plan.digest,
  );
  return {
    plan,
    subject,
    serial,
    period,
    der: plan.badSignature === true ? withBadSignature(signed) : signed,
    privateKey: plan.wrongKey === true ? wrongKey : keys.privateKey,
    chain: plan.leafOnly === true ? [] : (issuer?.chain ?? []),
  };
}

export function leafSerial(authorities: Authorities, { id, serial }: CertificatePlan): Buffer {
  return serial === undefined
    ? serialOf(authorityOf(authorities, 'root').keys.publicKey, id)
    : Buffer.from(serial, 'hex');
}

function extensionsOf(
  plan: CertificatePlan,
  publicKey: KeyObject,
  issuer: Authority | undefined,
  hosts: readonly string[],
): readonly Extension[] {
  const purpose = plan.extended ?? (plan.role === 'client' ? 'clientAuth' : 'serverAuth');
  return [
    basicConstraints(plan.authority === true),
    keyUsage(...(plan.usage ?? usageOf(plan, publicKey))),
    ...(purpose === 'none' ? [] : [extendedKeyUsage(purpose)]),
    ...alternativeNamesOf(plan, hosts),
    subjectKeyIdentifier(keyIdentifier(publicKey)),
    ...(issuer === undefined ? [] : [authorityKeyIdentifier(issuer.identifier)]),
    ...(plan.further ?? []),
  ];
}

/** A server with an RSA key may be asked for its key exchange, too. */
function usageOf({ role }: CertificatePlan, { asymmetricKeyType }: KeyObject): readonly KeyUsage[] {
  const encipherment = role === 'server' && asymmetricKeyType === 'rsa';
  return encipherment ? ['digitalSignature', 'keyEncipherment'] : ['digitalSignature'];
}

function alternativeNamesOf(plan: CertificatePlan, hosts: readonly string[]): readonly Extension[] {
  if (plan.addressesAsDns === true) {
    const addresses = hosts.filter((host) => isIP(host) !== 0);
    return [addressesAsDnsNames(addresses.length === 0 ? ['127.0.0.1'] : addresses)];
  }
  const names = plan.names === 'hosts' ? hosts : (plan.names ?? []);
  const outside = plan.issuer === 'constrained' && plan.role === 'server' ? ['outside.mqttspec.test'] : [];
  const all = [...names, ...outside];
  return all.length === 0 ? [] : [alternativeNames(all, plan.subject?.length === 0)];
}
