/** Every report is a pure function of results. */
export { renderHtml } from './html/render-html.ts';
export type { HtmlOptions } from './html/render-html.ts';
export { ndjsonLine, renderJson } from './json.ts';
export { renderJunit } from './junit.ts';
export { renderLoadCsv } from './load/load-csv.ts';
export { renderLoadHtml } from './load/load-html.ts';
export type { LoadHtmlOptions } from './load/load-html.ts';
export { renderLoadJunit } from './load/load-junit.ts';
export { renderLoadMarkdown } from './load/load-markdown.ts';
export { PROMETHEUS_CONTENT_TYPE, renderPrometheus } from './load/load-prometheus.ts';
export type { LoadSnapshot } from './load/load-prometheus.ts';
