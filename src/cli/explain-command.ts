import { explain, explanationSheet } from '#app';
import { renderSheet } from '#term';
import { EXIT } from './exit-codes.ts';
import type { Action } from './program.ts';
import type { Terminal } from './terminal.ts';

export function explainCommand(terminal: Terminal): Action<'explain'> {
  return async (ids, { json }) => {
    const found = (await Promise.all(ids.map((id) => explain(id)))).flat();
    if (json) terminal.out(`${JSON.stringify(found, null, 2)}\n`);
    else terminal.out(found.map((one) => renderSheet(explanationSheet(one), terminal.outPaint())).join('\n'));
    return EXIT.done;
  };
}
