import type { SharedTables } from './contract.ts';
import type { Plan } from '../profiles/plan.ts';

/** All zero; `measuredTo` says "it lasts" until its end is known. */
export function makeTables(plan: Plan): SharedTables {
  const table = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * Math.max(1, length)));
  const tables = {
    sent: table(plan.lanes),
    measuredFrom: table(plan.lanes),
    measuredTo: table(plan.lanes),
    killedAt: table(plan.clients),
    kills: table(plan.clients),
    measuredKills: table(plan.clients),
  };
  tables.measuredTo.fill(Number.NaN);
  return tables;
}
