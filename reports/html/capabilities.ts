/** What the broker can do: as declared by its owner, as advertised in CONNACK, as probed; disagreements are marked. */
import { NEEDS } from '#spec';
import type { CapabilityRecord } from '#results';
import { html, type Markup } from './markup.ts';
import type { Column } from './model.ts';

export function capabilities(columns: readonly Column[]): Markup {
  const names = [...new Set(columns.flatMap(({ result }) => result.target.capabilities.map(({ name }) => name)))];
  return html`<section aria-labelledby="capabilities-t" class="capabilities">
    <h2 id="capabilities-t">Capabilities</h2>
    ${names.length === 0 ? html`<p class="dim">None was declared, advertised or probed.</p>` : table(names, columns)}
  </section>`;
}

function table(names: readonly string[], columns: readonly Column[]): Markup {
  const single = columns.length === 1;
  const heads = single ? ['declared', 'advertised', 'probed'] : columns.map(({ label }) => label);
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="capabilities-t">
    <table>
      <caption class="sr">
        Capabilities by source
      </caption>
      <thead>
        <tr>
          <th scope="col">capability</th>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${names.map(
          (name) =>
            html`<tr>
              <th scope="row">${wordsOf(name)}</th>
              ${single ? sources(recordOf(columns[0], name)) : columns.map((column) => html`<td>${summary(recordOf(column, name))}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const wordsOf = (name: string): string => (NEEDS as Readonly<Record<string, string>>)[name] ?? name;

const recordOf = (column: Column | undefined, name: string): CapabilityRecord =>
  column?.result.target.capabilities.find((one) => one.name === name) ?? { name };

const SOURCES = ['declared', 'advertised', 'probed'] as const;

function sources(record: CapabilityRecord): Markup[] {
  const differs = disagrees(record);
  return SOURCES.map((source) => {
    const value = record[source];
    return html`<td class="${differs && value !== undefined && 'differs'}">
      ${value ?? html`<span class="dim">–</span>`}
    </td>`;
  });
}

function summary(record: CapabilityRecord): Markup {
  const known = SOURCES.filter((source) => record[source] !== undefined);
  if (known.length === 0) return html`<span class="dim">–</span>`;
  if (!disagrees(record)) return html`${known.map((source) => record[source])[0]}`;
  return html`<span class="differs">${known.map((source) => `${source} ${record[source]}`).join(', ')}</span>`;
}

function disagrees(record: CapabilityRecord): boolean {
  return new Set(SOURCES.flatMap((source) => record[source]?.trim().toLowerCase() ?? [])).size > 1;
}
