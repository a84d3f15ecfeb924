/** Showing a client certificate in all the ways that count: the newest version and TLS 1.2, a full handshake and a resumed one. */
import type { Admission, AdmissionInput, CaseContext } from '#kit';

type Context = CaseContext<unknown>;

/** The rows of every case about a client certificate: which version is spoken at most. */
export const VERSIONS = { 'TLSv1.3': 'TLSv1.3', 'TLSv1.2': 'TLSv1.2' } as const;
export type Version = keyof typeof VERSIONS;

/** Our own OpenSSL has to show weak certificates, too. */
const ANY_STRENGTH = 'DEFAULT@SECLEVEL=0';

/** A handshake with the certificate of a scenario; without `version` in the newest one that both speak. */
export function showing(t: CaseContext<unknown>, id: string, version?: Version): AdmissionInput {
  const only = version === undefined ? {} : { minVersion: version, maxVersion: version };
  return { client: t.pki.client(id), ...only, ciphers: ANY_STRENGTH };
}

/** The listener lets its usual client in, by a certificate that it asked for; else nothing can be tried. */
export async function usualIsServed(t: Context, version: Version): Promise<void> {
  const usual = await t.admission({ minVersion: version, maxVersion: version });
  if (usual.isAccepted && usual.tls?.shown === 'not-asked') {
    t.skip('the listener asks for no certificate, so none can be shown to it: see cert/client-none');
  }
  if (!usual.isAccepted && usual.stage === 'handshake') t.skip(`no handshake of ${version}: ${usual.how}`);
  usual.setUp();
}

/** Shown in a full handshake, and again with whatever session that left. */
export async function shownTwice(
  t: Context,
  asked: AdmissionInput,
): Promise<{ readonly full: Admission; readonly resumed?: Admission }> {
  const full = await t.admission(asked);
  mustBeShown(t, full, asked);
  const ticket = await full.ticket();
  if (ticket === undefined) return { full };
  const resumed = await t.admission({ ...asked, ticket });
  return { full, resumed };
}

/** What never left our side says nothing about the server: its signature algorithms may not fit. */
function mustBeShown(t: Context, { tls }: Admission, { client }: AdmissionInput): void {
  if (client === 'none' || tls === undefined || tls.reused || tls.shown === 'shown') return;
  t.skip('our side did not show it: the server asks for other signature algorithms');
}

/** Who is refused by CONNACK where the certificate names the user may only be a user whom nobody knows. */
export function knownUserOnly(t: Context, ...admissions: readonly (Admission | undefined)[]): void {
  const refused = admissions.find((one) => one?.stage === 'connect' && one.reasonCode !== undefined);
  if (refused === undefined || !t.scope.target.declared.includes('identity')) return;
  t.skip(`TLS lets it in, ${refused.how} may be about a user whom the broker does not know`);
}

/** `accepted; resumed: accepted`. */
export function outcome({ full, resumed }: { readonly full: Admission; readonly resumed?: Admission }): string {
  if (resumed === undefined) return `${full.how}; no session to resume`;
  return `${full.how}; ${resumed.tls?.reused === true ? 'resumed' : 'again'}: ${resumed.how}`;
}
