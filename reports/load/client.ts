/** The script of the page, written into it as its own source: charts with one cursor where uPlot is there, and the theme. */
import type { PageElement } from '../html/client/dom.ts';

interface ChartData {
  readonly id: string;
  readonly unit: string;
  readonly logarithmic: boolean;
  readonly xs: readonly number[];
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

interface Plot {
  setSize(size: { readonly width: number; readonly height: number }): void;
}

type PlotConstructor = new (options: object, data: readonly (readonly (number | null)[])[], at: PageElement) => Plot;

interface Page {
  readonly uPlot?: PlotConstructor;
  readonly document: {
    readonly documentElement: PageElement;
    getElementById(id: string): (PageElement & { readonly clientWidth: number }) | null;
  };
  getComputedStyle(element: PageElement): { getPropertyValue(name: string): string };
  matchMedia(query: string): { readonly matches: boolean };
  addEventListener(type: 'resize', listener: () => void): void;
}

function main(page: Page): void {
  const root = page.document.documentElement;
  root.classList.add('js');
  const data = JSON.parse(page.document.getElementById('data')?.textContent ?? '[]') as readonly ChartData[];
  const plots: { readonly plot: Plot; readonly figure: { readonly clientWidth: number } }[] = [];
  const colour = (name: string): string => page.getComputedStyle(root).getPropertyValue(name).trim();
  const fromZero = (_plot: unknown, _least: number, most: number): readonly [number, number] => [0, most * 1.05 || 1];
  const draw = (): void => {
    const { uPlot } = page;
    if (uPlot === undefined) return;
    for (const chart of data) {
      const figure = page.document.getElementById(`chart-${chart.id}`);
      const stage = figure?.querySelector('.stage');
      if (figure === null || stage === null || stage === undefined) continue;
      stage.innerHTML = '';
      const axis = { stroke: colour('--dim'), grid: { stroke: colour('--line') }, ticks: { stroke: colour('--line') } };
      const options = {
        width: figure.clientWidth - 28,
        height: 200,
        cursor: { sync: { key: 'time' } },
        scales: {
          x: { time: false },
          y: chart.logarithmic ? { distr: 3 } : { range: fromZero },
        },
        axes: [axis, { ...axis, size: 60 }],
        series: [
          { label: 's' },
          ...chart.lines.map(({ name }, n) => ({
            label: `${name}${chart.unit === '' ? '' : ` ${chart.unit}`}`,
            stroke: colour(`--l${n}`),
            width: 1.5,
          })),
        ],
      };
      const positive = (value: number | null): number | null =>
        chart.logarithmic && value !== null && value <= 0 ? null : value;
      const columns = [chart.xs.map((ms) => ms / 1000), ...chart.lines.map(({ values }) => values.map(positive))];
      plots.push({ plot: new uPlot(options, columns, stage), figure });
    }
  };
  page.document.getElementById('theme')?.addEventListener('click', () => {
    const dark = root.dataset['theme'] ?? (page.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    root.dataset['theme'] = dark === 'dark' ? 'light' : 'dark';
    plots.length = 0;
    draw();
  });
  page.addEventListener('resize', () => {
    for (const { plot, figure } of plots) plot.setSize({ width: figure.clientWidth - 28, height: 200 });
  });
  draw();
}

export const loadClientScript = (): string => `'use strict';\n(${String(main)})(window);`;
