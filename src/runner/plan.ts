/** Which instances run, and which don't, and why. */
import { instancesOf, type Case, type Instance, type Risk } from '#kit';
import type { MqttVersion } from '#spec';
import type { Target } from '#target';
import { SelectionError } from './errors.ts';
import { missingNeed, type Circumstances } from './needs.ts';
import { selectableInstance } from './selectable.ts';
import type { Selection } from './selection.ts';

export interface Plan {
  readonly run: readonly Instance[];
  /** Left out, each with its reason. */
  readonly skipped: readonly { readonly instance: Instance; readonly reason: string }[];
  /** For the conclusion: `3 destructive cases (the target is not loopback)`. */
  readonly leftOut: readonly string[];
  /** True where the selection took a part only. */
  readonly partial: boolean;
}

export interface PlanInput {
  readonly cases: readonly Case[];
  readonly target: Target;
  readonly versions: readonly MqttVersion[];
  readonly selection: Selection;
  readonly allow: readonly Risk[];
  readonly circumstances: Circumstances;
}

/** Throws `SelectionError` where nothing is selected. */
export function makePlan(input: PlanInput): Plan {
  const { cases, target, versions, selection, circumstances } = input;
  const all = instancesOf(cases, { versions, endpoints: target.endpoints });
  const chosen = all.filter((instance) => selection.matches(selectableInstance(instance)));
  if (chosen.length === 0) throw nothingSelected(selection, all.length);
  const run: Instance[] = [];
  const skipped: { instance: Instance; reason: string }[] = [];
  const risky = new Map<Risk, number>();
  for (const instance of chosen) {
    const risk = instance.case.risk ?? 'gentle';
    const allowed = risk === 'gentle' || target.loopback || input.allow.includes(risk);
    const reason = allowed
      ? missingNeed(instance, circumstances)
      : `${risk}, and the target is not loopback (--allow ${risk})`;
    if (reason === undefined) run.push(instance);
    else skipped.push({ instance, reason });
    if (!allowed) risky.set(risk, (risky.get(risk) ?? 0) + 1);
  }
  const leftOut = [...risky].map(
    ([risk, count]) => `${count} ${risk} ${count === 1 ? 'case' : 'cases'} (the target is not loopback)`,
  );
  return { run, skipped, leftOut, partial: chosen.length < all.length };
}

/** Before the target is even dialled: what could this selection match? Throws `SelectionError` where nothing. */
export function checkSelection(selection: Selection, cases: readonly Case[], target: Target): Instance[] {
  const versions = target.versions ?? (['3.1.1', '5.0'] as const);
  const all = instancesOf(cases, { versions, endpoints: target.endpoints });
  const chosen = all.filter((instance) => selection.matches(selectableInstance(instance)));
  if (chosen.length === 0) throw nothingSelected(selection, all.length);
  return chosen;
}

function nothingSelected({ text }: Selection, of: number): SelectionError {
  const what = text === '' ? 'there is no case for this target' : `no case matches "${text}"`;
  const hint =
    'mqttspec list cases shows all; words, suite:connect, id:connect/*, req:5.0/MQTT-3.1.*, !negation select';
  return new SelectionError('SELECTION_EMPTY', `${what} (of ${of} that fit the target)`, hint);
}
