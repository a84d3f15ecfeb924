/** Values of parameters: defaults, changed by what the user set. */
import { nearest } from '#target';
import { ProfileError } from './profile-error.ts';
import type { Parameter, Profile } from './profile.ts';

export type ParameterValue = number | string | boolean;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** `set` holds texts as typed: `50`, `1.5`, `10K`, `2M`. Throws `ProfileError`. */
export function parameterValues(profile: Profile, set: Readonly<Record<string, string>>): ParameterValues {
  const { parameters } = profile;
  for (const name of Object.keys(set)) {
    if (Object.hasOwn(parameters, name)) continue;
    const all = Object.keys(parameters);
    const meant = nearest(name, all);
    const hint =
      meant === undefined
        ? `its parameters: ${all.join(', ')}`
        : `did you mean ${meant}? All of them: ${all.join(', ')}`;
    throw new ProfileError('PROFILE_PARAMETER', `the profile ${profile.name} has no parameter '${name}'`, hint);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const typed = set[name];
      return [name, typed === undefined ? parameter.default : read(name, parameter, typed)] as const;
    }),
  );
}

function read(name: string, parameter: Parameter, typed: string): ParameterValue {
  const wrong = (wanted: string): never => {
    throw new ProfileError('PROFILE_PARAMETER', `${name}=${typed}: it takes ${wanted}`, parameter.title);
  };
  if (typeof parameter.default === 'boolean') {
    return typed === 'true' || typed === 'yes'
      ? true
      : typed === 'false' || typed === 'no'
        ? false
        : wrong('true or false');
  }
  if (typeof parameter.default === 'string') {
    const { choices } = parameter;
    return choices === undefined || choices.includes(typed) ? typed : wrong(choices.join(', '));
  }
  const { min = 0, max = Number.MAX_SAFE_INTEGER, fraction = false } = parameter;
  const value = numberOf(typed);
  if (value !== undefined && value >= min && value <= max && (fraction || Number.isInteger(value))) return value;
  const kind = fraction ? 'a number' : 'a whole number';
  return wrong(max === Number.MAX_SAFE_INTEGER ? `${kind} of at least ${min}` : `${kind} from ${min} to ${max}`);
}

const MULTIPLES: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000 };

/** `5K` is 5,000. */
export function numberOf(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)([km]?)$/i.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * (MULTIPLES[(match[2] ?? '').toLowerCase()] ?? 1);
}
