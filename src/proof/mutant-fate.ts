/** What becomes of a generated mutant: a case catches it, it is an allowed behaviour, or somebody must look. */
import { DECISIONS, VARIANT_ALTERATIONS, type Alteration, type Mutant } from '#broker';
import { VARIANTS, type FaultName, type VariantName } from '#spec';
import type { Prospect } from './foresee.ts';
import { isReported } from './judge.ts';
import { isNormal, isReached, type Reach } from './reach.ts';
import { ENDLESS, runOneAlone } from './run-alone.ts';
import { TRIAGE, triaged } from './triage.ts';

export type Fate =
  | { readonly kind: 'caught'; readonly by: string }
  | { readonly kind: 'variant'; readonly name: VariantName }
  /** No client can tell. */
  | { readonly kind: 'equivalent'; readonly reason: string }
  /** The standards leave it to a server. */
  | { readonly kind: 'allowed'; readonly reason: string }
  /** It is one half of a named fault, which a case names. */
  | { readonly kind: 'covered'; readonly by: FaultName }
  /** It decides what is decided anyway, as far as the cases go. */
  | { readonly kind: 'normal' }
  /** No case comes to where it could show; why, as far as the triage says so. */
  | { readonly kind: 'unreached'; readonly reason: string | undefined }
  /** Cases come there and see nothing. `known`: the triage says so too. */
  | { readonly kind: 'open'; readonly known: boolean };

export interface FateRow {
  readonly mutant: string;
  readonly fate: Fate;
}

/** Runs the instances that it can make a difference to, until one of them reports it. */
export async function fateOf(mutant: Mutant, foreseen: readonly Prospect[], reach: Reach): Promise<FateRow> {
  const settled = settledFate(mutant, reach);
  if (settled !== undefined) return { mutant: mutant.id, fate: settled };
  const options = { alterations: [mutant.alteration], maximumEvents: ENDLESS };
  let met = false;
  for (const one of foreseen) {
    if (!(await one.differs(mutant.id, options))) continue;
    met = true;
    if (isReported(await runOneAlone(one.instance, options))) {
      return { mutant: mutant.id, fate: { kind: 'caught', by: one.instance.id } };
    }
  }
  return { mutant: mutant.id, fate: met ? uncaught(mutant.id) : uncovered(mutant.id) };
}

/** Cases meet it, and report nothing. */
function uncaught(id: string): Fate {
  const reason = TRIAGE.equivalent[id];
  if (reason !== undefined) return { kind: 'equivalent', reason };
  const permission = TRIAGE.allowed[id];
  if (permission !== undefined) return { kind: 'allowed', reason: permission };
  const by = TRIAGE.covered[id];
  return by === undefined ? { kind: 'open', known: TRIAGE.open.includes(id) } : { kind: 'covered', by };
}

/** No case meets it. */
function uncovered(id: string): Fate {
  const by = TRIAGE.covered[id];
  return by === undefined ? { kind: 'unreached', reason: TRIAGE.unreached[id] } : { kind: 'covered', by };
}

/** What can be told without running it. */
function settledFate({ id, alteration }: Mutant, reach: Reach): Fate | undefined {
  if (!isReached(alteration, reach)) return uncovered(id);
  if (isNormal(alteration, reach)) return { kind: 'normal' };
  const name = equalVariant(alteration);
  return name === undefined ? undefined : { kind: 'variant', name };
}

/** The variant that does the same, where rules and decisions are all that either touches. */
function equalVariant(mutant: Alteration): VariantName | undefined {
  return (Object.keys(VARIANTS) as VariantName[]).find((name) => isSame(mutant, VARIANT_ALTERATIONS[name]));
}

function isSame(one: Alteration, other: Alteration): boolean {
  if ([one, other].some(({ rewrite, bytes, when, limits }) => rewrite ?? bytes ?? when ?? limits)) return false;
  const names = Object.keys(one.decide ?? {});
  if (sorted(one.waive) !== sorted(other.waive) || sorted(names) !== sorted(Object.keys(other.decide ?? {})))
    return false;
  return names.every((name) => decidesAlike(name as keyof typeof DECISIONS, one, other));
}

const sorted = (names: readonly string[] = []): string => names.toSorted().join();

function decidesAlike(name: keyof typeof DECISIONS, one: Alteration, other: Alteration): boolean {
  type Choice = (normal: unknown, about: object) => unknown;
  const [mine, theirs] = [one.decide?.[name] as Choice, other.decide?.[name] as Choice];
  return DECISIONS[name].domain.every((normal) => Object.is(mine(normal, {}), theirs(normal, {})));
}

export function fateRowText({ mutant, fate }: FateRow): string {
  return `${mutant.padEnd(48)} ${fateText(fate)}\n`;
}

export function fatesSummary(rows: readonly FateRow[]): string {
  const count = (kind: Fate['kind']): number => rows.filter(({ fate }) => fate.kind === kind).length;
  const unknown = rows.filter(({ fate }) => isUnknown(fate)).length;
  return [
    '',
    `${rows.length} mutants: ${count('caught')} caught, ${count('variant')} equal a variant, ` +
      `${count('covered')} are half of a named fault, ${count('normal')} decide as usual, ${count('equivalent')} equivalent, ` +
      `${count('allowed')} allowed, ${count('unreached')} where no case comes, ${count('open')} open; ` +
      `${unknown} of all are not explained by the triage.`,
    ...staleEntries(rows).map((id) => `stale in the triage: ${id}`),
    '',
  ].join('\n');
}

/** Neither caught nor explained: somebody must look. */
export const isUnknown = (fate: Fate): boolean =>
  (fate.kind === 'open' && !fate.known) || (fate.kind === 'unreached' && fate.reason === undefined);

/** Entries of the triage that are caught by now, or equal a variant: `open` may only shrink. */
export function staleEntries(rows: readonly FateRow[]): string[] {
  const settled = rows.filter(({ fate }) => fate.kind === 'caught' || fate.kind === 'variant').map((row) => row.mutant);
  return triaged().filter((id) => settled.includes(id));
}

function fateText(fate: Fate): string {
  switch (fate.kind) {
    case 'caught':
      return `caught by ${fate.by}`;
    case 'variant':
      return `equals the variant ${fate.name}`;
    case 'normal':
      return 'decides as usual';
    case 'covered':
      return `half of the fault ${fate.by}`;
    case 'unreached':
      return `no case comes there: ${fate.reason ?? 'UNKNOWN TO THE TRIAGE'}`;
    case 'equivalent':
      return `equivalent: ${fate.reason}`;
    case 'allowed':
      return `allowed: ${fate.reason}`;
    case 'open':
      return fate.known ? 'open' : 'OPEN, and unknown to the triage';
  }
}
