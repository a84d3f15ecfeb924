/** The load report: one HTML file without any request, readable without script. */
import type { LoadResult } from '#results';
import { embeddedJson, html, type Markup, NOTHING, raw } from '../html/markup.ts';
import { policy } from '../html/policy.ts';
import { STYLE } from '../html/style/index.ts';
import { deliveryTable, errorList, generatorTable, invariantTable, stageTable, trendTable } from './accounts.ts';
import { answer, honesty, thresholdTable, tiles } from './answer.ts';
import { type Chart, chartsOf, DISTRIBUTION_PERCENTS, distributionChart } from './charts.ts';
import { loadClientScript } from './client.ts';
import { comparison, sideOf } from './comparison.ts';
import { percentDrawing, timeDrawing } from './drawing.ts';
import { LOAD_STYLE } from './style.ts';

export interface LoadHtmlOptions {
  /** uPlot, whole, for charts with a cursor; absent: the static drawings stay. */
  readonly uplot?: { readonly script: string; readonly style: string };
}

/** Several results are compared, then shown one after the other. Throws a RangeError where there is none. */
export function renderLoadHtml(results: readonly LoadResult[], { uplot }: LoadHtmlOptions = {}): string {
  const [first] = results;
  if (first === undefined) throw new RangeError('a report needs at least one result');
  const charts = results.map((one, n) => chartsOf(one).map((chart) => ({ ...chart, id: `${n}-${chart.id}` })));
  const style = `${STYLE}${LOAD_STYLE}${uplot?.style ?? ''}`;
  const scripts = [...(uplot === undefined ? [] : [uplot.script]), loadClientScript()];
  const title = [...new Set(results.map(({ profile }) => profile.name))].join(', ');
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy({ scripts, style })}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="mqttspec ${first.tool.version}" />
        <title>${title}: load report</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <header class="top">
          <a class="brand" href="#">mqttspec <span>load report</span></a>
          <div class="needs-js tools"><button type="button" id="theme" title="Light or dark">Theme</button></div>
        </header>
        <main>
          ${comparison(results)} ${results.map((one, n) => section(one, charts[n] ?? [], results.length > 1))}
        </main>
        <script type="application/json" id="data">
          ${embeddedJson(charts.flat())}
        </script>
        ${scripts.map((script) => raw(`<script>${script}</script>`))}
      </body>
    </html>`;
  return `${whole.text.trimStart()}\n`;
}

function section(result: LoadResult, charts: readonly Chart[], several: boolean): Markup {
  const distribution = distributionChart(result);
  return html`${several && html`<p class="run-head dim">${sideOf(result)}, ${result.run.startedAt}</p>`}
    ${answer(result)} ${thresholdTable(result)} ${tiles(result)}
    <div class="charts">
      ${charts.map((chart) => figure(chart, timeDrawing(chart, result.stages)))}
      ${distribution === undefined ? NOTHING : figure(distribution, percentDrawing(distribution, DISTRIBUTION_PERCENTS))}
    </div>
    ${honesty(result)} ${deliveryTable(result)} ${invariantTable(result)} ${errorList(result)} ${trendTable(result)}
    ${stageTable(result)} ${generatorTable(result)}
    <section>
      <p class="dim">Again: <code>${result.run.command}</code></p>
    </section>`;
}

function figure({ id, title, unit, lines }: Chart, drawing: Markup): Markup {
  return html`<figure class="chart" id="chart-${id}">
    <figcaption>
      ${title}${unit === '' ? '' : ` (${unit})`}
      ${lines.map(({ name }, n) => html`<span class="key l${n}">${name}</span>`)}
    </figcaption>
    <div class="stage">${drawing}</div>
  </figure>`;
}
