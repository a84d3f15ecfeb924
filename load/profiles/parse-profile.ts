import * as v from 'valibot';
import { METRIC_NAMES, parseThreshold, ThresholdError } from '#results';
import { nearest } from '#target';
import { ProfileError } from './profile-error.ts';
import { PROFILE_FORMAT, type Profile } from './profile.ts';
import { profileSchema } from './schema.ts';
import { withValues } from './with-values.ts';

/** Checks what a profile file holds. `where` begins each message: the name of the file. Throws `ProfileError`. */
export function parseProfile(value: unknown, where = 'the profile'): Profile {
  if (typeof value !== 'object' || value === null || (value as { format?: unknown }).format !== PROFILE_FORMAT) {
    throw new ProfileError(
      'PROFILE_INVALID',
      `${where}: not a profile`,
      `a profile begins with "format": "${PROFILE_FORMAT}"`,
    );
  }
  const parsed = v.safeParse(profileSchema, value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue);
    throw new ProfileError('PROFILE_INVALID', `${where}: ${path === null ? '' : `${path}: `}${said(issue, path)}`);
  }
  checkNames(parsed.output, where);
  return parsed.output;
}

function said(issue: v.BaseIssue<unknown>, path: string | null): string {
  if (issue.expected === 'never' && path !== null) return 'there is no such field';
  if (issue.received === 'undefined') return 'it is missing';
  return issue.message.startsWith('Invalid') ? issue.message : `${issue.received} is not ${issue.message}`;
}

/** All that is referred to is there: parameters, populations, metrics. */
function checkNames(profile: Profile, where: string): void {
  const populations = profile.populations.map(({ name }) => name);
  const fail = (message: string, hint?: string): never => {
    throw new ProfileError('PROFILE_INVALID', `${where}: ${message}`, hint);
  };
  const twice = populations.find((name, index) => populations.indexOf(name) !== index);
  if (twice !== undefined) fail(`two populations are called ${twice}`);
  for (const stage of profile.stages) {
    for (const activity of stage.do) {
      for (const name of activity.who) {
        if (populations.includes(name)) continue;
        fail(`stage ${stage.name}: there is no population '${name}'`, `the populations are ${populations.join(', ')}`);
      }
      if (activity.do === 'publish') {
        const silent = activity.who.find(
          (name) => profile.populations.find((one) => one.name === name)?.publish === undefined,
        );
        if (silent !== undefined) fail(`stage ${stage.name}: the population ${silent} has nothing to publish`);
      }
    }
  }
  const parameters = Object.keys(profile.parameters);
  const defaults = Object.fromEntries(Object.entries(profile.parameters).map(([name, one]) => [name, one.default]));
  for (const name of referred(profile)) {
    if (parameters.includes(name)) continue;
    const meant = nearest(name, parameters);
    fail(`there is no parameter '${name}'`, meant === undefined ? undefined : `did you mean $${meant}?`);
  }
  for (const thresholds of [
    profile.thresholds,
    ...profile.stages.flatMap(({ steps }) => (steps === undefined ? [] : [steps.holds])),
  ]) {
    for (const [metric, expressions] of Object.entries(thresholds)) {
      for (const expression of expressions) checkedThreshold(metric, withValues(expression, defaults), `${where}: `);
    }
  }
}

/** Throws `ProfileError`, with the nearest metric. `before` begins the message. */
export function checkedThreshold(metric: string, expression: string, before = ''): ReturnType<typeof parseThreshold> {
  try {
    return parseThreshold(metric, expression);
  } catch (error) {
    if (!(error instanceof ThresholdError)) throw error;
    const meant = error.unknownMetric ? nearest(metric, METRIC_NAMES) : undefined;
    const hint =
      meant === undefined
        ? error.unknownMetric
          ? `metrics: ${METRIC_NAMES.join(', ')}`
          : undefined
        : `did you mean ${meant}?`;
    throw new ProfileError('PROFILE_THRESHOLD', `${before}${error.message}`, hint);
  }
}

/** Names of all parameters that a text anywhere in the profile refers to. */
function referred(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^\$[A-Za-z][A-Za-z0-9]*$/.test(value) ? [value.slice(1)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'description' || key === 'title' ? [] : referred(each),
  );
}
