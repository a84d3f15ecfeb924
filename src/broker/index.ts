/** The reference broker: strict, in memory, and able to misbehave by name. */
export type { About, Alteration } from './alteration.ts';
export type { Broker, BrokerOptions, BrokerUser, RunningBroker } from './contract.ts';
export { createBroker, type WatchedOptions } from './create-broker.ts';
export type { Effect, EffectKind } from './effects.ts';
export { FAULT_ALTERATIONS, TLS_FAULT_NAMES } from './faults/index.ts';
export type { GateWatcher } from './gate.ts';
export { DECISIONS, type DecisionName } from './decisions.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export { mutants, type Mutant } from './mutants.ts';
export { OWN_RULES, type RuleName } from './rules.ts';
export { Shadows } from './shadows.ts';
export { startBroker, type StartOptions } from './start.ts';
export type { BrokerTls, CertificateWithKey } from './tls/options.ts';
export { TLS_VARIANT_NAMES, VARIANT_ALTERATIONS } from './variants/index.ts';
