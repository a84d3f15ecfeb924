import { expect, test } from 'vitest';
import { parseFilter, type Candidate } from './selection.ts';

const SECOND: Candidate = {
  id: 'connect/second-connect',
  instance: 'connect/second-connect[twice]@5.0/ws',
  suite: 'connect',
  title: 'a second CONNECT is a protocol error',
  requirements: ['5.0/MQTT-3.1.0-2', '5.0/MQTT-4.13.1-1#close', 'ws/close/code'],
  levels: ['MUST NOT', 'SHOULD'],
  version: '5.0',
  transport: 'ws',
  needs: ['retain'],
  verdict: 'fail',
  broker: 'Mosquitto 2.0.11',
  is: ['different'],
};

const YES = [
  '',
  'second protocol',
  'suite:connect',
  'id:connect/*',
  'id:connect/second-connect',
  'id:connect/second-connect[twice]',
  'req:5.0/MQTT-3.1.*',
  'req:mqtt-4.13.1-1',
  '[5.0/MQTT-3.1.0-2]',
  'MQTT-3.1.0-2',
  'ws/close/code',
  'level:must',
  'level:should,may',
  'v:fail v:warn',
  'mqtt:5',
  'over:websocket',
  'needs:retain',
  'broker:mosq',
  'is:different',
  '"second connect"',
  '!v:pass !broker:emqx',
];
const NO = [
  'third',
  'second third',
  'suite:conn',
  'id:connect',
  'req:3.1.1/MQTT-3.1.*',
  'level:may',
  'v:pass',
  'v:fail suite:publish',
  'mqtt:3.1.1',
  'over:tcp',
  'broker:emqx',
  'is:fixed',
  '!v:fail',
  '"second  connect"',
];

test.each(YES)('%j finds it', (text) => {
  expect(parseFilter(text)).toSatisfy((matches) => typeof matches === 'function' && matches(SECOND));
});

test.each(NO)('%j does not', (text) => {
  expect(parseFilter(text)).toSatisfy((matches) => typeof matches === 'function' && !matches(SECOND));
});

test.each([
  ['colour:red', /"colour:" is no key/],
  ['v:', /has no value/],
  ['"open', /not closed/],
])('%j says what is wrong', (text, message) => {
  expect(parseFilter(text)).toMatch(message);
});

test('the command line understands the same', async () => {
  const { parseSelection } = await import('#runner');
  const selectable = { ...SECOND, aliases: [] };
  const answers = [...YES, ...NO].map((text) => [text, parseSelection(text).matches(selectable)]);
  expect(answers).toEqual([...YES.map((text) => [text, true]), ...NO.map((text) => [text, false])]);
});
