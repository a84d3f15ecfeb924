/** JUnit XML as CI servers read it: a suite per section, seconds, properties for requirements. */
import type { InstanceResult, RunResult } from '#results';
import { VERDICT_MARKS, type Verdict } from '#spec';
import { decisiveFinding, proofText } from './proof.ts';
import { bySection, type Section } from './section.ts';
import { element, seconds, timestamp } from './junit-xml.ts';
import { escapeMarkup } from './text.ts';

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

const OUTCOMES = {
  pass: 'passed',
  observed: 'passed',
  warn: 'passed',
  fail: 'failure',
  error: 'error',
  inconclusive: 'error',
  skip: 'skipped',
  'not-run': 'skipped',
} as const satisfies Readonly<Record<Verdict, Outcome>>;

export function renderJunit(result: RunResult): string {
  const { run, target, tool, cases, conclusion } = result;
  const root = { name: `mqttspec: ${target.label}`, ...totals(cases), timestamp: timestamp(run.startedAt) };
  const properties: readonly Property[] = [
    ['tool', `mqttspec ${tool.version}`],
    ['suite-version', tool.suiteVersion],
    ['target', target.label],
    ...target.endpoints.map(({ url }): Property => ['endpoint', url]),
    ['seed', run.seed],
    ['command', run.command],
    ['conclusion', conclusion.sentence],
  ];
  const suites = bySection(cases, (one) => one).map((section) => suite(section, timestamp(run.startedAt), properties));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', root, suites)}\n`;
}

function suite({ name, items }: Section<InstanceResult>, startedAt: string, properties: readonly Property[]): string {
  const attributes = { name, ...totals(items), timestamp: startedAt };
  return element('testsuite', attributes, [propertyList(properties), ...items.map((one) => testcase(one, name))]);
}

function testcase(one: InstanceResult, section: string): string {
  const properties: readonly Property[] = [
    ...one.verifies.map((key): Property => ['requirement', key]),
    ...[...new Set(one.findings.map(({ requirement }) => requirement))].map((key): Property => ['finding', key]),
    ['verdict', one.verdict],
    ...(one.version === undefined ? [] : [['mqtt', one.version] as const]),
    ['transport', one.transport],
    ...(one.attempts > 1 ? [['attempts', String(one.attempts)] as const] : []),
  ];
  // Servers take a dot in a class name for the end of a package.
  const attributes = { name: one.instance, classname: section.replaceAll('.', '·'), time: seconds(one.durationMs) };
  return element('testcase', attributes, [propertyList(properties), ...outcome(one)]);
}

function outcome(one: InstanceResult): string[] {
  const kind = OUTCOMES[one.verdict];
  const decisive = decisiveFinding(one);
  if (kind === 'skipped')
    return [element('skipped', { message: one.reason ?? VERDICT_MARKS[one.verdict].meaning }, [])];
  if (kind === 'passed')
    return one.verdict === 'pass' ? [] : [element('system-out', {}, [escapeMarkup(proofText(one))])];
  const message = decisive?.message ?? one.reason ?? one.actual ?? one.title;
  const attributes = { message, type: kind === 'failure' ? (decisive?.requirement ?? 'violation') : one.verdict };
  return [element(kind, attributes, [escapeMarkup(proofText(one))])];
}

type Property = readonly [name: string, value: string];

function propertyList(properties: readonly Property[]): string {
  return element(
    'properties',
    {},
    properties.map(([name, value]) => element('property', { name, value }, [])),
  );
}

function totals(cases: readonly InstanceResult[]) {
  const of = (outcome: Outcome): number => cases.filter(({ verdict }) => OUTCOMES[verdict] === outcome).length;
  const time = cases.reduce((sum, one) => sum + one.durationMs, 0);
  return {
    tests: cases.length,
    failures: of('failure'),
    errors: of('error'),
    skipped: of('skipped'),
    time: seconds(time),
  };
}
