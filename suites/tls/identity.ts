/** Who a client is, where its certificate says so: itself, in a full handshake and in a resumed one, and nobody else. */
import { defineCase, message, type Admission, type CaseContext } from '#kit';
import type { RequirementKey } from '#spec';
import { either } from './certificate-case.ts';
import { isNotThatUser, isThatUser, mustReach, ownTopic, publishAndLeave, witness } from './own-topics.ts';
import { showing, usualIsServed, VERSIONS, type Version } from './showing.ts';

type Context = CaseContext<Version>;

const NEEDS = ['tls', 'mtls-required', 'identity', 'acl'] as const;
const DEVICES = ['device-1', 'device-10'] as const;
type Device = (typeof DEVICES)[number];
const other = (device: Device): Device => (device === 'device-1' ? 'device-10' : 'device-1');
const certificateOf = (t: Context, device: Device) => showing(t, `client-cn-${device}`, t.row);

/** Both are there, each reaches its own topic; then the one is asked twice, for what is its own and for what isn't. */
async function isItself(
  t: Context,
  device: Device,
  admitted: () => Promise<Admission>,
  breaks: RequirementKey,
): Promise<void> {
  const [own, foreign] = [ownTopic(t, device), ownTopic(t, other(device))];
  const sees = await witness(t, own, foreign);
  await mustReach(t, sees, foreign, certificateOf(t, other(device)));
  await isThatUser(t, { witness: sees, topic: own, client: (await admitted()).accepted(breaks), breaks });
  // The other one again: who mixes clients up takes the next for the last.
  (await t.admission(certificateOf(t, other(device)))).setUp();
  const client = (await admitted()).accepted(breaks);
  await isNotThatUser(t, { witness: sees, topic: foreign, client, breaks }, certificateOf(t, other(device)));
}

function itself(device: Device, breaks: `cert/client-cn-${Device}`) {
  return async (t: Context): Promise<void> => {
    await usualIsServed(t, t.row);
    await isItself(t, device, () => t.admission(certificateOf(t, device)), breaks);
  };
}

export const shorterName = defineCase<Version>({
  title: 'a client is the user that its certificate names, and not another whose name begins alike',
  verifies: { transport: ['cert/client-cn-device-1'] },
  caughtBy: ['identity-of-client-before'],
  needs: NEEDS,
  rows: VERSIONS,
  run: itself('device-1', 'cert/client-cn-device-1'),
});

export const longerName = defineCase<Version>({
  title: 'a client is the user that its certificate names, and not another whose name is a part of it',
  verifies: { transport: ['cert/client-cn-device-10'] },
  caughtBy: ['identity-by-part-of-name', 'identity-of-client-before'],
  needs: NEEDS,
  rows: VERSIONS,
  run: itself('device-10', 'cert/client-cn-device-10'),
});

export const userName = defineCase<Version>({
  title: 'the user is who the certificate names, whatever user name CONNECT has, or CONNECT is refused',
  verifies: { transport: ['tls/identity/never-wrong'] },
  caughtBy: ['believes-user-name', 'identity-of-client-before'],
  needs: NEEDS,
  rows: VERSIONS,
  async run(t) {
    const [device, another] = DEVICES;
    const topic = ownTopic(t, another);
    const sees = await witness(t, topic);
    await mustReach(t, sees, topic, certificateOf(t, another));
    (await t.admission(certificateOf(t, device))).setUp();
    (await t.admission(certificateOf(t, another))).setUp();
    const asked = await t.admission({ ...certificateOf(t, device), connect: { username: another } });
    if (asked.isRejected) return;
    await isNotThatUser(
      t,
      { witness: sees, topic, client: asked.accepted(), breaks: 'tls/identity/never-wrong' },
      certificateOf(t, another),
    );
  },
});

export const resumed = defineCase<Version>({
  title: 'a client that resumes a session of TLS is the user that it was',
  verifies: { transport: ['tls/resumption/identity'] },
  caughtBy: ['forgets-identity-on-resumption', 'mixes-identities-on-resumption'],
  needs: NEEDS,
  rows: VERSIONS,
  async run(t) {
    const [device] = DEVICES;
    const asked = certificateOf(t, device);
    const first = await t.admission(asked);
    first.setUp();
    const ticket = await first.ticket();
    if (ticket === undefined) return t.skip('the server gives no session to resume');
    const again = await t.admission({ ...asked, ticket });
    if (again.tls?.reused !== true) return t.skip(`a session is not resumed, but a full handshake done: ${again.how}`);
    again.accepted();
    await isItself(t, device, () => t.admission({ ...asked, ticket }), 'tls/resumption/identity');
  },
});

export const resumedByAnother = defineCase<Version>({
  title: 'a client that resumes the session of another certificate than its own is never both',
  verifies: { transport: ['tls/resumption/identity'] },
  caughtBy: ['mixes-identities-on-resumption'],
  needs: NEEDS,
  rows: VERSIONS,
  async run(t) {
    const [device, another] = DEVICES;
    const first = await t.admission(certificateOf(t, device));
    first.setUp();
    const ticket = await first.ticket();
    if (ticket === undefined) return t.skip('the server gives no session to resume');
    const topic = ownTopic(t, another);
    const sees = await witness(t, topic);
    await mustReach(t, sees, topic, certificateOf(t, another));
    const asked = await t.admission({ ...certificateOf(t, another), ticket });
    // The session speaks for the certificate that it was made with: the other one is not shown.
    if (asked.tls?.reused !== true) return t.skip(`the session is not resumed: ${asked.how}`);
    if (asked.isRejected) return;
    await isNotThatUser(
      t,
      { witness: sees, topic, client: asked.accepted(), breaks: 'tls/resumption/identity' },
      certificateOf(t, another),
    );
  },
});

export const resumedRevoked = defineCase<Version>({
  title: 'a client whose certificate is revoked is not let in by a session of TLS that it was given',
  verifies: { transport: ['tls/resumption/revoked'] },
  caughtBy: ['resumes-refused-sessions'],
  needs: ['tls', 'mtls-required', 'crl'],
  rows: VERSIONS,
  async run(t) {
    await usualIsServed(t, t.row);
    const asked = showing(t, 'client-revoked', t.row);
    const first = await t.admission(asked);
    if (first.isAccepted) return t.skip('it is let in by a full handshake already: see cert/client-revoked');
    const ticket = await first.ticket();
    if (ticket === undefined) return t.skip('the server gives no session to a client that it refuses');
    (await t.admission({ ...asked, ticket })).rejected();
    await usualIsServed(t, t.row);
  },
});

/** Names that are none, or several, or hold what separates. */
const ODD = {
  empty: 'client-cn-empty',
  'empty-subject': 'client-cn-empty-subject',
  'san-only': 'client-cn-san-only',
  'two-names': 'client-cn-two-cn',
  wildcard: 'client-cn-wildcard',
  nul: 'client-cn-nul',
} as const;

export const oddNames = defineCase<(typeof ODD)[keyof typeof ODD]>({
  title: 'a subject that names no user, or several, or holds wildcards or U+0000, gives nobody the rights of another',
  verifies: { transport: ['tls/identity/never-wrong'] },
  caughtBy: ['cuts-names-at-nul', 'reads-names-as-filters', 'identity-of-client-before'],
  needs: NEEDS,
  rows: ODD,
  async run(t) {
    const [device] = DEVICES;
    const owner = showing(t, `client-cn-${device}`);
    const topic = ownTopic(t, device);
    const wide = ownTopic(t, 'a/x');
    const sees = await witness(t, topic, wide);
    await mustReach(t, sees, topic, owner);
    const asked = await t.admission(showing(t, t.row));
    if (asked.isRejected) return;
    const client = asked.accepted();
    const breaks = 'tls/identity/never-wrong';
    await publishAndLeave(t, client, wide, 'not mine');
    const again = (await t.admission(showing(t, t.row))).accepted();
    await isNotThatUser(t, { witness: sees, topic, client: again, breaks }, owner);
    const widened = sees.link.unclaimed.some((event) => message(wide, 'not mine').claims(event));
    t.check(!widened, 'the wildcards of the name widen what the client may publish to', { breaks, actual: wide });
  },
});

export const empty = defineCase(
  either('cert/client-cn-empty', {
    title: 'a certificate with an empty common name is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'takes-first-of-names'],
  }),
);

export const emptySubject = defineCase(
  either('cert/client-cn-empty-subject', {
    title: 'a certificate with an empty subject is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'lets-nameless-in'],
  }),
);

export const alternativeNameOnly = defineCase(
  either('cert/client-cn-san-only', {
    title: 'a certificate with an alternative name only is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'lets-nameless-in'],
  }),
);

export const twoNames = defineCase(
  either('cert/client-cn-two-cn', {
    title: 'a certificate with two common names is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'takes-first-of-names'],
  }),
);

export const beyondAscii = defineCase(
  either('cert/client-cn-utf8', {
    title: 'a certificate whose common name is beyond ASCII is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'takes-plain-names-only'],
  }),
);

export const bmpString = defineCase(
  either('cert/client-cn-bmp', {
    title: 'a certificate whose common name is a BMPString is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'takes-plain-names-only'],
  }),
);

export const wildcard = defineCase(
  either('cert/client-cn-wildcard', {
    title: 'a certificate whose common name holds wildcards is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'takes-first-of-names'],
  }),
);

export const nul = defineCase(
  either('cert/client-cn-nul', {
    title: 'a certificate whose common name holds U+0000 is let in, or refused',
    needs: ['identity'],
    observes: ['clean', 'takes-first-of-names'],
  }),
);

export const takeover = defineCase({
  title: 'a client with another certificate takes a client identifier over, or is refused',
  verifies: { transport: ['tls/identity/takeover-other-cert'] },
  observes: ['clean', 'lets-nobody-take-over'],
  needs: ['tls', 'mtls-required', 'identity'],
  async run(t) {
    const [device, another] = DEVICES;
    const shown = (name: Device) => ({ client: t.pki.client(`client-cn-${name}`) });
    const old = (await t.admission(shown(device))).setUp();
    old.wellBehaved = false;
    old.link.endExpected = true;
    const asked = await t.admission({ ...shown(another), connect: { clientId: old.id } });
    if (asked.isAccepted) await old.link.waitForEnd(t.timing.graceMs);
    t.observe(`${asked.how}; the old connection ${old.link.ended ? 'ended' : 'lives'}`);
  },
});
