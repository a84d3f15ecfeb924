/** How much of what was recorded gets into the page: the first that fits is taken, and the page says what it leaves out. */
export interface Detail {
  /** Of passes and all that nobody has to look at. */
  readonly passes: 'octets' | 'lines' | 'nothing';
  /** Of failures: all units taken apart, or those that decide. */
  readonly failures: 'octets' | 'decisive';
  /** Units of one transcript. */
  readonly units: number;
  /** Cases that can be read without script; the others are unfolded by it. */
  readonly plainCases: number;
  /** What is left out, in words. */
  readonly leftOut: readonly string[];
}

const NO_OCTETS = 'Bytes of passing cases are left out.';
const NO_PASSES = 'Transcripts of passing cases are left out.';
const DECISIVE_ONLY = 'Of failing cases only the units that decide show their bytes.';
const short = (units: number): string => `Transcripts show ${units} units around the one that decides.`;

/** From the most to the least. */
export const DETAILS: readonly Detail[] = [
  { passes: 'octets', failures: 'octets', units: 600, plainCases: 400, leftOut: [] },
  { passes: 'octets', failures: 'octets', units: 40, plainCases: 400, leftOut: [short(40)] },
  { passes: 'lines', failures: 'octets', units: 600, plainCases: 400, leftOut: [NO_OCTETS] },
  { passes: 'lines', failures: 'octets', units: 60, plainCases: 200, leftOut: [NO_OCTETS, short(60)] },
  { passes: 'nothing', failures: 'octets', units: 60, plainCases: 200, leftOut: [NO_PASSES, short(60)] },
  {
    passes: 'nothing',
    failures: 'decisive',
    units: 40,
    plainCases: 100,
    leftOut: [NO_PASSES, DECISIVE_ONLY, short(40)],
  },
];

/** What is taken where nothing fits. */
export const LEAST: Detail = {
  passes: 'nothing',
  failures: 'decisive',
  units: 12,
  plainCases: 40,
  leftOut: [NO_PASSES, DECISIVE_ONLY, short(12)],
};
