/** The certificate that the server shows, and the chain that it sends. */
import {
  clientExtensions,
  defineCase,
  HANDSHAKE_TYPES,
  namesHost,
  OIDS,
  readCertificate,
  WEAK_SIGNATURES,
  type CaseContext,
  type CertificateFacts,
} from '#kit';
import { looksAtCertificate, sentChain, serverChain } from './server-chain.ts';

type Context = CaseContext<unknown>;

async function factsOf(t: Context): Promise<CertificateFacts[]> {
  return (await serverChain(t)).map((der) => readCertificate(der));
}

async function leafOf(t: Context): Promise<CertificateFacts> {
  const [leaf] = await factsOf(t);
  return leaf ?? t.skip('the server sent no certificate');
}

async function sentFacts(t: Context): Promise<CertificateFacts[]> {
  const sent = (await sentChain(t)) ?? t.skip('TLS 1.2 is not spoken, and under TLS 1.3 the chain is protected');
  if (sent.length < 2) return t.skip('the server sends one certificate');
  return sent.map((der) => readCertificate(der));
}

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((octet, index) => octet === other[index]);

export const leafFirst = defineCase({
  title: 'of the certificates that the server sends its own comes first',
  verifies: { transport: ['tls/chain/leaf-first'] },
  caughtBy: ['sends-chain-reversed'],
  needs: ['tls'],
  async run(t) {
    const [first, ...others] = await sentFacts(t);
    const issued =
      first !== undefined &&
      others.some(({ issuer, subject }) => same(issuer, first.subject) && !same(subject, first.subject));
    t.check(!issued, 'the first certificate is that of an authority which issued another one', {
      expected: "the server's own certificate first",
    });
    await t.connect();
  },
});

export const order = defineCase({
  title: 'each certificate that the server sends certifies the one before it',
  verifies: { transport: ['tls/chain/order'] },
  caughtBy: ['sends-chain-reversed'],
  needs: ['tls', 'raw-tls'],
  async run(t) {
    const chain = await sentFacts(t);
    const wrong = chain.findIndex(
      (one, index) => index > 0 && !same(chain[index - 1]?.issuer ?? one.issuer, one.subject),
    );
    t.check(wrong < 0, `certificate ${wrong + 1} of ${chain.length} is not the issuer of certificate ${wrong}`, {
      expected: 'each the issuer of the one before',
    });
    await t.connect();
  },
});

/** OpenSSL's words for a certificate whose issuer is not there. */
const INCOMPLETE = /UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE/;

export const complete = defineCase({
  title: 'a client that trusts the root alone can build the chain',
  verifies: { transport: ['tls/chain/complete'] },
  caughtBy: ['sends-no-issuer'],
  needs: ['tls'],
  async run(t) {
    looksAtCertificate(t);
    const { pki, tls: material } = t.scope.target;
    if (pki === undefined && material.ca === undefined)
      return t.skip('needs the root that is trusted (--pki or --cacert)');
    const { tls, how } = await t.admission({ verify: false, ...(pki === undefined ? {} : { ca: [pki.root] }) });
    if (tls === undefined) return t.skip(`no handshake: ${how}`);
    const told = tls.untrusted ?? '';
    t.check(!INCOMPLETE.test(told), `the chain has no path to the root that is trusted (${told})`, {
      expected: 'a chain up to the root, which may be left out',
      actual: `${tls.chain.length} certificates`,
    });
    await t.connect();
  },
});

export const name = defineCase({
  title: 'the certificate names the host of the target',
  verifies: { transport: ['tls/cert/name'] },
  caughtBy: ['shows-certificate-of-other-host'],
  needs: ['tls'],
  async run(t) {
    looksAtCertificate(t);
    const { names } = await leafOf(t);
    const { instance, target } = t.scope;
    const host = target.tls.servername ?? instance.endpoint.host;
    t.check(namesHost(names, host), `the certificate is of ${names.join(', ') || 'nobody'}`, { expected: host });
    await t.connect();
  },
});

export const validNow = defineCase({
  title: 'the certificate and its chain are valid today',
  verifies: { transport: ['tls/cert/valid-now'] },
  caughtBy: ['shows-expired-certificate'],
  needs: ['tls'],
  async run(t) {
    looksAtCertificate(t);
    const now = new Date().toISOString();
    for (const { notBefore, notAfter } of await factsOf(t)) {
      t.check(notBefore <= now && now <= notAfter, `a certificate is valid from ${notBefore} to ${notAfter}`, {
        expected: `valid at ${now}`,
      });
    }
    await t.connect();
  },
});

export const usage = defineCase({
  title: 'an extended key usage, where there is one, allows a server of TLS',
  verifies: { transport: ['tls/cert/eku'] },
  caughtBy: ['shows-client-certificate'],
  needs: ['tls'],
  async run(t) {
    const { extendedKeyUsage: allowed } = await leafOf(t);
    const fits = allowed === undefined || allowed.includes(OIDS.serverAuth) || allowed.includes(OIDS.anyUsage);
    t.check(fits, `the certificate is for ${allowed?.join(', ')} only`, {
      expected: 'serverAuth, any, or no restriction',
    });
    await t.connect();
  },
});

export const signs = defineCase({
  title: 'a key usage, where there is one, allows digital signatures',
  verifies: { transport: ['tls/cert/ku'] },
  caughtBy: ['shows-certificate-without-signing'],
  needs: ['tls', 'tls13'],
  async run(t) {
    const { keyUsage } = await leafOf(t);
    const DIGITAL_SIGNATURE = 0;
    t.check(keyUsage?.includes(DIGITAL_SIGNATURE) ?? true, `the key usage has bits ${keyUsage?.join(', ')} only`, {
      expected: 'digitalSignature (bit 0)',
    });
    await t.connect();
  },
});

export const keySize = defineCase({
  title: 'the key of the certificate is RSA of 2,048 bits or more, or of an elliptic curve of 256 or more',
  verifies: { transport: ['tls/cert/key-size'] },
  caughtBy: ['shows-weak-key'],
  needs: ['tls'],
  async run(t) {
    const { kind, bits } = (await leafOf(t)).key;
    if (bits === undefined) return t.skip(`a key of a kind that is not known here (${kind})`);
    const least = kind === 'rsa' ? 2048 : 256;
    t.check(bits >= least, `the key is ${kind} of ${bits} bits`, { expected: `${least} bits or more` });
    await t.connect();
  },
});

export const modernSignatures = defineCase({
  title: 'no certificate of the chain is signed with SHA-1 or MD5',
  verifies: { transport: ['tls/cert/sha2'] },
  caughtBy: ['shows-sha1-certificate'],
  needs: ['tls'],
  async run(t) {
    const chain = await factsOf(t);
    // The signature of a root on itself proves nothing; the first one is looked at whatever it is.
    for (const { signatureAlgorithm, issuer, subject } of chain.filter(
      ({ issuer, subject }, index) => index === 0 || !same(issuer, subject),
    )) {
      const weak = WEAK_SIGNATURES[signatureAlgorithm];
      const own = same(issuer, subject) ? 'own ' : '';
      t.check(weak === undefined, `a certificate is signed with ${own}${weak}`, { expected: 'SHA-2 or Ed25519' });
    }
    await t.connect();
  },
});

export const stapling = defineCase({
  title: 'a client that asks for a stapled answer of OCSP gets one, or none',
  verifies: { transport: ['tls/ocsp-stapling'] },
  observes: ['clean', 'staples-ocsp'],
  needs: ['tls'],
  async run(t) {
    const { flight } = await (
      await t.rawTls()
    ).hello({
      highest: 'tls12',
      extensions: [clientExtensions.statusRequest()],
    });
    if (flight.hello === undefined) return t.observe('TLS 1.2 is not spoken');
    t.observe(flight.messages.includes(HANDSHAKE_TYPES.certificateStatus) ? 'stapled' : 'not stapled');
  },
});
