import { expect, test } from 'vitest';
import { renderJunit } from './junit.ts';
import { HOSTILE } from './testing/curated-instances.ts';
import { sampleRun } from './testing/sample-run.ts';
import { parseXml, type XmlElement } from './testing/xml.ts';

const RESULT = sampleRun({ cases: 200 });
const ROOT = parseXml(renderJunit(RESULT));
const suites = ROOT.children;
const cases = suites.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));
const find = (name: string): XmlElement => cases.find(({ attributes }) => attributes['name'] === name) as XmlElement;
const outcome = (element: XmlElement): XmlElement | undefined =>
  element.children.find(({ name }) => name !== 'properties');

/** Elements, their attributes and their children, as the schema of Jenkins' JUnit reader has them. */
const SCHEMA: Readonly<Record<string, { readonly attributes: RegExp; readonly children: RegExp }>> = {
  testsuites: { attributes: /^(name|tests|failures|errors|skipped|time|timestamp)$/, children: /^testsuite$/ },
  testsuite: {
    attributes: /^(name|tests|failures|errors|skipped|time|timestamp)$/,
    children: /^(properties|testcase)$/,
  },
  testcase: { attributes: /^(name|classname|time)$/, children: /^(properties|skipped|failure|error|system-out)$/ },
  properties: { attributes: /^$/, children: /^property$/ },
  property: { attributes: /^(name|value)$/, children: /^$/ },
  skipped: { attributes: /^message$/, children: /^$/ },
  failure: { attributes: /^(message|type)$/, children: /^$/ },
  error: { attributes: /^(message|type)$/, children: /^$/ },
  'system-out': { attributes: /^$/, children: /^$/ },
};

function check(element: XmlElement): void {
  const { attributes, children } = SCHEMA[element.name] ?? expect.fail(`<${element.name}>`);
  for (const name of Object.keys(element.attributes)) expect(name).toMatch(attributes);
  for (const child of element.children) {
    expect(child.name).toMatch(children);
    check(child);
  }
  if (element.attributes['time'] !== undefined) expect(element.attributes['time']).toMatch(/^\d+\.\d{3}$/);
  if (element.attributes['timestamp'] !== undefined) {
    expect(element.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  }
}

test('it is what the schema says', () => {
  check(ROOT);
});

test('the sums are those of the cases', () => {
  for (const element of [ROOT, ...suites]) {
    const own = element === ROOT ? cases : element.children.filter(({ name }) => name === 'testcase');
    const count = (kind: string) => String(own.filter((one) => outcome(one)?.name === kind).length);
    expect(element.attributes).toMatchObject({
      tests: String(own.length),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    });
  }
  expect(cases).toHaveLength(RESULT.cases.length);
});

test.each([
  ['connect/second-connect@5.0/ws', 'failure'],
  ['publish/flood[QoS 1]@3.1.1/ws', 'error'],
  ['session/takeover@5.0/ws', 'system-out'],
  ['subscribe/no-match@5.0/ws', 'system-out'],
  ['subscribe/shared@5.0/ws', 'skipped'],
  ['subscribe/late@5.0/ws', 'skipped'],
  ['subscribe/round-trip@5.0/mqtts', undefined],
])('%s: %s', (name, kind) => {
  expect(outcome(find(name))?.name).toBe(kind);
});

test('a failure says what was required, what came, and shows the wire', () => {
  const failure = outcome(find('connect/second-connect@5.0/ws'));
  expect(failure?.attributes).toEqual({
    message: 'a second CONNECT is a protocol error: the server closes the connection',
    type: '5.0/MQTT-3.1.0-2',
  });
  expect(failure?.text).toContain('expected     DISCONNECT 0x82 (optional), then close');
  expect(failure?.text).toMatch(/← CONNACK 0x00 Success/);
  expect(failure?.text).toMatch(/deadline: waited 2000 ms for close +← here/);
});

test('requirements are properties; a skip has its reason', () => {
  const properties = find('session/takeover@5.0/ws').children.find(({ name }) => name === 'properties')?.children;
  const values = properties?.filter(({ attributes }) => attributes['name'] === 'requirement');
  expect(values?.map(({ attributes }) => attributes['value'])).toEqual(['5.0/R-3.1.4-1', '5.0/MQTT-3.1.0-2']);
  expect(outcome(find('subscribe/shared@5.0/ws'))?.attributes['message']).toMatch(/needs shared subscriptions/);
});

test('what brokers send cannot break the document', () => {
  const hostile = cases.find(({ attributes }) => attributes['name']?.startsWith('topics/utf8'));
  expect(outcome(hostile as XmlElement)?.text).toContain(
    String.raw`</script><script>alert(1)</script>"'><img src=x onerror=alert(1)> \u{0}\u{7}\u{1B}[31m`,
  );
  expect(HOSTILE).toContain('\u0000');
});

test('suites are sections, in the order of the standards', () => {
  const names = suites.map(({ attributes }) => attributes['name'] ?? '');
  expect(names[0]).toBe('WebSocket / handshake');
  expect(names.indexOf('MQTT 3.1.1 / section-3.1')).toBeLessThan(names.indexOf('MQTT 5.0 / connect'));
  expect(new Set(names).size).toBe(names.length);
});
