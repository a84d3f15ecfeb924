import { SCENARIOS } from '../table/index.ts';
import type { KnownScenario } from '../types.ts';
import { described } from './outputs.ts';

export const KNOWN_SCENARIOS: readonly KnownScenario[] = SCENARIOS.map((plan) => described(plan));
