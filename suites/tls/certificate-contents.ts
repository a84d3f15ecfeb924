/** Client certificates with something wrong, weak or unusual in them. */
import { defineCase } from '#kit';
import { either, refused } from './certificate-case.ts';

const UNUSUAL = ['clean', 'refuses-unusual-certificates'] as const;

export const expired = defineCase(
  refused('cert/client-expired', {
    title: 'a certificate that has expired is refused',
    caughtBy: ['accepts-expired-certificates', 'resumes-refused-sessions'],
  }),
);

export const notYetValid = defineCase(
  refused('cert/client-not-yet-valid', {
    title: 'a certificate that is not valid yet is refused',
    caughtBy: ['accepts-certificates-of-the-future'],
  }),
);

export const serverUsage = defineCase(
  refused('cert/client-eku-server', {
    title: 'a certificate whose extended key usage is for servers only is refused',
    caughtBy: ['ignores-extended-key-usage'],
  }),
);

export const noUsage = defineCase(
  either('cert/client-eku-none', {
    title: 'a certificate without extended key usage is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const anyUsage = defineCase(
  either('cert/client-eku-any', {
    title: 'a certificate whose extended key usage is any is let in, or refused',
    observes: ['clean', 'refuses-certificates-by-http'],
  }),
);

export const noSignatureUsage = defineCase(
  refused('cert/client-ku-no-signature', {
    title: 'a certificate whose key may not sign is refused',
    caughtBy: ['ignores-key-usage'],
  }),
);

export const agreementUsage = defineCase(
  either('cert/client-ku-no-signature#key-agreement', {
    title: 'a certificate whose key may only agree on keys is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const criticalUnknown = defineCase(
  refused('cert/client-critical-unknown', {
    title: 'a certificate with an unknown critical extension is refused',
    caughtBy: ['ignores-critical-extensions'],
  }),
);

export const duplicateExtension = defineCase(
  refused('cert/client-duplicate-extension', {
    title: 'a certificate with a known extension twice is refused',
    caughtBy: ['accepts-repeated-extensions'],
  }),
);

export const duplicateUnknown = defineCase(
  either('cert/client-duplicate-unknown', {
    title: 'a certificate with an unknown extension twice is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const version1 = defineCase(
  either('cert/client-v1', { title: 'a certificate of version 1 is let in, or refused', observes: UNUSUAL }),
);

export const serialZero = defineCase(
  either('cert/client-serial-zero', {
    title: 'a certificate with serial number 0 is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const serialNegative = defineCase(
  either('cert/client-serial-negative', {
    title: 'a certificate with a negative serial number is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const serialLong = defineCase(
  either('cert/client-serial-21-octets', {
    title: 'a certificate with a serial number of 21 octets is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const md5 = defineCase(
  refused('cert/client-md5', {
    title: 'a certificate signed with MD5 is refused in TLS 1.3',
    needs: ['tls13'],
    versions: ['TLSv1.3'],
    caughtBy: ['accepts-weak-signatures'],
  }),
);

export const md5InTls12 = defineCase(
  either('cert/client-md5#tls12', {
    title: 'a certificate signed with MD5 is let in, or refused, in TLS 1.2',
    shows: 'client-md5',
    needs: ['tls12'],
    versions: ['TLSv1.2'],
    observes: ['clean', 'takes-weak-signatures-below-tls13'],
  }),
);

export const sha1 = defineCase(
  refused('cert/client-sha1', {
    title: 'a certificate signed with SHA-1 is refused in TLS 1.3',
    needs: ['tls13'],
    versions: ['TLSv1.3'],
    caughtBy: ['accepts-weak-signatures'],
  }),
);

export const sha1InTls12 = defineCase(
  either('cert/client-sha1#tls12', {
    title: 'a certificate signed with SHA-1 is let in, or refused, in TLS 1.2',
    shows: 'client-sha1',
    needs: ['tls12'],
    versions: ['TLSv1.2'],
    observes: ['clean', 'takes-weak-signatures-below-tls13'],
  }),
);

export const rsa1024 = defineCase(
  either('cert/client-rsa-1024', {
    title: 'a certificate with an RSA key of 1,024 bits is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const authority = defineCase(
  either('cert/client-ca-as-leaf', {
    title: 'the certificate of an authority, shown by a client, is let in, or refused',
    observes: UNUSUAL,
  }),
);

export const chainOf3 = defineCase(
  either('cert/client-long-chain#3', { title: 'a chain of three is let in, or refused', observes: UNUSUAL }),
);

export const chainOf9 = defineCase(
  either('cert/client-long-chain#9', { title: 'a chain of nine is let in, or refused', observes: UNUSUAL }),
);

export const huge = defineCase(
  either('cert/client-huge', { title: 'a certificate of 60 KiB is let in, or refused', observes: UNUSUAL }),
);
