/** Something illegal, proved by its control twin: the undeviating octets are accepted, and their connection outlives the deviation. */
import type { RequirementKey } from '#spec';
import type { Connect } from '#wire';
import type { Client, Sendable } from './client.ts';
import type { CaseContext } from './context.ts';
import { ended, type EndMatcher } from './end-matcher.ts';
import type { Matcher } from './matcher.ts';
import { SetupFailed, Unmet } from './outcomes.ts';

type Context = CaseContext<unknown>;

export interface Deviation {
  /** The same without the deviation, sent on a connection of its own. */
  readonly control: Sendable | readonly Sendable[];
  /** What answers the control; absent: only that its connection lives on. */
  readonly answer?: Matcher;
  readonly deviant: Sendable | readonly Sendable[];
  /** Default: the connection ends. */
  readonly outcome?: EndMatcher;
  /** Default: the case's first requirement. */
  readonly breaks?: RequirementKey;
  /** Prepares both connections alike. */
  readonly setUp?: (client: Client) => Promise<void>;
}

export async function deviation(t: Context, input: Deviation): Promise<Client> {
  const twin = await t.connect();
  await input.setUp?.(twin);
  await accepted(t, async () => {
    await twin.send(...list(input.control));
    if (input.answer !== undefined) await twin.expect(input.answer);
    await twin.ping();
  });
  const client = await t.connect();
  await input.setUp?.(client);
  await client.send(...list(input.deviant));
  await client.expect(input.outcome ?? ended(), input.breaks === undefined ? {} : { breaks: input.breaks });
  await twin.ping();
  return client;
}

export interface ConnectDeviation {
  readonly deviant: Sendable | readonly Sendable[];
  /** Fields of the undeviating CONNECT. */
  readonly control?: Partial<Omit<Connect, 'type'>>;
  readonly outcome?: EndMatcher;
  readonly breaks?: RequirementKey;
}

export async function connectDeviation(t: Context, input: ConnectDeviation): Promise<Client> {
  const twin = await t.connect(input.control ?? {});
  const client = await t.open();
  await client.send(...list(input.deviant));
  await client.expect(input.outcome ?? ended(), input.breaks === undefined ? {} : { breaks: input.breaks });
  await twin.ping();
  return client;
}

export interface Deviations {
  /** The same without the deviation. */
  readonly control: Sendable | readonly Sendable[];
  readonly answer?: Matcher;
  /** Each is sent on a connection of its own, which must end. */
  readonly deviants: readonly Sendable[];
  /** Default: the case's first requirement. */
  readonly breaks?: RequirementKey;
  readonly setUp?: (client: Client) => Promise<void>;
  /** True: they are what comes first on a connection, in place of CONNECT. */
  readonly first?: true;
}

/** Connections at once. */
const ABREAST = 6;

/** Several deviations from one control: every one that is accepted is a finding of its own. */
export async function deviations(t: Context, input: Deviations): Promise<void> {
  const { control, answer, setUp, breaks, first, deviants } = input;
  const twin = first === true ? await t.open() : await t.connect();
  await setUp?.(twin);
  await accepted(t, async () => {
    await twin.send(...list(control));
    if (answer !== undefined) await twin.expect(answer);
    await twin.ping();
  });
  const ends = async (deviant: Sendable): Promise<void> => {
    const client = first === true ? await t.open() : await t.connect();
    await setUp?.(client);
    await client.send(deviant);
    await client.expect(ended(), breaks === undefined ? {} : { breaks });
  };
  for (let at = 0; at < deviants.length; at += ABREAST) {
    const results = await Promise.allSettled(deviants.slice(at, at + ABREAST).map(ends));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
  await twin.ping();
}

/** Where the twin itself isn't served, the deviation proves nothing. */
async function accepted(t: Context, twin: () => Promise<void>): Promise<void> {
  const before = t.scope.findings.list.length;
  try {
    await twin();
  } catch (error) {
    if (!(error instanceof Unmet)) throw error;
    // What the twin missed is the set-up's matter; violations that the referee raised stay.
    const own = t.scope.findings.list.splice(before).filter((finding) => finding.by === 'referee');
    t.scope.findings.list.push(...own);
    throw new SetupFailed(`the control twin was not served: ${error.message}`);
  }
}

const list = (input: Sendable | readonly Sendable[]): readonly Sendable[] =>
  Array.isArray(input) ? (input as readonly Sendable[]) : [input as Sendable];
