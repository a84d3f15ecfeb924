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
