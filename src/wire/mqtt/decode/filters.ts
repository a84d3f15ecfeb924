import { filterFault, type FilterFault } from '../topic-filter.ts';
import type { Decoding } from './decoding.ts';

const WORDS: Readonly<Record<FilterFault, string>> = {
  'filter.empty': 'is empty',
  'filter.multi-level-not-last': 'has # before its end',
  'filter.multi-level-not-alone': 'has # that does not follow a separator',
  'filter.single-level-not-alone': 'has + that does not fill its level',
  'filter.share-name-empty': 'has an empty share name',
  'filter.share-name-wildcard': 'has a wildcard in its share name',
  'filter.share-without-filter': 'has no filter behind the share name',
};

/** Judges a filter that was read from `at`. */
export function checkFilter(d: Decoding, filter: string, at: number): void {
  const fault = filterFault(filter, d.version);
  if (fault !== undefined) d.fail(fault, at, `topic filter ${JSON.stringify(filter)} ${WORDS[fault]}`);
}
