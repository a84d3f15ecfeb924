/** What the load report adds to the style of the conformance report. */
const LINES = ['#1c5a9c', '#b3541a', '#1b6e35', '#663a9c'] as const;
const DARK_LINES = ['#8bbdf5', '#f0a868', '#72c98b', '#c8aaf3'] as const;

const colours = (list: readonly string[]): string => list.map((colour, n) => `--l${n}:${colour};`).join('');

export const LOAD_STYLE: string = `
:root{${colours(LINES)}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${colours(DARK_LINES)}}}
:root[data-theme=dark]{${colours(DARK_LINES)}}
main .num+:not(.num){padding-inline-start:1.25rem}
main>section,main>.charts{margin-block-end:2rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.6rem}
.tile{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.5rem .8rem;min-width:0}
.tile .value{font-size:1.3rem;font-weight:600;letter-spacing:-.01em}
.tile .dim{font-size:.86em}
.charts{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr))}
.chart{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;min-width:0}
.chart figcaption{font-weight:600;display:flex;flex-wrap:wrap;gap:.2rem .9rem}
.chart figcaption span{font-weight:400;color:var(--dim)}
.chart svg{display:block;width:100%;height:auto}
.chart text{fill:var(--dim);font:11px var(--sans)}
.chart text.x{text-anchor:middle}.chart text.y{text-anchor:end}
.grid{stroke:var(--line)}
.band{fill:none}.band.steady{fill:var(--sunk)}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
${LINES.map((_, n) => `.line.l${n}{stroke:var(--l${n})}.key.l${n}::before{content:"";display:inline-block;width:.9em;height:.2em;background:var(--l${n});vertical-align:middle;margin-inline-end:.35em}`).join('\n')}
.chart .u-legend{font-size:.86em;color:var(--dim);text-align:start}
.honesty{border:1px solid var(--line);border-inline-start:4px solid var(--pass);border-radius:6px;background:var(--panel);padding:.8rem 1.1rem}
.honesty.warn{border-inline-start-color:var(--warn)}.honesty.invalid{border-inline-start-color:var(--fail)}
.honesty dl>div{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:1rem}
.honesty dt{color:var(--dim)}
.notes{list-style:disc;padding-inline-start:1.2rem;margin-block-start:.5rem}
pre{overflow-x:auto;background:var(--sunk);border-radius:4px;padding:.4rem .6rem}
details>summary{cursor:pointer;padding-block:.25rem}
.run-head{border-block-start:1px solid var(--strong);padding-block-start:1.2rem}
`;
