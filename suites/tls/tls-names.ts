/** Server names (SNI) and application protocols (ALPN). */
import { defineCase, namesHost, readCertificate, selectedAlpn } from '#kit';
import { looksAtCertificate, nameOf, serverChain } from './server-chain.ts';

const UNKNOWN = 'unknown.mqttspec.invalid';
/** RFC 7301 §3.2, RFC 6066 §3. */
const ALERTS = { noApplicationProtocol: 120, unrecognizedName: 112 } as const;

export const rightName = defineCase({
  title: 'a client that names the host of the target gets a certificate of that name',
  verifies: { transport: ['tls/sni/right-name'] },
  caughtBy: ['other-certificate-for-names'],
  needs: ['tls'],
  async run(t) {
    looksAtCertificate(t);
    const name = nameOf(t);
    if (name === undefined) return t.skip('the target is an address: there is no name to send');
    const [leaf] = await serverChain(t);
    const names = leaf === undefined ? [] : readCertificate(leaf).names;
    t.check(namesHost(names, name), `the certificate is of ${names.join(', ') || 'nobody'}`, { expected: name });
    await t.connect();
  },
});

export const otherName = defineCase({
  title: 'a name that the server does not know is answered with the usual certificate, or refused',
  verifies: { transport: ['tls/sni/other-name'] },
  observes: ['clean', 'refuses-unknown-names'],
  needs: ['tls'],
  async run(t) {
    t.observe((await (await t.rawTls()).hello({ serverName: UNKNOWN })).outcome());
    await t.connect();
  },
});

export const noName = defineCase({
  title: 'a client that names no host is answered with the usual certificate, or refused',
  verifies: { transport: ['tls/sni/none'] },
  observes: ['clean', 'needs-a-name'],
  needs: ['tls'],
  async run(t) {
    t.observe((await t.admission({ servername: '', verify: false })).how);
  },
});

export const warningAlert = defineCase({
  title: 'an unknown name is no reason for an alert that is only a warning',
  verifies: { transport: ['tls/sni/warning-alert'] },
  caughtBy: ['warns-of-unknown-names'],
  needs: ['tls', 'tls12', 'raw-tls'],
  async run(t) {
    const { flight } = await (await t.rawTls()).hello({ highest: 'tls12', serverName: UNKNOWN });
    const warned = flight.alerts.some(
      ({ level, description }) => level === 'warning' && description === ALERTS.unrecognizedName,
    );
    t.check(!warned, 'the server sends unrecognized_name as a warning', { expected: 'no alert, or a fatal one' });
    await t.connect();
  },
});

export const hostMismatch = defineCase({
  title: 'an upgrade whose Host is not the name of the handshake is served, or answered by 421',
  verifies: { transport: ['tls/sni/host-mismatch'] },
  observes: ['clean', 'refuses-unknown-names'],
  needs: ['tls'],
  over: 'websocket',
  async run(t) {
    t.observe((await t.admission({ servername: UNKNOWN, verify: false })).how);
    await t.connect();
  },
});

export const noAlpn = defineCase({
  title: 'a client that offers no application protocol finishes the handshake',
  verifies: { transport: ['tls/alpn/none'] },
  observes: ['clean', 'tls13-only'],
  needs: ['tls'],
  async run(t) {
    // Under TLS 1.2 the answer is plain.
    const raw = await (await t.rawTls()).hello({ highest: 'tls12' });
    const { hello } = raw.flight;
    const selected = (hello && selectedAlpn(hello)) ?? 'no protocol';
    const { tls, how } = await t.admission();
    t.observe(
      `TLS 1.2: ${raw.outcome()}, ${selected}; ${tls?.protocol ?? 'no TLS'}: ${how}, ${tls?.alpn ?? 'no protocol'}`,
    );
  },
});

export const http1 = defineCase({
  title: 'a client that offers http/1.1, as browsers do, is served',
  verifies: { transport: ['tls/alpn/http1'] },
  caughtBy: ['refuses-alpn'],
  needs: ['tls'],
  over: 'websocket',
  async run(t) {
    const admitted = await t.admission({ alpn: ['http/1.1'] });
    admitted.accepted();
    const chosen = admitted.tls?.alpn ?? 'http/1.1';
    t.check(chosen === 'http/1.1', `the server selects ${chosen}, which was not offered`, { expected: 'http/1.1' });
  },
});

export const h2AndHttp1 = defineCase({
  title: 'where h2 and http/1.1 are offered, what the server selects is what it speaks',
  verifies: { transport: ['tls/alpn/h2-and-http1'] },
  caughtBy: ['selects-first-protocol'],
  needs: ['tls'],
  over: 'websocket',
  async run(t) {
    const admitted = await t.admission({ alpn: ['h2', 'http/1.1'] });
    if (admitted.tls?.alpn !== 'h2') {
      admitted.accepted();
      return;
    }
    t.check(!admitted.isAccepted && admitted.status === undefined, 'the server selects h2, and speaks HTTP/1.1', {
      expected: 'HTTP/2, or http/1.1 selected',
      actual: admitted.how,
    });
    t.skip('the server selects h2: HTTP/2 is not spoken by these cases');
  },
});

export const unknownAlpn = defineCase({
  title: 'a server that selects protocols refuses a client that offers none of its own',
  verifies: { transport: ['tls/alpn/unknown'] },
  caughtBy: ['selects-any-protocol'],
  needs: ['tls'],
  async run(t) {
    const known = t.websocket ? 'http/1.1' : 'mqtt';
    const usual = await t.admission({ alpn: [known] });
    if (usual.tls?.alpn === undefined) return t.skip('the server selects no protocol of those that are offered');
    const raw = await (await t.rawTls()).hello({ alpn: ['mqttspec-unknown'] });
    raw.refused();
    const alert = raw.flight.fatal?.description ?? ALERTS.noApplicationProtocol;
    t.check(alert === ALERTS.noApplicationProtocol, `it is refused with ${raw.print()}`, {
      expected: 'alert 120 no_application_protocol',
    });
  },
});

export const mqttAlpn = defineCase({
  title: 'a client that offers mqtt only is served, or refused',
  verifies: { transport: ['tls/alpn/mqtt'] },
  observes: ['clean', 'ignores-alpn'],
  needs: ['tls'],
  over: 'websocket',
  async run(t) {
    const { how, tls } = await t.admission({ alpn: ['mqtt'] });
    t.observe(`${how}${tls === undefined ? '' : `, ${tls.alpn ?? 'nothing'} selected`}`);
    await t.connect();
  },
});
