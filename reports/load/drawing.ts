/** A chart as SVG that needs no script and no styles of its own elements: colours come from classes. */
import { html, type Markup } from '../html/markup.ts';
import type { LoadStage } from '#results';
import type { Chart, Line } from './charts.ts';
import { linearScale, logarithmicScale, type Scale, tickText } from './scale.ts';

const WIDTH = 720;
const HEIGHT = 190;
const LEFT = 48;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

/** Over time; the stages are bands behind it. */
export function timeDrawing(chart: Chart, stages: readonly LoadStage[]): Markup {
  const end = Math.max(1, ...chart.xs, ...stages.map(({ endMs }) => endMs));
  const x = (ms: number): number => LEFT + (ms / end) * (WIDTH - LEFT - RIGHT);
  const seconds = linearScale(end / 1000).ticks.filter((tick) => tick * 1000 <= end);
  const bands = stages.map(
    ({ role, name, startMs, endMs }) =>
      html`<rect
        class="band ${role}"
        x="${at(x(startMs))}"
        y="${TOP}"
        width="${at(x(endMs) - x(startMs))}"
        height="${HEIGHT - TOP - BOTTOM}"
        ><title>${name}</title></rect
      >`,
  );
  const marks = seconds.map(
    (tick) => html`<text x="${at(x(tick * 1000))}" y="${HEIGHT - 6}" class="x">${tickText(tick)} s</text>`,
  );
  return drawing(chart, html`${bands}`, html`${marks}`, x);
}

/** Over percentages, each as far from the next. */
export function percentDrawing(chart: Chart, percents: readonly number[]): Markup {
  const x = (index: number): number => LEFT + (index / (percents.length - 1)) * (WIDTH - LEFT - RIGHT - 20) + 10;
  const marks = percents.map(
    (percent, index) =>
      html`<text x="${at(x(index))}" y="${HEIGHT - 6}" class="x">${percent === 100 ? 'max' : percent}</text>`,
  );
  return drawing(chart, html``, html`${marks}`, x);
}

function drawing(chart: Chart, behind: Markup, marks: Markup, x: (value: number) => number): Markup {
  const scale = scaleOf(chart);
  const y = (value: number): number => HEIGHT - BOTTOM - scale.place(value) * (HEIGHT - TOP - BOTTOM);
  const grid = scale.ticks.map(
    (tick) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(y(tick))}" y2="${at(y(tick))}" /><text
          x="${LEFT - 5}"
          y="${at(y(tick) + 4)}"
          class="y"
          >${tickText(tick)}</text
        >`,
  );
  const paths = chart.lines.map((line, n) => html`<path class="line l${n}" d="${pathOf(line, chart.xs, x, y)}" />`);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${summary(chart)}">
    ${behind}${grid}${marks}${paths}
  </svg>`;
}

function scaleOf({ lines, logarithmic }: Chart): Scale {
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = Math.max(0, ...all);
  if (!logarithmic) return linearScale(most);
  const positive = all.filter((value) => value > 0);
  return logarithmicScale(Math.min(...positive, most || 1), most);
}

/** A gap where nothing was measured; a point alone is a short stroke. */
function pathOf(
  { values }: Line,
  xs: readonly number[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let open = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = false;
      continue;
    }
    const place = `${at(x(xs[index] ?? 0))} ${at(y(value))}`;
    path += open ? `L${place}` : `M${place}h.5`;
    open = true;
  }
  return path;
}

/** What a reader without eyes hears. */
function summary({ title, unit, lines }: Chart): string {
  const said = lines.map(({ name, values }) => {
    const all = values.filter((value) => value !== null);
    return all.length === 0 ? `${name}: nothing` : `${name} up to ${tickText(Math.max(...all))}${unit && ` ${unit}`}`;
  });
  return `${title}: ${said.join(', ')}`;
}

const at = (value: number): string => String(Math.round(value * 10) / 10);
