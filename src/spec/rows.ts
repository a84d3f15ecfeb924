import type { Level, Need, Observable, Subject } from './types.ts';

/** A table is written by id, in the order of the standard; section and kind follow from the id. */
interface Row {
  readonly level: Level;
  /** `server` where absent. */
  readonly subject?: Subject;
  /** `yes` where absent. */
  readonly observable?: Observable;
  readonly needs?: readonly Need[];
}

export interface ClauseRow extends Row {
  /** Our own wording: what a correct server does. */
  readonly title: string;
}

/** Parts of a statement by slug; a statement that has them is judged by them only, and needs no title. */
interface SplitRow extends Row {
  readonly title?: undefined;
  readonly clauses: Readonly<Record<string, ClauseRow>>;
}

export type StatementRow = (ClauseRow & { readonly clauses?: undefined }) | SplitRow;

export interface RuleRow extends ClauseRow {
  /** The allowed outcomes. */
  readonly expected: string;
}

export interface TransportRow extends RuleRow {
  /** RFC and section, another requirement, or what the listener promises. */
  readonly source: string;
  /** How a test provokes and sees it. */
  readonly how: string;
}

export type StatementTable = Readonly<Record<`MQTT-${string}`, StatementRow>>;
export type RuleTable = Readonly<Record<`R-${string}`, RuleRow>>;
export type TransportTable = Readonly<Record<`${'ws' | 'tls' | 'cert'}/${string}`, TransportRow>>;

/** The ids that are judged: a statement without clauses, or else each `statement#clause`. */
export type JudgedId<Table> = {
  [Id in keyof Table & string]: Table[Id] extends { readonly clauses: infer Clauses }
    ? `${Id}#${keyof Clauses & string}`
    : Id;
}[keyof Table & string];
