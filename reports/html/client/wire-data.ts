/** What the page keeps of a transcript: as little as the lines and the bytes can be written from. */
import type { Direction, Layer } from '#wire';

export type UnitData = readonly [
  at: number,
  connection: number,
  direction: Direction,
  layer: Layer,
  summary: string,
  size?: number | null,
  /** What is wrong with it, or why it decides. */
  mark?: string,
];

export interface WireData {
  /** A name for each connection. */
  readonly lanes: readonly string[];
  readonly units: readonly UnitData[];
  /** Lanes that were open before the first unit. */
  readonly open: readonly number[];
  /** Time of the unit before the first. */
  readonly since: number;
  /** Units that were left out before and after. */
  readonly before: number;
  readonly after: number;
  /** Which of the units decides. */
  readonly decides?: number;
  /** Markup: who closed each connection, and how. */
  readonly ends: string;
}

export type FieldData = readonly [name: string, offset: number, length: number, value: string, nested?: 1];

export interface OctetsData {
  /** The first bytes, in hexadecimal. */
  readonly h: string;
  /** Bytes of the whole unit. */
  readonly n: number;
  readonly f: readonly FieldData[];
  /** Rules that are broken, and where. */
  readonly r: readonly (readonly [message: string, offset?: number])[];
  /** A head of HTTP, which is text. */
  readonly t?: string;
}

/** By column: what a row has in one pack. */
export type WiresOfRow = Readonly<Record<string, WireData>>;
export type OctetsOfRow = Readonly<Record<string, readonly (OctetsData | null)[]>>;
