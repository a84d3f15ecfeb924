/** A page of docs/findings: results of one broker, grouped by the causes of its triage. */
import { cameOf, code, failing, sentBefore, short } from './findings.octets.mjs';

const DOUBTFUL = new Set(['fail', 'inconclusive', 'error']);
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The Markdown of the page, and the ids of the cases that no cause names. */
export function pageOf(triage, results, notes) {
  const last = results.at(-1);
  const seen = failures(results);
  const groups = triage.causes.map((cause) => ({ cause, cases: [] }));
  const rest = [];
  for (const one of seen) {
    const group = groups.find(({ cause }) => cause.cases.some((pattern) => matches(pattern, one.id)));
    (group?.cases ?? rest).push(one);
  }
  const numbered = groups.filter(({ cases }) => cases.length > 0);
  const sections = [
    ...headOf(triage, results),
    ...(rest.length === 0 ? [] : ['## Not triaged', '', ...tableOf(rest, results.length), '']),
    '## What fails, most grave first',
    '',
    ...LEGEND,
    ...numbered.flatMap(({ cause, cases }, at) => sectionOf(cause, cases, at + 1, results.length)),
    ...differencesOf(last, triage.transports),
    ...flickersOf(results),
    ...warningsOf(last),
    notes.trim(),
    '',
  ];
  return { page: sections.join('\n'), untriaged: rest.map(({ id }) => id) };
}

/** The row of this broker in the table of docs/findings/README.md, made anew. */
export function withRow(index, triage, { run, tool, cases, conclusion, target }) {
  const { counts, must } = conclusion;
  const numbers = ['pass', 'fail', 'warn', 'inconclusive', 'observed', 'skip'].map((verdict) => counts[verdict]);
  const cells = [
    `[${triage.title}](${triage.page})`,
    target.versions.join(', '),
    run.startedAt.slice(0, 10),
    tool.suiteVersion,
  ];
  const row = `| ${[...cells, cases.length, ...numbers, `${must.violated} of ${must.applicable}`].join(' | ')} |`;
  return index.replace(new RegExp(`^\\| \\[[^\\]]*\\]\\(${triage.page.replaceAll('.', '\\.')}\\).*$`, 'm'), () => row);
}

const LEGEND = [
  '*ws* and *tcp* are the transports. *Sent* is what went out last before the finding, in octets (hexadecimal, without the frame; a',
  'PINGREQ that only asks whether the client lives is left out; of an upgrade the fields that differ from a right one). *Came* is the finding.',
  '',
];

function headOf(triage, results) {
  const { tool, run, conclusion, cases, target } = results.at(-1);
  const counts = Object.entries(conclusion.counts).filter(([, count]) => count > 0);
  const sums = counts.map(([verdict, count]) => `${count} ${verdict}`).join(' · ');
  const at = `${run.startedAt.slice(0, 10)}, mqttspec ${tool.version} with suites ${tool.suiteVersion}, Node ${tool.node}`;
  const spoken = `${target.endpoints.map(({ transport }) => (transport === 'ws' ? 'WebSocket' : 'TCP')).join(' and ')}, MQTT ${target.versions.join(' and ')}`;
  const seconds = Math.round(run.durationMs / 1000);
  return [
    `# ${triage.title}`,
    '',
    '<!-- Written by `npm run findings`; what is said of the failures stands in triage/. -->',
    '',
    triage.origin,
    '',
    '```sh',
    `npm start -- run --broker ${triage.broker} --local`,
    `npm run findings -- ${triage.broker} mqttspec-out/*.json`,
    '```',
    '',
    `${at}; ${spoken}, loopback; ${seconds} s on a machine of two busy cores; ${results.length} runs.`,
    '',
    `**${sums}** of ${cases.length} instances. ${conclusion.sentence}.`,
    '',
    triage.summary,
    '',
  ];
}

/** Failing cases with their instances, of all results; octets of the last result in which they failed. */
function failures(results) {
  const cases = new Map();
  for (const { cases: instances } of results) {
    for (const instance of instances) {
      if (!DOUBTFUL.has(instance.verdict)) continue;
      const one = cases.get(instance.id) ?? { id: instance.id, instances: new Map(), requirements: new Set() };
      cases.set(instance.id, one);
      const times = (one.instances.get(instance.instance)?.times ?? 0) + 1;
      one.instances.set(instance.instance, { instance, times });
      for (const { requirement } of failing(instance.findings)) if (requirement) one.requirements.add(requirement);
    }
  }
  return [...cases.values()];
}

/** `*` at the end stands for any rest. */
const matches = (pattern, id) => (pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern);

function sectionOf({ title, says, section }, cases, number, runs) {
  return [`### ${number}. ${title}`, '', `${says} **${section}**`, '', ...tableOf(cases, runs), ''];
}

function tableOf(cases, runs) {
  const head = ['| case, rows, where | requirement | sent (last) | came |', '|---|---|---|---|'];
  return [...head, ...cases.map((one) => lineOf(one, runs))];
}

function lineOf({ id, instances, requirements }, runs) {
  const all = [...instances.values()];
  const [{ instance: shown }] = all;
  const rows = [...new Set(all.map(({ instance }) => instance.row).filter((row) => row !== undefined))];
  const where = [...new Set(all.map(({ instance }) => whereOf(instance)))].join(', ');
  const fewest = Math.min(...all.map(({ times }) => times));
  const often = fewest === runs ? '' : `; in ${fewest}${fewestTo(all, fewest)} of ${runs} runs`;
  const undecided = all.every(({ instance }) => instance.verdict !== 'fail') ? ` (${shown.verdict})` : '';
  const shownRows = rows.slice(0, 8).map(code).join(' ') + (rows.length > 8 ? ` and ${rows.length - 8} more` : '');
  const name = `${code(id)}${undecided}${rows.length === 0 ? '' : `<br>${shownRows}`}<br>${where}${often}`;
  const keys = [...requirements];
  const more = keys.length > 3 ? ', …' : '';
  const broken = keys.slice(0, 3).join(', ') + more;
  return `| ${cell(name)} | ${cell(broken)} | ${cell(sentBefore(shown))} | ${cell(cameOf(shown))} |`;
}

const fewestTo = (all, fewest) => {
  const most = Math.max(...all.map(({ times }) => times));
  return most === fewest ? '' : ` to ${most}`;
};

function whereOf({ version, transport }) {
  const on = transport === 'mqtt' ? 'tcp' : transport === 'mqtts' ? 'tls' : transport;
  return version === undefined ? on : `${version}/${on}`;
}

/** Instances of one case whose verdict differs between WebSocket and TCP. */
function differencesOf({ cases }, says) {
  const over = new Map();
  for (const { instance, transport, verdict } of cases) {
    const name = instance.replace(/[/@](ws|mqtt)$/, '');
    over.set(name, { ...over.get(name), [transport]: verdict });
  }
  const kinds = new Map();
  for (const [name, { ws, mqtt }] of over) {
    if (ws === undefined || mqtt === undefined || ws === mqtt) continue;
    const kind = `${ws} over WebSocket, ${mqtt} over TCP`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), code(name)]);
  }
  const lines = [...kinds].map(([kind, names]) => `- ${kind}: ${names.join(', ')}`);
  return [
    '## WebSocket and TCP',
    '',
    ...(lines.length === 0 ? ['No verdict differs.'] : lines),
    '',
    ...(says ? [says, ''] : []),
  ];
}

/** What didn't have one verdict in all results. */
function flickersOf(results) {
  if (results.length < 2) return [];
  const verdicts = new Map();
  for (const { cases } of results)
    for (const { instance, verdict } of cases) verdicts.set(instance, [...(verdicts.get(instance) ?? []), verdict]);
  const several = [...verdicts].filter(([, list]) => new Set(list).size > 1 || list.length < results.length);
  const lines = several.map(([name, list]) => `- ${code(name)}: ${list.join(', ')}`);
  const same = `${verdicts.size - several.length} of ${verdicts.size} instances had one verdict in all ${results.length} runs.`;
  return ['## Repetitions', '', same, '', ...lines, ...(lines.length === 0 ? [] : [''])];
}

function warningsOf({ cases }) {
  const byCase = new Map();
  for (const instance of cases.filter(({ verdict }) => verdict === 'warn'))
    byCase.set(instance.id, [...(byCase.get(instance.id) ?? []), instance]);
  const lines = [...byCase].map(([id, list]) => {
    const finding = list[0].findings.find(({ verdict }) => verdict === 'warn');
    const times = list.length === 1 ? '' : ` (${list.length})`;
    return `- ${code(id)}${times}: ${finding?.requirement ?? ''}: ${short(finding?.message ?? list[0].reason ?? '')}`;
  });
  return lines.length === 0
    ? []
    : ['## Warnings', '', 'Where the standard says SHOULD, or binds the sender alone.', '', ...lines, ''];
}
