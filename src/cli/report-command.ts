import { type LoadReportFormat, report, type ReportFormat } from '#app';
import { EXIT } from './exit-codes.ts';
import type { Values } from './options.ts';
import type { Action } from './program.ts';
import type { Terminal } from './terminal.ts';

export function reportCommand(terminal: Terminal): Action<'report'> {
  return async (files, values) => {
    const paths = await report(files, { formats: loadFormatsOf(values), folder: values.out });
    for (const path of paths) terminal.out(`${path}\n`);
    return EXIT.done;
  };
}

/** Without any named format: HTML. */
export function formatsOf({ html, junit }: Pick<Values<'run'>, 'html' | 'junit'>): readonly ReportFormat[] {
  const named: ReportFormat[] = [...(html ? ['html' as const] : []), ...(junit ? ['junit' as const] : [])];
  return named.length === 0 ? ['html'] : named;
}

/** The formats of load reports, too. */
export function loadFormatsOf(
  values: Pick<Values<'report'>, 'html' | 'junit' | 'markdown' | 'csv'>,
): readonly LoadReportFormat[] {
  const named = (['html', 'junit', 'markdown', 'csv'] as const).filter((format) => values[format]);
  return named.length === 0 ? ['html'] : named;
}
