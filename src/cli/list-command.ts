import { list, LISTS, listRows, nearest, UsageError } from '#app';
import { renderTable } from '#term';
import { EXIT } from './exit-codes.ts';
import type { Action } from './program.ts';
import type { Terminal } from './terminal.ts';

export function listCommand(terminal: Terminal): Action<'list'> {
  return async ([word = '', ...rest], { json }) => {
    const what = LISTS.find((name) => name === word || name === `${word}s`);
    if (what === undefined) {
      throw new UsageError(`there is no list of '${word}'`, `did you mean: mqttspec list ${nearest(word, LISTS)}`);
    }
    if (rest.length > 0) throw new UsageError(`list takes one name, not '${rest.join(' ')}' too`);
    const items = await list(what);
    if (json) terminal.out(`${JSON.stringify(items, null, 2)}\n`);
    else terminal.out(renderTable(listRows(what, items), terminal.outPaint()));
    return EXIT.done;
  };
}
