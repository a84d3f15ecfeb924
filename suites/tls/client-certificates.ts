/** Client certificates that a listener must let in, and what is wrong with who issued them. */
import { defineCase } from '#kit';
import { either, letIn, refused } from './certificate-case.ts';
import { VERSIONS, type Version } from './showing.ts';

export const p256 = defineCase(
  letIn('cert/client-valid-ec-p256', {
    title: 'a valid certificate with a key of P-256 is let in',
    caughtBy: ['refuses-p256-certificates'],
  }),
);

export const p384 = defineCase(
  letIn('cert/client-valid-ec-p384', {
    title: 'a valid certificate with a key of P-384 is let in',
    caughtBy: ['refuses-p384-certificates'],
  }),
);

export const rsa2048 = defineCase(
  letIn('cert/client-valid-rsa-2048', {
    title: 'a valid certificate with an RSA key of 2,048 bits is let in',
    caughtBy: ['refuses-rsa-certificates'],
  }),
);

export const rsa4096 = defineCase(
  letIn('cert/client-valid-rsa-4096', {
    title: 'a valid certificate with an RSA key of 4,096 bits is let in',
    caughtBy: ['refuses-rsa-certificates'],
  }),
);

export const ed25519 = defineCase(
  either('cert/client-ed25519', {
    title: 'a valid certificate with a key of Ed25519 is let in, or refused',
    observes: ['clean', 'refuses-unusual-certificates'],
  }),
);

export const chain = defineCase(
  letIn('cert/client-valid-intermediate', {
    title: 'a certificate of the intermediate authority, sent with its chain, is let in',
    caughtBy: ['refuses-chains'],
  }),
);

export const noChain = defineCase(
  refused('cert/client-no-chain', {
    title: 'a certificate of an intermediate authority that neither side sends is refused',
    needs: ['root-only'],
    caughtBy: ['accepts-missing-issuers'],
  }),
);

export const heldChain = defineCase(
  letIn('cert/client-no-chain#held', {
    title: 'a certificate of an intermediate authority that the listener holds is let in without its chain',
    shows: 'client-no-chain',
    needs: ['intermediate-held'],
    caughtBy: ['refuses-chains'],
  }),
);

export const none = defineCase<Version>({
  title: 'a client without certificate is refused where one is required',
  verifies: { transport: ['cert/client-none'] },
  caughtBy: [
    'accepts-no-certificate',
    'asks-for-no-certificate',
    'asks-for-certificates-on-tcp-only',
    'asks-for-certificates-on-websocket-only',
  ],
  needs: ['tls', 'mtls-required'],
  rows: VERSIONS,
  async run(t) {
    const version = { minVersion: t.row, maxVersion: t.row } as const;
    const usual = await t.admission(version);
    if (usual.stage === 'handshake') t.skip(`no handshake of ${t.row}: ${usual.how}`);
    usual.setUp();
    const asked = await t.admission({ ...version, client: 'none' });
    asked.rejected();
    const ticket = await asked.ticket();
    if (ticket !== undefined) (await t.admission({ ...version, client: 'none', ticket })).rejected();
    (await t.admission(version)).setUp();
  },
});

export const noneOptional = defineCase<Version>({
  title: 'a client without certificate is let in where none is required',
  verifies: { transport: ['cert/client-none#optional'] },
  caughtBy: ['requires-certificates-always'],
  needs: ['tls', 'mtls-optional'],
  rows: VERSIONS,
  async run(t) {
    const asked = await t.admission({ minVersion: t.row, maxVersion: t.row, client: 'none' });
    if (asked.stage === 'handshake' && asked.alert === 70) t.skip(`no handshake of ${t.row}`);
    asked.accepted();
  },
});

export const selfSigned = defineCase(
  refused('cert/client-self-signed', {
    title: 'a certificate that signed itself is refused',
    caughtBy: ['accepts-self-signed'],
  }),
);

export const selfSignedSameName = defineCase(
  refused('cert/client-self-signed-same-name', {
    title: 'a certificate that signed itself, with the subject of a client that is let in, is refused',
    before: 'client-cn-device-1',
    caughtBy: ['accepts-self-signed', 'accepts-self-signed-of-known-name'],
  }),
);

export const foreignAuthority = defineCase(
  refused('cert/client-foreign-ca', {
    title: 'a certificate of an authority that the listener does not trust is refused',
    caughtBy: ['accepts-any-authority'],
  }),
);

export const lookalikeAuthority = defineCase(
  refused('cert/client-lookalike-ca', {
    title: 'a certificate of an authority with the name of the trusted one, and another key, is refused',
    caughtBy: ['trusts-issuers-by-name'],
  }),
);

export const badSignature = defineCase(
  refused('cert/client-bad-signature', {
    title: 'a certificate whose signature was changed by one bit is refused',
    caughtBy: ['accepts-broken-signatures'],
  }),
);

export const issuedByLeaf = defineCase(
  refused('cert/client-issued-by-leaf', {
    title: 'a certificate whose issuer is no authority is refused',
    caughtBy: ['accepts-leaf-as-issuer'],
  }),
);

export const pathLength = defineCase(
  refused('cert/client-pathlen', {
    title: 'a certificate behind an authority that may have none below it is refused',
    caughtBy: ['ignores-path-length'],
  }),
);

export const nameConstraint = defineCase(
  refused('cert/client-name-constraint', {
    title: 'a certificate with a name that its authority may not give is refused',
    caughtBy: ['ignores-name-constraints'],
  }),
);

export const revoked = defineCase(
  refused('cert/client-revoked', {
    title: 'a certificate on the revocation list of its issuer is refused',
    needs: ['crl'],
    caughtBy: ['ignores-revocation', 'ignores-revocation-on-websocket'],
  }),
);

export const revokedIntermediate = defineCase(
  refused('cert/client-revoked-intermediate', {
    title: 'a certificate whose issuer is on the revocation list of the root is refused',
    needs: ['crl'],
    caughtBy: ['ignores-revocation', 'checks-revocation-of-leaf-only', 'ignores-revocation-on-websocket'],
  }),
);
