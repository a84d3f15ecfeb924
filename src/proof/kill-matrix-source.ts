/** What the page of the kill matrix was made from, and whether that is what there is now. */
import { instancesOf, type Case } from '#kit';
import { FAULTS } from '#spec';
import { hashOf } from './hash.ts';
import { LAB_DOORS } from './lab-target.ts';
import { provableCases } from './prove.ts';
import { tlsCases, tlsInstances } from './tls-lab.ts';

/** The cases that meet faults: in memory and over TLS. What only a browser or a library of others runs is left out. */
export const matrixCases = (cases: readonly Case[]): readonly Case[] => [
  ...new Set([...provableCases(cases), ...tlsCases(cases)]),
];

/**
 * Of each fault the name and what it does, of each case its instances and the faults that it names. Not the bodies. The order
 * is that of the names: tests run from sources have the exports of a module in another one than the built command.
 */
function digest(cases: readonly Case[]): string {
  const ofCases = matrixCases(cases)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((each) => [
      each.caughtBy ?? [],
      [...instancesOf([each], LAB_DOORS), ...tlsInstances(each)].map(({ id }) => id),
    ]);
  return hashOf(JSON.stringify([FAULTS, ofCases]))
    .toString(16)
    .padStart(8, '0');
}

/** A comment in the page. */
export const madeFrom = (cases: readonly Case[]): string => `<!-- made from ${digest(cases)} -->`;

/** What has changed since the page was written; empty: nothing that counts. */
export function staleness(page: string, cases: readonly Case[]): readonly string[] {
  const faults = new Set(Object.keys(FAULTS));
  const ids = new Set(matrixCases(cases).map(({ id }) => id));
  const told = [
    ...differences('fault', faults, firstCells(page, '## All faults')),
    ...differences('case', ids, firstCells(page, '## All cases')),
  ];
  if (told.length > 0 || page.includes(madeFrom(cases))) return told;
  return ['the sentence of a fault, the rows of a case or the faults that it names are others'];
}

/** What stands first in the rows of the table below a heading. */
function firstCells(page: string, heading: string): ReadonlySet<string> {
  const begin = page.indexOf(heading);
  if (begin < 0) return new Set();
  const [section = ''] = page.slice(begin + heading.length).split('\n## ');
  const cells = [...section.matchAll(/^\| `?([^`| ]+)`? \|/gm)].map(([, cell = '']) => cell);
  return new Set(cells.slice(1));
}

function differences(what: string, present: ReadonlySet<string>, written: ReadonlySet<string>): string[] {
  return [
    ...[...present].filter((name) => !written.has(name)).map((name) => `new ${what}: ${name}`),
    ...[...written].filter((name) => !present.has(name)).map((name) => `no ${what} any more: ${name}`),
  ];
}
