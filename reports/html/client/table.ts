import type { Page, PageElement } from './dom.ts';
import type { Candidate, Matches } from './selection.ts';

/** What the page says of its rows; see `RowData`. */
export interface PageData {
  readonly brokers: readonly string[];
  readonly verdicts: readonly string[];
  /** Of requirements. */
  readonly keys: readonly string[];
  readonly rows: readonly {
    readonly a: string;
    readonly i: string;
    readonly r: readonly number[];
    readonly n?: readonly string[];
    readonly v: string;
  }[];
}

export interface Table {
  /** Indexes of the rows that are seen, in order. */
  readonly shown: () => readonly number[];
  readonly apply: (matches: Matches) => void;
  readonly row: (index: number) => PageElement | undefined;
}

/** The matrix and the requirements, as a filter hides and shows them. */
export function tableOf(page: Page, data: PageData): Table {
  const rows = [...page.querySelectorAll('.matrix tbody tr:not(.section)')];
  const requirements = [...page.querySelectorAll('.requirements tbody tr')];
  const levels = new Map(requirements.map((row) => [row.id, row.querySelector('td')?.textContent ?? '']));
  const keysOf = (row: PageData['rows'][number] | undefined): string[] =>
    (row?.r ?? []).map((index) => data.keys[index] ?? '');
  const candidates = data.rows.map((row, index): Candidate[] => {
    const end = row.i.lastIndexOf('@');
    const place = row.i.slice(end + 1).split('/');
    const id = row.i.slice(0, end).replace(/\[.*$/s, '');
    const common = {
      id,
      instance: row.i,
      suite: id.split('/')[0] ?? '',
      title: rows[index]?.querySelector('.title')?.textContent ?? '',
      requirements: keysOf(row),
      levels: keysOf(row).map((key) => levels.get(key) ?? ''),
      version: place.length > 1 ? (place[0] ?? '') : '',
      transport: place.at(-1) ?? '',
      needs: row.n ?? [],
      is: new Set(row.v).size > 1 ? ['different'] : [],
    };
    return data.brokers.map((broker, column) => {
      const verdict = row.v[column] ?? '-';
      return { ...common, broker, verdict: verdict === '-' ? '' : (data.verdicts[Number(verdict)] ?? '') };
    });
  });

  let shown: readonly number[] = [...rows.keys()];
  const applyToRows = (matches: Matches): void => {
    shown = [...rows.keys()].filter((index) => candidates[index]?.some(matches));
    const seen = new Set(shown);
    for (const [index, row] of rows.entries()) row.hidden = !seen.has(index);
    for (const body of page.querySelectorAll('.matrix tbody')) {
      body.hidden = body.querySelector('tr:not(.section):not([hidden])') === null;
    }
  };
  const applyToRequirements = (matches: Matches): void => {
    const touched = new Set(shown.flatMap((index) => keysOf(data.rows[index])));
    const none = {
      id: '',
      instance: '',
      suite: '',
      version: '',
      transport: '',
      needs: [],
      verdict: '',
      broker: '',
      is: [],
    };
    for (const row of requirements) {
      const title = row.querySelector('td:nth-child(3)')?.textContent ?? '';
      const own = { ...none, title, requirements: [row.id], levels: [levels.get(row.id) ?? ''] };
      row.hidden = !touched.has(row.id) && !matches(own);
    }
    for (const area of page.querySelectorAll('.area')) {
      area.hidden = area.querySelector('tbody tr:not([hidden])') === null;
    }
  };

  return {
    shown: () => shown,
    row: (index) => rows[index],
    apply: (matches) => {
      applyToRows(matches);
      applyToRequirements(matches);
    },
  };
}
