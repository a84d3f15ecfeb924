/** Pages over `wss:`: what the store of a browser decides, and client certificates in it. */
import { defineCase } from '#kit';

export const rootDecides = defineCase({
  title:
    'a page connects over wss once the root is in the store of its browser, by the certificates that are sent alone',
  verifies: { transport: ['tls/chain/complete', 'tls/cert/name', 'tls/cert/valid-now', 'ws/browser/connects'] },
  caughtBy: [
    'sends-no-issuer',
    'shows-expired-certificate',
    'shows-certificate-of-other-host',
    'shows-client-certificate',
  ],
  needs: ['browser', 'tls'],
  over: 'websocket',
  async run(t) {
    const { ca, verify } = t.scope.target.tls;
    if (!verify) t.skip('certificates of the target are not verified (--insecure)');
    if (ca !== undefined) {
      const before = await (await t.tab({ tls: { verify } })).socket();
      t.scope.story.tell(
        before.opened ? 'the browser trusts it without' : `without the root: ${before.failure ?? '1006'}`,
      );
    }
    const tab = await t.tab();
    const client = await tab.connect('own');
    await client.subscribe(t.topic(), 0);
    await client.publish(t.topic(), 'over TLS');
    await client.message();
    await client.end();
  },
});

export const clientCertificate = defineCase({
  title: 'a page is let in by the client certificate of its browser, and not without one',
  verifies: { transport: ['cert/client-valid-ec-p256', 'cert/client-none'] },
  caughtBy: ['accepts-no-certificate', 'refuses-p256-certificates'],
  needs: ['browser', 'tls', 'mtls-required'],
  over: 'websocket',
  async run(t) {
    const { ca, verify } = t.scope.target.tls;
    const { cert, key } = t.pki.client('client-valid-ec-p256');
    const roots = { verify, ...(ca === undefined ? {} : { ca }) };
    const shown = await (await t.tab({ tls: { ...roots, cert, key } })).refusal();
    t.check(shown === undefined, `a page with a client certificate is refused: ${shown}`, {
      breaks: 'cert/client-valid-ec-p256',
      expected: '101 and CONNACK 0x00',
      actual: shown ?? '',
    });
    const without = await (await t.tab({ tls: roots })).refusal();
    t.scope.story.tell(`without one: ${without ?? 'let in'}`);
    t.check(without !== undefined, 'a page without client certificate is let in', {
      breaks: 'cert/client-none',
      expected: 'no 101, or no CONNACK 0x00',
      actual: '101 and CONNACK 0x00',
    });
  },
});
