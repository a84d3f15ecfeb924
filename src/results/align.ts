/** Several results side by side: which instances are the same. */
import type { InstanceResult, RunResult } from './run-result.ts';

type Identity = Pick<InstanceResult, 'id' | 'row' | 'version' | 'transport'>;

/** Id, row, version and transport: `retain/clears[empty]@5.0/ws`. The same in every run, whatever the order. */
export function comparisonKey({ id, row, version, transport }: Identity): string {
  return `${id}${row === undefined ? '' : `[${row}]`}@${version === undefined ? '' : `${version}/`}${transport}`;
}

export interface AlignedRow {
  readonly key: string;
  /** By result; undefined where that run doesn't have the instance. */
  readonly instances: readonly (InstanceResult | undefined)[];
}

/** One row for each instance that any result has, in the order in which they first occur. */
export function alignResults(results: readonly RunResult[]): readonly AlignedRow[] {
  const rows = new Map<string, (InstanceResult | undefined)[]>();
  for (const [column, result] of results.entries()) {
    for (const instance of result.cases) {
      const key = comparisonKey(instance);
      const row = rows.get(key) ?? results.map(() => undefined);
      row[column] ??= instance;
      rows.set(key, row);
    }
  }
  return [...rows].map(([key, instances]) => ({ key, instances }));
}
