import { ProfileError } from './profile-error.ts';
import type { ParameterValues } from './parameters.ts';
import type { Num } from './profile.ts';

/** Reads numbers and words of a profile, which may be parameters. */
export interface Values {
  /** Not negative; fractions are allowed. */
  number(value: Num): number;
  whole(value: Num): number;
  word(value: string, choices: readonly string[]): string;
  readonly parameters: ParameterValues;
}

export function valuesOf(profile: string, parameters: ParameterValues): Values {
  const number = (value: Num): number => {
    const found = typeof value === 'number' ? value : parameters[value.slice(1)];
    if (typeof found === 'number' && found >= 0) return found;
    throw new ProfileError('PROFILE_INVALID', `the profile ${profile} wants a number where it says ${value}`);
  };
  return {
    parameters,
    number,
    whole: (value) => Math.round(number(value)),
    word(value, choices) {
      const found = value.startsWith('$') ? String(parameters[value.slice(1)]) : value;
      if (choices.includes(found)) return found;
      throw new ProfileError('PROFILE_PARAMETER', `'${found}' is none of ${choices.join(', ')}`);
    },
  };
}
