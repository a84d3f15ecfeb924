export { numberOf, parameterValues, type ParameterValue, type ParameterValues } from './parameters.ts';
export { checkedThreshold, parseProfile } from './parse-profile.ts';
export type * from './plan.ts';
export { planOf, type PlanSettings } from './plan-of.ts';
export { PRESET_EXAMPLES, presetOf } from './presets.ts';
export { ProfileError } from './profile-error.ts';
export * from './profile.ts';
export { profileNamed, PROFILES } from './profiles.ts';
export * from './topology.ts';
