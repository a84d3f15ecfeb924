/** A record as lines of a log. They survive time stamps, quoting and line limits of any logger, and say themselves if one is missing. */
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '#wire';
import { RECORD_FORMAT, type UserRecord } from './record.ts';

export const RECORD_MARK = 'mqttspec-record';
/** Container run times cut lines at 16 KiB. */
const LINE_BYTES = 8000;

/** `mqttspec-record RUN USER PART/PARTS BASE64`. */
export function recordLines(record: UserRecord): string[] {
  const text = encodeBase64(encodeUtf8(JSON.stringify(record)));
  const parts = Math.ceil(text.length / LINE_BYTES);
  return Array.from({ length: parts }, (_, part) => {
    const piece = text.slice(part * LINE_BYTES, (part + 1) * LINE_BYTES);
    return `${RECORD_MARK} ${record.runId} ${record.user} ${part + 1}/${parts} ${piece}`;
  });
}

/** Records that a log does not hold wholly. */
export class RecordLinesError extends Error {
  readonly code = 'K6_RECORD';
  override readonly name = 'RecordLinesError';
}

/** All records of a log, each once, even if it holds lines twice. Throws `RecordLinesError` where a line is missing, damaged or of another run. */
export function readRecords(log: string): UserRecord[] {
  const found = new Map<string, { parts: number; pieces: Map<number, string> }>();
  for (const match of log.matchAll(
    new RegExp(String.raw`${RECORD_MARK} ([0-9a-f]{8}) (\d+) (\d+)/(\d+) ([A-Za-z0-9+/=]+)`, 'g'),
  )) {
    const [, run = '', user = '', part = '', parts = '', piece = ''] = match;
    const key = `${run} ${user}`;
    const one = found.get(key) ?? { parts: Number(parts), pieces: new Map() };
    const known = one.pieces.get(Number(part));
    if (known !== undefined && known !== piece) {
      throw new RecordLinesError(`virtual user ${user} of run ${run} has two different records: the script ran twice`);
    }
    one.pieces.set(Number(part), piece);
    found.set(key, one);
  }
  return [...found].map(([key, { parts, pieces }]) => {
    const all = Array.from({ length: parts }, (_, index) => pieces.get(index + 1) ?? '');
    if (all.includes(''))
      throw new RecordLinesError(`the record of virtual user ${key} lacks lines: ${pieces.size} of ${parts} are there`);
    return parsed(all.join(''), key);
  });
}

function parsed(text: string, key: string): UserRecord {
  try {
    const bytes = decodeBase64(text);
    const value = JSON.parse(bytes === undefined ? '' : decodeUtf8(bytes)) as UserRecord;
    if (value.format === RECORD_FORMAT) return value;
  } catch {
    // Said below: whatever is wrong with it, it can't be used.
  }
  throw new RecordLinesError(`the record of virtual user ${key} is damaged`);
}
