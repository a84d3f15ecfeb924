/** What was tested, by what, when, and how to do it again. */
import type { EndpointIdentity, RunResult } from '#results';
import { duration } from '../text.ts';
import { html, type Markup, type Part } from './markup.ts';
import type { Column } from './model.ts';

const FACTS: readonly (readonly [name: string, value: (result: RunResult) => Part])[] = [
  ['Broker', ({ target }) => html`<b>${target.label}</b>`],
  ['Endpoints', ({ target }) => target.endpoints.map(endpoint)],
  ['MQTT', ({ target }) => target.versions.join(', ')],
  [
    'Started',
    ({ run }) =>
      html`<time datetime="${run.startedAt}">${run.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>, took
        ${duration(run.durationMs)}`,
  ],
  ['Tool', ({ tool }) => `mqttspec ${tool.version}, suites ${tool.suiteVersion}, Node ${tool.node}`],
  ['Timing', ({ target }) => `settles in ${duration(target.settleMs)}, has ${duration(target.graceMs)} to close`],
  ['Seed', ({ run }) => html`<code>${run.seed}</code>`],
  ['Repeat', ({ run }) => html`<span class="command"><code data-copy>${run.command}</code></span>`],
];

function endpoint({ url, tls, subprotocol, roundTripMs }: EndpointIdentity): Markup {
  const facts = [
    ...(tls === undefined ? [] : [tls]),
    ...(subprotocol === undefined ? [] : [`subprotocol ${subprotocol}`]),
    `CONNECT to CONNACK in ${duration(roundTripMs)}`,
  ];
  return html`<div class="endpoint"><code>${url}</code> <span class="dim">${facts.join(', ')}</span></div>`;
}

export function identity(columns: readonly Column[]): Markup {
  return html`<section aria-labelledby="identity-t" class="identity">
    <h2 id="identity-t">What was tested</h2>
    ${differentSuites(columns) && html`<p class="note"><b>The suites differ</b> between these results: they compare only in part.</p>`}
    <div class="scroll" tabindex="0" role="group" aria-labelledby="identity-t">
      <table>
        <caption class="sr">
          Identity of target and run
        </caption>
        ${
          columns.length > 1 &&
          html`<thead>
            <tr>
              <td></td>
              ${columns.map(({ label }) => html`<th scope="col">${label}</th>`)}
            </tr>
          </thead>`
        }
        <tbody>
          ${FACTS.map(
            ([name, value]) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${columns.map(({ result }) => html`<td>${value(result)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

const differentSuites = (columns: readonly Column[]): boolean =>
  new Set(columns.map(({ result }) => result.tool.suiteVersion)).size > 1;
