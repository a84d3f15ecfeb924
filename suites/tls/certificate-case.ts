/** The bodies that cases about single certificates share: let in, refused, either. */
import type { Admission, AdmissionInput, CaseContext, CaseDefinition } from '#kit';
import type { FaultName, Need, TransportKey, VariantName } from '#spec';
import { knownUserOnly, outcome, showing, shownTwice, usualIsServed, VERSIONS, type Version } from './showing.ts';

type Scenario = Extract<TransportKey, `cert/${string}`>;

interface About {
  readonly title: string;
  /** Where the certificate is named otherwise than the requirement. */
  readonly shows?: string;
  readonly needs?: readonly Need[];
  /** Default: TLS 1.3 and TLS 1.2. */
  readonly versions?: readonly Version[];
}

const rowsOf = ({ versions }: About): Readonly<Record<string, Version>> =>
  versions === undefined ? VERSIONS : Object.fromEntries(versions.map((version) => [version, version]));

const nameOf = (key: Scenario, { shows }: About): string => shows ?? key.slice('cert/'.length);

function header(key: Scenario, about: About): Pick<CaseDefinition<Version>, 'title' | 'verifies' | 'needs' | 'rows'> {
  const { title, needs = [] } = about;
  return { title, verifies: { transport: [key] }, needs: ['tls', 'mtls-required', ...needs], rows: rowsOf(about) };
}

/** A certificate that must be let in, by a resumed session too. */
export function letIn(
  key: Scenario,
  about: About & { readonly caughtBy: readonly FaultName[] },
): CaseDefinition<Version> {
  return {
    ...header(key, about),
    caughtBy: about.caughtBy,
    async run(t) {
      const asked = showing(t, nameOf(key, about), t.row);
      const { full, resumed } = await shownTwice(t, asked);
      if (full.stage === 'handshake' && full.alert === PROTOCOL_VERSION) t.skip(`no handshake of ${t.row}`);
      knownUserOnly(t, full, resumed);
      full.accepted();
      resumed?.accepted();
    },
  };
}

const PROTOCOL_VERSION = 70;

/** A certificate that must be refused, by a resumed session too; its twin is the usual client, before and after. */
export function refused(
  key: Scenario,
  about: About & { readonly caughtBy: readonly FaultName[]; readonly before?: string },
): CaseDefinition<Version> {
  return {
    ...header(key, about),
    caughtBy: about.caughtBy,
    async run(t) {
      await usualIsServed(t, t.row);
      if (about.before !== undefined) (await t.admission(showing(t, about.before, t.row))).setUp();
      const asked = showing(t, nameOf(key, about), t.row);
      const { full, resumed } = await shownTwice(t, asked);
      knownUserOnly(t, full, resumed);
      if (full.isAccepted) await compare(t, key, asked);
      full.rejected();
      resumed?.rejected();
      await usualIsServed(t, t.row);
    },
  };
}

/** A certificate that may be let in or refused. */
export function either(
  key: Scenario,
  about: About & { readonly observes: readonly [VariantName | 'clean', VariantName | 'clean'] },
): CaseDefinition<Version> {
  return {
    ...header(key, about),
    observes: about.observes,
    async run(t) {
      await usualIsServed(t, t.row);
      const asked = showing(t, nameOf(key, about), t.row);
      const seen = await shownTwice(t, asked);
      const elsewhere = await overOther(t, asked);
      const differs = elsewhere !== undefined && elsewhere.isAccepted !== seen.full.isAccepted;
      t.observe(outcome(seen) + (differs ? `; over ${otherOf(t)} of the same broker: ${elsewhere.how}` : ''));
    },
  };
}

const otherOf = (t: CaseContext<unknown>): 'wss' | 'mqtts' => (t.websocket ? 'mqtts' : 'wss');

/** The same question at the other listener with TLS; undefined: the target has none. */
async function overOther(t: CaseContext<unknown>, asked: AdmissionInput): Promise<Admission | undefined> {
  const other = otherOf(t);
  if (!t.scope.target.endpoints.some(({ transport }) => transport === other)) return undefined;
  return t.admission({ ...asked, door: t.websocket ? 'tcp' : 'websocket' });
}

/** What one listener lets in and the other refuses is a finding of its own. */
async function compare(t: CaseContext<unknown>, key: Scenario, asked: AdmissionInput): Promise<void> {
  const elsewhere = await overOther(t, asked);
  if (elsewhere?.isRejected !== true) return;
  const [here, there] = t.websocket ? ['wss', 'mqtts'] : ['mqtts', 'wss'];
  t.finding(key, `the listeners differ: let in over ${here}, refused over ${there} (${elsewhere.how})`);
}
