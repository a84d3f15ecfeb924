/** Every report is a pure function of results. */
export { renderHtml } from './html/render-html.ts';
export type { HtmlOptions } from './html/render-html.ts';
export { ndjsonLine, renderJson } from './json.ts';
export { renderJunit } from './junit.ts';
