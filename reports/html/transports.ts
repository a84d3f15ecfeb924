/** The same broker through several doors: what only breaks over WebSocket, or only over TCP. */
import type { InstanceResult } from '#results';
import type { Verdict } from '#spec';
import { counted } from '../text.ts';
import { decisiveFact } from './fact.ts';
import { html, NOTHING, type Markup } from './markup.ts';
import type { Column, Model, Row } from './model.ts';
import { verdictMark } from './verdict-mark.ts';

/** One case in one version and one result, by transport. */
interface Doors {
  readonly column: Column;
  readonly byTransport: ReadonlyMap<string, { readonly row: Row; readonly one: InstanceResult }>;
}

const ORDER = ['ws', 'wss', 'mqtt', 'mqtts'] as const;

/** Verdicts that say what the broker did. */
const TELLING: readonly Verdict[] = ['pass', 'fail', 'warn', 'observed'];

export function transportDifferences({ columns, rows }: Model): Markup {
  const all = columns.flatMap((column) => doorsOf(column, rows));
  const compared = all.filter(({ byTransport }) => byTransport.size > 1);
  if (compared.length === 0) return NOTHING;
  const used = new Set(compared.flatMap(({ byTransport }) => [...byTransport.keys()]));
  const transports = ORDER.filter((transport) => used.has(transport));
  const different = compared.filter(({ byTransport }) => new Set([...byTransport.values()].map(said)).size > 1);
  return html`<section id="transports" aria-labelledby="transports-t">
    <h2 id="transports-t">Between transports</h2>
    <p class="dim">
      ${counted(compared.length, 'case')} ran over ${transports.join(', ')};
      ${different.length === 0 ? 'none differs.' : `${counted(different.length, 'differs', 'differ')}:`}
    </p>
    ${different.length > 0 && table(different, transports, columns.length > 1)}
  </section>`;
}

function doorsOf(column: Column, rows: readonly Row[]): Doors[] {
  const groups = new Map<string, Map<string, { row: Row; one: InstanceResult }>>();
  for (const row of rows) {
    const one = row.instances[column.index];
    if (one === undefined || !TELLING.includes(one.verdict)) continue;
    const key = `${one.id}[${one.row ?? ''}]@${one.version ?? ''}`;
    groups.set(key, (groups.get(key) ?? new Map()).set(one.transport, { row, one }));
  }
  return [...groups.values()].map((byTransport) => ({ column, byTransport }));
}

/** Observations differ where the words do. */
const said = ({ one }: { readonly one: InstanceResult }): string =>
  one.verdict === 'observed' ? `observed ${one.reason}` : one.verdict;

function table(different: readonly Doors[], transports: readonly string[], several: boolean): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="transports-t">
    <table>
      <caption class="sr">
        Cases that end differently by transport
      </caption>
      <thead>
        <tr>
          <th scope="col">case</th>
          ${several && html`<th scope="col">broker</th>`}
          ${transports.map((transport) => html`<th scope="col">${transport}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${different.map((doors) => line(doors, transports, several))}
      </tbody>
    </table>
  </div>`;
}

function line({ column, byTransport }: Doors, transports: readonly string[], several: boolean): Markup {
  const { one } = [...byTransport.values()][0] ?? {};
  return html`<tr>
    <th scope="row">${one?.id}${one?.row !== undefined && `[${one.row}]`} <span class="dim">${one?.version}</span></th>
    ${several && html`<td>${column.label}</td>`} ${transports.map((transport) => cell(byTransport.get(transport)))}
  </tr>`;
}

function cell(door: { readonly row: Row; readonly one: InstanceResult } | undefined): Markup {
  if (door === undefined) return html`<td class="dim">–</td>`;
  const { row, one } = door;
  return html`<td><a href="#${row.anchor}">${verdictMark(one.verdict)}</a> <small>${decisiveFact(one)}</small></td>`;
}
