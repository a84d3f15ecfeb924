/** Tables below the charts: what was delivered, what broke, what went wrong, how long each thing took. */
import { Histogram, TREND_NAMES, TRENDS, type LoadResult } from '#results';
import { html, type Markup, NOTHING, type Part } from '../html/markup.ts';
import { duration, grouped } from '../text.ts';
import { carried, milliseconds, perSecond } from './words.ts';

export function deliveryTable({ delivery }: LoadResult): Markup {
  if (!delivery.some(carried)) return NOTHING;
  return table(
    'Delivery, whole run',
    [
      'QoS',
      'sent',
      'acknowledged',
      'expected',
      'delivered',
      'lost',
      'not yet',
      'duplicated',
      'reordered',
      'corrupted',
      'unexpected',
    ],
    delivery
      .filter(carried)
      .map((one) => [
        String(one.qos),
        ...[
          one.sent,
          one.qos === 0 ? undefined : one.acknowledged,
          one.expected,
          one.delivered,
          one.lost,
          one.undelivered,
        ].map(number),
        ...[one.duplicated, one.reordered, one.corrupted, one.unexpected].map(number),
      ]),
  );
}

export function trendTable({ metrics }: LoadResult): Markup {
  const rows = TREND_NAMES.flatMap((name) => {
    const data = metrics.trends[name];
    if (data === undefined || data.count === 0) return [];
    const one = Histogram.from(data);
    const percentiles = [50, 90, 95, 99, 99.9].map((percent) => milliseconds(one.percentile(percent)));
    return [
      [
        html`<span title="${TRENDS[name]}">${name}</span>`,
        number(one.count),
        milliseconds(one.min),
        ...percentiles,
        milliseconds(one.max),
      ],
    ];
  });
  if (rows.length === 0) return NOTHING;
  return table(
    'Times, measured stages',
    ['metric', 'samples', 'min', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max'],
    rows,
  );
}

export function stageTable({ stages }: LoadResult): Markup {
  return table(
    'Stages',
    ['stage', 'role', 'from', 'length', 'asked for', 'sent', 'received'],
    stages.map((one) => [
      html`${one.name}${one.overdue === true && ' (ended by its deadline)'}${one.held === false && ' (did not hold)'}`,
      one.role,
      duration(one.startMs),
      duration(one.endMs - one.startMs),
      one.targetRate === undefined ? '' : perSecond(one.targetRate),
      number(one.sent),
      number(one.received),
    ]),
  );
}

export function invariantTable({ invariants }: LoadResult): Markup {
  if (invariants.length === 0) return NOTHING;
  const rows = invariants.map(({ name, requirements, checked, broken }) => [
    html`<span class="v ${broken > 0 ? 'fail' : checked > 0 ? 'pass' : 'skip'}">${name}</span>`,
    requirements.join(', '),
    number(checked),
    number(broken),
  ]);
  const broken = invariants.flatMap(({ name, first }) =>
    first === undefined
      ? []
      : [
          html`<h3>${name}, after ${duration(first.atMs)}</h3>
            <p>${first.message}</p>
            <pre>${first.transcript.join('\n')}</pre>`,
        ],
  );
  return html`${table('Promises of the standard, on every message', ['promise', 'requirements', 'checked', 'broken'], rows)}${broken}`;
}

export function errorList({ errors }: LoadResult): Markup {
  if (errors.length === 0) return NOTHING;
  return html`<section>
    <h2>Errors</h2>
    ${errors.map(
      ({ kind, message, count, firstMs, lastMs, sample }) =>
        html`<details>
          <summary>
            <span class="v fail">${kind}</span> ${grouped(count)} × ${message}
            <span class="dim">(${duration(firstMs)} to ${duration(lastMs)})</span>
          </summary>
          <pre>${sample.join('\n')}</pre>
        </details>`,
    )}
  </section>`;
}

export function generatorTable({ health }: LoadResult): Markup {
  if (health.workers.length === 0) return NOTHING;
  const percent = (value: number): string => `${Math.round(value * 100)} %`;
  return table(
    'Generator',
    ['thread', 'on a core', 'waiting for one', 'garbage collection', 'longest delay'],
    health.workers.map((one, n) => [
      String(n + 1),
      percent(one.busy),
      percent(one.starved),
      duration(one.gcMs),
      milliseconds(one.lagMs),
    ]),
  );
}

const number = (value: number | undefined): string => (value === undefined ? '' : grouped(value));

/** The first column names the row. */
function table(title: string, heads: readonly string[], rows: readonly (readonly Part[])[]): Markup {
  return html`<section>
    <h2>${title}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            ${heads.map((head, n) => html`<th scope="col" class="${n > 0 && 'num'}">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([first, ...cells]) =>
              html`<tr>
                <th scope="row">${first}</th>
                ${cells.map((cell) => html`<td class="num">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
