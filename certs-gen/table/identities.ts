/** Client certificates for a listener that takes the user from the subject. */
import { client, named, ORGANIZATION, type CertificatePlan } from './plan.ts';
import type { Name } from '../der/x509.ts';

const SOURCE = 'the listener maps the subject to the user';
const NEEDS = ['identity'];

const IS = { expected: 'accept', source: SOURCE, needs: NEEDS } as const;
const ODD = { expected: 'observe', source: SOURCE, needs: NEEDS } as const;

const twoNames: Name = [...named('device-first'), { type: 'commonName', value: 'device-second' }];
const inBmp: Name = [
  { type: 'organizationName', value: ORGANIZATION },
  { type: 'commonName', value: 'device-bmp', encoding: 'bmp' },
];

export const IDENTITIES: readonly CertificatePlan[] = [
  client('cn-device-1', { ...IS, subject: named('device-1'), why: 'it is device-1 and nobody else' }),
  client('cn-device-10', {
    ...IS,
    subject: named('device-10'),
    why: 'it is device-10, and must not get what device-1 may do',
  }),
  client('cn-empty', { ...ODD, subject: named(''), why: 'an empty common name: never another’s identity' }),
  client('cn-empty-subject', { ...ODD, subject: [], why: 'an empty subject: never trusted as an empty name' }),
  client('cn-san-only', {
    ...ODD,
    subject: [],
    names: ['device-san.mqttspec.test'],
    why: 'no subject, a subject alternative name only',
  }),
  client('cn-two-cn', { ...ODD, subject: twoNames, why: 'two common names, device-first and device-second' }),
  client('cn-utf8', { ...ODD, subject: named('Gerät-Ω-設備'), why: 'a common name beyond ASCII, in UTF-8' }),
  client('cn-bmp', { ...ODD, subject: inBmp, why: 'a common name as BMPString, two octets a character' }),
  client('cn-wildcard', {
    ...ODD,
    subject: named('a/+/#'),
    why: 'the common name is a topic filter: it must not widen what the client may do',
  }),
  client('cn-nul', {
    ...ODD,
    subject: named('device-1\0-and-more'),
    why: 'a common name with U+0000: it must not be cut to the part before it, device-1',
  }),
];
