/** What is wrong, once for each case, however many versions, transports and brokers show it. */
import type { InstanceResult } from '#results';
import { contrastOf, decisiveFinding } from '../proof.ts';
import { html, NOTHING, type Markup } from './markup.ts';
import { isNotable, type Column, type Model, type Row } from './model.ts';
import { requirementLink } from './requirement-link.ts';
import { verdictMark } from './verdict-mark.ts';

const WORST_FIRST = ['error', 'fail', 'warn', 'inconclusive'] as const;

/** The others are folded: the matrix has them all. */
const SEEN_AT_ONCE = 10;

interface Place {
  readonly row: Row;
  readonly column: Column;
  readonly one: InstanceResult;
}

export function violations({ columns, rows }: Model): Markup {
  const groups = new Map<string, Place[]>();
  for (const row of rows) {
    for (const column of columns) {
      const one = row.instances[column.index];
      if (one === undefined || !isNotable(one)) continue;
      const key = `${WORST_FIRST.indexOf(one.verdict as 'fail')} ${one.id}`;
      groups.set(key, [...(groups.get(key) ?? []), { row, column, one }]);
    }
  }
  if (groups.size === 0) return NOTHING;
  const sorted = [...groups].sort(([a], [b]) => Number(a[0]) - Number(b[0]));
  const items = sorted.map(([, places]) => item(places, columns.length > 1));
  const more = items.length - SEEN_AT_ONCE;
  return html`<section id="violations" aria-labelledby="violations-t">
    <h2 id="violations-t">What to look at</h2>
    <ol class="violations">
      ${items.slice(0, SEEN_AT_ONCE)}
    </ol>
    ${
      more > 0 &&
      html`<details class="more-violations">
        <summary>${more} more</summary>
        <ol class="violations" start="${SEEN_AT_ONCE + 1}">
          ${items.slice(SEEN_AT_ONCE)}
        </ol>
      </details>`
    }
  </section>`;
}

function item(places: readonly Place[], several: boolean): Markup {
  const [first] = places;
  if (first === undefined) return NOTHING;
  const { one, row } = first;
  const { message, expected, actual } = contrastOf(one);
  const keys = [...new Set(places.flatMap((place) => decisiveFinding(place.one)?.requirement ?? []))];
  return html`<li class="o-${one.verdict}">
    <h3>${verdictMark(one.verdict)} <a href="#${row.anchor}">${one.id}</a></h3>
    <p>${message ?? one.title}</p>
    <dl class="ea">
      ${
        expected !== undefined &&
        html`<div>
          <dt>Expected</dt>
          <dd>${expected}</dd>
        </div>`
      }
      ${
        actual !== undefined &&
        html`<div class="actual">
          <dt>Actual</dt>
          <dd>${actual}</dd>
        </div>`
      }
    </dl>
    <p class="where">
      ${keys.map((key) => html`${requirementLink(key)} `)}${places.map((place) => html`<a class="place" href="#${place.row.anchor}">${placeName(place, several)}</a> `)}
    </p>
  </li>`;
}

function placeName({ one, column }: Place, several: boolean): string {
  const words = [
    ...(one.row === undefined ? [] : [`[${one.row}]`]),
    ...(one.version === undefined ? [] : [one.version]),
    one.transport,
    ...(several ? ['·', column.label] : []),
  ];
  return words.join(' ');
}
