/** A result of the logs of runners that were started elsewhere: by hand, or by the k6 operator. */
import type { LoadResult } from '#results';
import { resultOf } from './result-of.ts';
import { RECORD_MARK, readRecords } from './shared/record-lines.ts';

/** Whether a text is a log with records in it. */
export function isK6Log(text: string): boolean {
  return text.includes(`${RECORD_MARK} `);
}

/** Throws `RecordLinesError` or `RecordsError` where the logs are not wholly of one run. */
export function mergeK6Logs(
  logs: readonly string[],
  { toolVersion, command }: { readonly toolVersion: string; readonly command: string },
): LoadResult {
  // Lines of one record may have gone to several files, where logs are rotated.
  const records = readRecords(logs.join('\n'));
  const url = records[0]?.config.url ?? '';
  return resultOf(records, {
    tool: { name: 'mqttspec', version: toolVersion, node: process.versions.node },
    k6Version: 'unknown',
    command,
    label: url,
    url,
  });
}
