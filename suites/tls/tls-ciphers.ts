/** Which cipher suites and extensions of TLS 1.2 the listener agrees on. */
import { CIPHER_OFFERS, defineCase, EXTENSIONS, extensionOf, isTls13, type CaseContext, type ServerHello } from '#kit';

/** The server's hello of TLS 1.2; skips where it speaks no such version. */
async function classicHello(t: CaseContext<unknown>): Promise<ServerHello> {
  const { hello } = (await (await t.rawTls()).hello({ highest: 'tls12' })).flight;
  if (hello === undefined || isTls13(hello)) return t.skip('the listener does not speak TLS 1.2');
  return hello;
}

export const unprotected = defineCase<readonly number[]>({
  title: 'cipher suites without encryption, without a server identity, or of export strength are refused',
  verifies: { transport: ['tls/cipher/null-anon-export'] },
  caughtBy: ['agrees-to-weak-suites'],
  needs: ['tls'],
  rows: { null: CIPHER_OFFERS.null, anonymous: CIPHER_OFFERS.anonymous, export: CIPHER_OFFERS.export },
  async run(t) {
    (await (await t.rawTls()).hello({ highest: 'tls12', cipherSuites: t.row })).refused();
    await t.connect();
  },
});

export const outdated = defineCase<readonly number[]>({
  title: 'RC4, DES and 3DES are refused',
  verifies: { transport: ['tls/cipher/rc4-3des'] },
  caughtBy: ['agrees-to-weak-suites'],
  needs: ['tls', 'raw-tls'],
  rows: { rc4: CIPHER_OFFERS.rc4, des: CIPHER_OFFERS.des, '3des': CIPHER_OFFERS.tripleDes },
  async run(t) {
    (await (await t.rawTls()).hello({ highest: 'tls12', cipherSuites: t.row })).refused();
    await t.connect();
  },
});

export const staticRsa = defineCase({
  title: 'cipher suites without forward secrecy are refused',
  verifies: { transport: ['tls/cipher/static-rsa'] },
  caughtBy: ['agrees-to-weak-suites'],
  needs: ['tls'],
  async run(t) {
    (await (await t.rawTls()).hello({ highest: 'tls12', cipherSuites: CIPHER_OFFERS.staticRsa })).refused();
    await t.connect();
  },
});

export const secureRenegotiation = defineCase({
  title: 'a ServerHello of TLS 1.2 has the extension of secure renegotiation',
  verifies: { transport: ['tls/cipher/secure-renegotiation'] },
  caughtBy: ['no-renegotiation-info'],
  needs: ['tls', 'tls12'],
  async run(t) {
    const hello = await classicHello(t);
    const info = extensionOf(hello, EXTENSIONS.renegotiationInfo);
    t.check(info !== undefined, 'the ServerHello has no renegotiation_info', { expected: 'renegotiation_info' });
    const empty = info?.length === 1 && info[0] === 0;
    t.check(empty, 'the renegotiation_info of a first handshake is not empty', { expected: '00' });
    await t.connect();
  },
});

export const extendedMasterSecret = defineCase({
  title: 'a ServerHello of TLS 1.2 agrees on the extended master secret',
  verifies: { transport: ['tls/cipher/extended-master-secret'] },
  caughtBy: ['no-extended-master-secret'],
  needs: ['tls', 'tls12', 'raw-tls'],
  async run(t) {
    const hello = await classicHello(t);
    const agreed = extensionOf(hello, EXTENSIONS.extendedMasterSecret) !== undefined;
    t.check(agreed, 'the ServerHello has no extended_master_secret', { expected: 'extended_master_secret' });
    await t.connect();
  },
});

export const noCompression = defineCase({
  title: 'compression of TLS is not agreed on',
  verifies: { transport: ['tls/cipher/no-compression'] },
  caughtBy: ['agrees-to-compression'],
  needs: ['tls', 'raw-tls'],
  async run(t) {
    const raw = await t.rawTls();
    const { hello } = (await raw.hello({ highest: 'tls12', compressionMethods: [1, 0] })).flight;
    if (hello === undefined) await classicHello(t);
    const method = hello?.compressionMethod ?? 0;
    t.check(method === 0, `the server agrees on compression method ${method}`, { expected: 'method 0' });
    await t.connect();
  },
});

export const noRenegotiation = defineCase({
  title: 'a new handshake on the connection that the client asks for is refused',
  verifies: { transport: ['tls/renegotiation/client-initiated'] },
  caughtBy: ['renegotiates'],
  needs: ['tls', 'tls12'],
  async run(t) {
    await classicHello(t);
    const admitted = await t.admission({ maxVersion: 'TLSv1.2' });
    const client = admitted.accepted();
    client.link.endExpected = true;
    client.wellBehaved = false;
    const done = (await admitted.tls?.renegotiate(t.timing.replyMs)) ?? false;
    t.check(!done, 'the server negotiates anew', {
      expected: 'alert 100 no_renegotiation, or the end of the connection',
      actual: 'a second handshake',
    });
    await t.connect();
  },
});
