/** The document: head with its policy, first screen, cases, requirements, case pages, data. */
import { VERDICTS } from '#spec';
import { clientScript } from './client/index.ts';
import { detailsOf, type Details } from './details.ts';
import { embeddedJson, html, NOTHING, raw, type Markup } from './markup.ts';
import { matrix, rowData } from './matrix.ts';
import { isNotable, type Model } from './model.ts';
import { overview } from './overview.ts';
import { policy } from './policy.ts';
import { requirementTables } from './requirements.ts';
import { STYLE } from './style/index.ts';
import { transportDifferences } from './transports.ts';
import { violations } from './violations.ts';

/** Each part is written once; what is large comes last, as far as it fits. */
export function page(model: Model, maximumSize: number): string {
  const script = clientScript();
  const fixed = {
    head: head(model, script),
    front: html`${violations(model)}${transportDifferences(model)}${filter(model)}${matrix(model)}${requirementTables(model)}`,
    end: html`${help()} ${dataPart(model)}`,
    script,
  };
  const frame = document(model, fixed, { note: NOTHING, pages: [], packs: '' });
  const details = detailsOf(model, maximumSize, Buffer.byteLength(frame));
  return document(model, fixed, details);
}

interface Fixed {
  readonly head: Markup;
  readonly front: Markup;
  readonly end: Markup;
  readonly script: string;
}

function document(model: Model, { head, front, end, script }: Fixed, { note, pages, packs }: Details): string {
  const whole = html`<!doctype html>
    <html lang="en">
      ${head}
      <body>
        ${banner(model)}
        <main>
          <div id="front">${overview(model, note)}${front}</div>
          ${casesPart(pages, model)}
        </main>
        ${end} ${raw(packs)} ${raw(`<script>${script}</script>`)}
      </body>
    </html>`;
  return `${whole.text.trimStart()}\n`;
}

function head({ columns, rows }: Model, script: string): Markup {
  const pictures = rows.some(({ instances }) => instances.some((one) => one?.pictures !== undefined));
  const allowed = policy({ scripts: [script], style: STYLE, pictures });
  const [first] = columns;
  const title = columns.map(({ label }) => label).join(', ');
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${allowed}" />
    <meta name="referrer" content="no-referrer" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="generator" content="mqttspec ${first?.result.tool.version}" />
    <title>${title}: conformance report</title>
    ${raw(`<style>${STYLE}</style>`)}
  </head>`;
}

function banner({ rows }: Model): Markup {
  const notable = rows.some(({ instances }) => instances.some(isNotable));
  return html`<header class="top">
    <a class="to-cases" href="#matrix">Skip to the cases</a>
    <a class="brand" href="#">mqttspec <span>conformance report</span></a>
    <nav aria-label="Parts">
      ${notable && html`<a href="#violations">What to look at</a> `}<a href="#matrix">Cases</a>
      <a href="#requirements">Requirements</a>
    </nav>
    <div class="needs-js tools">
      <button type="button" id="theme" title="Light or dark">Theme</button>
      <button type="button" id="keys" title="Keys (?)">Keys</button>
    </div>
  </header>`;
}

function filter({ columns }: Model): Markup {
  return html`<form class="needs-js filter" role="search" id="filter">
    <label for="q">Filter</label>
    <input
      id="q"
      type="search"
      autocomplete="off"
      spellcheck="false"
      placeholder="words, suite: id: req: level:must v:fail mqtt:5.0 over:ws broker: !not"
    />
    <span class="toggles">
      <button type="button" data-term="v:fail" aria-pressed="false">Failures</button>
      ${columns.length > 1 && html`<button type="button" data-term="is:different" aria-pressed="false">Only differences</button>`}
      <button type="button" data-term="!v:pass" aria-pressed="false">Hide passes</button>
      <button type="button" id="clear">Clear</button>
    </span>
  </form>`;
}

function casesPart(pages: readonly Markup[], { rows, columns }: Model): Markup {
  return html`<section id="cases" aria-label="Case pages">
    <h1 class="sr needs-js">One case of ${columns.map(({ label }) => label).join(', ')}</h1>
    <nav class="needs-js case-nav" aria-label="Between cases">
      <a href="#" id="back">All cases</a> <button type="button" id="previous">Previous <kbd>k</kbd></button>
      <button type="button" id="next">Next <kbd>j</kbd></button> <span id="position" class="dim"></span>
    </nav>
    <noscript
      ><p class="note">
        Pages of failing cases follow. Those of the others (${rows.length - pages.length}) are packed in this file and
        need JavaScript to unfold.
      </p></noscript
    >
    ${pages}
  </section>`;
}

const KEYS = [
  ['/', 'to the filter'],
  ['f', 'failures only, and back'],
  ['j k', 'next and previous case'],
  ['Enter', 'open the case'],
  ['Esc', 'back to all cases'],
  ['?', 'this list'],
] as const;

function help(): Markup {
  return html`<dialog id="help" aria-labelledby="help-t">
    <h2 id="help-t">Keys</h2>
    <dl>
      ${KEYS.map(
        ([key, words]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
    <p class="dim">
      The filter takes words and <code>suite:</code> <code>id:</code> <code>req:</code> <code>level:</code>
      <code>v:</code> <code>mqtt:</code> <code>over:</code> <code>needs:</code> <code>broker:</code>
      <code>is:different</code>; <code>*</code> stands for anything, <code>!</code> turns a term around. The address
      keeps it.
    </p>
    <form method="dialog"><button>Close</button></form>
  </dialog>`;
}

function dataPart({ columns, rows }: Model): Markup {
  const keys = [...new Set(rows.flatMap(({ requirements }) => requirements))];
  const indexes = new Map(keys.map((key, index) => [key, index]));
  const data = {
    brokers: columns.map(({ label }) => label),
    verdicts: VERDICTS,
    keys,
    rows: rows.map((row) => rowData(row, indexes)),
  };
  return html`<script type="application/json" id="data">
    ${embeddedJson(data)}
  </script>`;
}
