/** `mqttspec load`: runs profiles, lists them, merges what several runners have measured. */
import {
  listProfiles,
  load,
  loadDocument,
  loadExport,
  LOAD_EXPORTS,
  loadMerge,
  nearest,
  readLoadFile,
  saveLoad,
  saveText,
  shownCommand,
  UsageError,
  writeLoadReports,
} from '#app';
import type { LoadEvent, LoadRunOptions } from '#app';
import { loadReporter, renderLoadComparison, renderLoadConclusion, renderLoadSummary, renderTable } from '#term';
import type { LoadReporter } from '#term';
import { EXIT } from './exit-codes.ts';
import { type Interruption, interruptions } from './interruption.ts';
import type { Values } from './options.ts';
import type { Action } from './program.ts';
import { targetOptions } from './target-options.ts';
import { loadFormatsOf } from './report-command.ts';
import type { Terminal } from './terminal.ts';

const WHAT = ['run', 'list', 'merge', 'export'] as const;

export function loadCommand(terminal: Terminal): Action<'load'> {
  return async ([word = '', ...words], values) => {
    const what = WHAT.find((name) => name === word);
    if (what === undefined) {
      throw new UsageError(`load can't '${word}'`, `did you mean: mqttspec load ${nearest(word, WHAT)}`);
    }
    if (what === 'list') return list(words, values, terminal);
    if (what === 'export') return exportTo(words, values, terminal);
    if (what === 'merge') return merge(words, values, terminal);
    return run(words, values, terminal);
  };
}

type Result = Awaited<ReturnType<typeof load>>[number];

async function run(words: readonly string[], values: Values<'load'>, terminal: Terminal): Promise<number> {
  // Files are read before the load, so that a wrong name is told at once.
  const before = await Promise.all(values.compare.map(readLoadFile));
  const options = await runOptions(words, values);
  const reporter = reporterFor(values, terminal);
  const interruption = interruptions(() => reporter.stop());
  try {
    const results = await load({
      ...options,
      signal: interruption.signal,
      signalled: () => interruption.exitCode(),
      onEvent: listener(reporter, interruption),
    });
    reporter.stop();
    return await conclude({ results, before, values, terminal, interruption });
  } finally {
    reporter.stop();
    interruption.dispose();
  }
}

async function runOptions(words: readonly string[], values: Values<'load'>): Promise<LoadRunOptions> {
  const [profile, url, ...rest] = words;
  if (profile === undefined) {
    throw new UsageError(
      'load run takes a profile',
      'for example: mqttspec load run smoke; all of them: mqttspec load list',
    );
  }
  if (rest.length > 0) {
    throw new UsageError(
      `load run takes one profile and one URL, not '${rest.join(' ')}' too`,
      'a further endpoint of the same broker: --also URL',
    );
  }
  const {
    declared: _declared,
    versions,
    ...target
  } = await targetOptions({ ...values, declare: [], requireClientCert: false }, process.env);
  const [version] = versions ?? [];
  return {
    ...target,
    profile,
    set: values.set,
    thresholds: values.threshold,
    stopOn: values.stopOn,
    engine: values.engine,
    repeat: values.repeat,
    sources: values.source,
    deflate: values.deflate,
    command: shownCommand(process.argv.slice(2)),
    ...(url === undefined ? {} : { url }),
    ...(version === undefined ? {} : { version }),
    ...(values.k6 === undefined ? {} : { k6: values.k6 }),
    ...(values.workers === undefined ? {} : { workers: values.workers }),
    ...(values.label === undefined ? {} : { label: values.label }),
    ...(values.prometheus === undefined ? {} : { prometheus: values.prometheus }),
  };
}

const SILENT: LoadReporter = {
  note: () => undefined,
  start: () => undefined,
  progress: () => undefined,
  stop: () => undefined,
};

function reporterFor({ quiet }: Values<'load'>, terminal: Terminal): LoadReporter {
  if (quiet) return SILENT;
  return loadReporter({ write: terminal.err, paint: terminal.errPaint, animate: terminal.animate });
}

function listener(reporter: LoadReporter, interruption: Interruption): (event: LoadEvent) => void {
  return (event) => {
    if (interruption.exitCode() !== undefined) return;
    if (event.type === 'note') reporter.note(event.message);
    else if (event.type === 'start') reporter.start(event);
    else if (event.type === 'progress') reporter.progress(event.progress);
    else reporter.stop();
  };
}

interface Ended {
  readonly results: readonly Result[];
  readonly before: readonly Result[];
  readonly values: Values<'load'>;
  readonly terminal: Terminal;
  readonly interruption: Interruption;
}

async function conclude({ results, before, values, terminal, interruption }: Ended): Promise<number> {
  const files = [...(await save(results, values.save)), ...(await writeReports(results, values))];
  const paint = terminal.outPaint();
  if (values.json) terminal.out(await documentOf(results));
  else {
    for (const [index, result] of results.entries()) {
      const last = index === results.length - 1;
      if (values.quiet) terminal.out(renderLoadConclusion(result, paint));
      else terminal.out(renderLoadSummary(result, last ? files : [], paint));
    }
    for (const text of comparisons(results, before, terminal)) terminal.out(text);
  }
  return interruption.exitCode() ?? exitCodeOf(results);
}

/** The results file always; the interrupted run that measured nothing leaves none. */
async function writeReports(results: readonly Result[], values: Values<'load'>): Promise<readonly string[]> {
  if (results.length === 0) return [];
  return writeLoadReports(results, { folder: values.out, formats: [...loadFormatsOf(values), 'json'] });
}

/** One run: its document. Several: a list of them. */
async function documentOf(results: readonly Result[]): Promise<string> {
  const [only] = results;
  return results.length === 1 && only !== undefined
    ? loadDocument(only)
    : `[${(await Promise.all(results.map(loadDocument))).join(',')}]\n`;
}

async function save(results: readonly Result[], file: string | undefined): Promise<readonly string[]> {
  if (file === undefined) return [];
  const name = (index: number): string =>
    results.length === 1 ? file : file.replace(/(\.json)?$/, (ending) => `-${index + 1}${ending}`);
  const files = results.map((_, index) => name(index));
  await Promise.all(results.map((result, index) => saveLoad(result, files[index] as string)));
  return files;
}

/** With earlier results, and door with door. */
function comparisons(results: readonly Result[], before: readonly Result[], terminal: Terminal): string[] {
  const paint = terminal.outPaint();
  const texts: string[] = [];
  if (before.length > 0 && results.length > 0)
    texts.push(renderLoadComparison(['before', before], ['now', results], paint));
  const doors = [...new Set(results.map(({ target }) => target.url))];
  const at = (url: string): readonly Result[] => results.filter(({ target }) => target.url === url);
  const [first, ...others] = doors;
  for (const other of others) {
    if (first !== undefined) texts.push(renderLoadComparison([first, at(first)], [other, at(other)], paint));
  }
  return texts;
}

/** The worst: a crossed threshold before an invalid run, before the rest. */
const WORST_FIRST = [4, 1, 6, 3, 5];

function exitCodeOf(results: readonly Result[]): number {
  const codes = results.map(({ conclusion }) => conclusion.exitCode);
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.done;
}

async function list(words: readonly string[], { json }: Values<'load'>, terminal: Terminal): Promise<number> {
  if (words.length > 0) throw new UsageError(`load list takes nothing, not '${words.join(' ')}'`);
  const profiles = await listProfiles();
  if (json) terminal.out(`${JSON.stringify(profiles, null, 2)}\n`);
  else {
    const rows = profiles.map(({ id, title, parameters }) => [
      id,
      `${title} (${parameters.map((one) => `${one.name}=${one.default}`).join(' ')})`,
    ]);
    const presets = [
      'conn-…',
      'the published names of the open MQTT benchmark suite: conn-tcp-1M-5K, fanout-1-1K-1-1K, p2p-50K-50K-50K-50K, sharedsub-50K-500-50K-50K (40 bytes instead of 16, so that messages can be told apart; --set payload=16: counted only)',
    ];
    terminal.out(renderTable([...rows, presets], terminal.outPaint()));
  }
  return EXIT.done;
}

async function merge(files: readonly string[], values: Values<'load'>, terminal: Terminal): Promise<number> {
  const result = await loadMerge(files, shownCommand(process.argv.slice(2)));
  const saved = [...(await save([result], values.save)), ...(await writeReports([result], values))];
  const paint = terminal.outPaint();
  if (values.json) terminal.out(await documentOf([result]));
  else terminal.out(values.quiet ? renderLoadConclusion(result, paint) : renderLoadSummary(result, saved, paint));
  return result.conclusion.exitCode;
}

/** The script or manifest goes to stdout, or to the file of `--save`. */
async function exportTo(
  [word, ...words]: readonly string[],
  values: Values<'load'>,
  terminal: Terminal,
): Promise<number> {
  const what = LOAD_EXPORTS.find((name) => name === word);
  if (what === undefined) {
    throw new UsageError(
      `load export takes ${LOAD_EXPORTS.join(' or ')}${word === undefined ? '' : `, not '${word}'`}`,
      'for example: mqttspec load export k6 smoke ws://localhost:9001/mqtt',
    );
  }
  const { parallelism, image, save: file } = values;
  const options = await runOptions(words, values);
  const text = await loadExport({ ...options, what, parallelism, ...(image === undefined ? {} : { image }) });
  if (file === undefined) terminal.out(text);
  else await saveText(text, file);
  return EXIT.done;
}
