/** Runs one instance: body, flush, what was left unclaimed, verdict. */
import type { Clock, SeededRandom } from '#io';
import { seededRandom } from '#io';
import { Recorder, type Dial } from '#net';
import type { InstanceResult, Picture } from '#results';
import { requirement, type Need, type Verdict } from '#spec';
import { isTls, type Target } from '#target';
import type { TranscriptEntry } from '#wire';
import type { Instance } from './case.ts';
import { CaseContext } from './context.ts';
import { Findings } from './findings.ts';
import type { Drivers } from './foreign.ts';
import type { Leftovers } from './leftovers.ts';
import { Aborted, SetupFailed, Skipped, Unmet } from './outcomes.ts';
import type { Capabilities, Scope, Timing } from './scope.ts';
import { Story } from './story.ts';
import { wrapUp } from './wrap-up.ts';

export interface Environment {
  readonly clock: Clock;
  readonly dial: Dial;
  readonly target: Target;
  readonly timing: Timing;
  readonly capabilities: Capabilities;
  readonly leftovers: Leftovers;
  readonly signal: AbortSignal;
  /** With the instance's id it seeds all that is random in it. */
  readonly seed: string;
  readonly onWire?: (entry: TranscriptEntry) => void;
  /** Clients of other hands, where they can be had. */
  readonly drivers?: Drivers;
  /** Milliseconds of the clock at which the run began. */
  readonly runStart?: number;
}

/** What ended the body, as verdict and reason; undefined: it came to its end or was stopped by a finding. */
type Outcome = { readonly verdict: Verdict; readonly reason: string } | undefined;

export async function executeInstance(instance: Instance, environment: Environment): Promise<InstanceResult> {
  const { clock, seed } = environment;
  const start = clock.now();
  const random: SeededRandom = seededRandom(`${seed}/${instance.id}`);
  const [primary] = instance.verifies;
  if (primary === undefined) throw new Error(`${instance.id} verifies nothing`);
  const scope: Scope = {
    ...environment,
    instance,
    random,
    recorder: new Recorder(clock, environment.onWire),
    findings: new Findings(clock, declaredOf(instance, environment.target)),
    story: new Story(clock),
    requirement: primary,
  };
  const row = instance.row === undefined ? undefined : instance.case.rows?.[instance.row];
  const context = new CaseContext<unknown>(scope, row);
  const outcome = await runBody(context);
  for (const client of context.clients) client.wire.abandon();
  for (const raw of context.raws) raw.abandon();
  const ran = result(context, outcome);
  const pictures = await picturesOf(context, ran.verdict);
  await context.dispose();
  return {
    ...ran,
    ...(pictures.length === 0 ? {} : { pictures }),
    startedMs: start - (environment.runStart ?? start),
    durationMs: clock.now() - start,
  };
}

/** What somebody has to look at shows what the pages looked like. */
async function picturesOf({ tabs }: CaseContext<unknown>, verdict: Verdict): Promise<Picture[]> {
  if (verdict === 'pass' || verdict === 'observed' || verdict === 'skip') return [];
  const pictures = await Promise.all(tabs.map(({ tab }) => tab.picture()));
  return pictures.filter((picture) => picture !== undefined);
}

/** Who names an endpoint of TLS promises TLS: what its listener owes by that alone is judged (levels CONTRACT). */
function declaredOf({ transport }: Instance, { declared }: Target): readonly Need[] {
  return isTls(transport) ? [...declared, 'tls', 'raw-tls'] : declared;
}

async function runBody(context: CaseContext<unknown>): Promise<Outcome> {
  const { scope } = context;
  try {
    await scope.instance.case.run(context);
    await wrapUp(context);
    return undefined;
  } catch (error) {
    return outcomeOf(scope, error);
  }
}

function outcomeOf(scope: Scope, error: unknown): Outcome {
  if (error instanceof Unmet) {
    scope.story.failed(error.message);
    return undefined;
  }
  if (error instanceof Skipped) return { verdict: 'skip', reason: error.message };
  if (error instanceof Aborted || scope.signal.aborted) return { verdict: 'not-run', reason: 'the run was ended' };
  if (error instanceof SetupFailed) {
    scope.story.failed(error.message);
    scope.findings.inconclusive(scope.requirement, error.message);
    return undefined;
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  scope.findings.error(scope.requirement, `the harness broke: ${message}`);
  return undefined;
}

function result(context: CaseContext<unknown>, outcome: Outcome): Omit<InstanceResult, 'startedMs' | 'durationMs'> {
  const { scope, observations } = context;
  const { instance, findings, story, recorder } = scope;
  const { worst } = findings;
  const verdict = verdictOf(context, outcome);
  const decisive = findings.list.find((finding) => finding.verdict === worst);
  const observed = observations.length > 0 ? observations.join('; ') : undefined;
  const reason =
    (verdict === outcome?.verdict ? outcome.reason : undefined) ?? reasonOf(verdict, decisive?.message) ?? observed;
  return {
    instance: instance.id,
    id: instance.case.id,
    ...(instance.row === undefined ? {} : { row: instance.row }),
    ...(instance.versioned ? { version: instance.version } : {}),
    transport: instance.transport,
    suite: instance.case.suite,
    title: instance.case.title,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    verifies: instance.verifies,
    ...(decisive?.expected === undefined ? {} : { expected: decisive.expected }),
    ...(decisive === undefined ? {} : { actual: decisive.actual ?? decisive.message }),
    steps: story.steps,
    findings: findings.list,
    transcript: recorder.transcript(),
    attempts: 1,
  };
}

/** A violation outweighs how the body ended; an observation needs to have been made. */
function verdictOf(context: CaseContext<unknown>, outcome: Outcome): Verdict {
  const { worst } = context.scope.findings;
  if (worst === 'error' || worst === 'fail') return worst;
  if (outcome !== undefined) return outcome.verdict;
  if (worst !== undefined) return worst;
  const open = context.scope.instance.verifies.every((key) => ['MAY', 'OBSERVE'].includes(requirement(key).level));
  return open ? (context.observations.length > 0 ? 'observed' : 'error') : 'pass';
}

function reasonOf(verdict: Verdict, message: string | undefined): string | undefined {
  if (verdict === 'error' && message === undefined) return 'the case observed nothing: it must call observe()';
  return verdict === 'pass' ? undefined : message;
}
