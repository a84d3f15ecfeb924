import { describe, expect, test } from 'vitest';
import { explain } from './explain.ts';
import { UsageError } from './errors.ts';
import { list } from './list.ts';

const kinds = async (id: string): Promise<string[]> =>
  (await explain(id)).map((one) => {
    if (one.kind === 'requirement') return one.requirement.key;
    return one.kind === 'case' ? `case ${one.case.id}` : `${one.kind} ${one.id}`;
  });

test.each([
  ['MQTT-3.1.0-2', ['3.1.1/MQTT-3.1.0-2', '5.0/MQTT-3.1.0-2']],
  ['[MQTT-3.1.0-2]', ['3.1.1/MQTT-3.1.0-2', '5.0/MQTT-3.1.0-2']],
  ['5.0/MQTT-3.1.0-2', ['5.0/MQTT-3.1.0-2']],
  ['ws/upgrade/accept-key', ['ws/upgrade/accept-key']],
  ['connect/second-connect', ['case connect/second-connect']],
  ['connect/second-connect@5.0/wss', ['case connect/second-connect']],
  ['no-pingresp', ['fault no-pingresp']],
  ['slow-suback', ['variant slow-suback']],
  ['D-H01', ['fault wrong-accept-key']],
  ['d-h01', ['fault wrong-accept-key']],
])('%s', async (id, expected) => {
  expect(await kinds(id)).toEqual(expected);
});

test('a requirement names the cases that verify it', async () => {
  const [found] = await explain('5.0/MQTT-3.1.0-2');
  expect(found?.kind === 'requirement' && found.cases.map(({ id }) => id)).toContain('connect/second-connect');
});

describe('what nothing has', () => {
  test.each([
    ['5.0/MQTT-3.1.0-222', '5.0/MQTT-3.1.0-2'],
    ['no-pingrep', 'no-pingresp'],
    ['connect/second-conect', 'connect/second-connect'],
    ['D-H0I', 'D-H01'],
  ])('%s: did you mean %s?', async (id, near) => {
    const error = await explain(id).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).hint).toContain(near);
  });
});

test('a fault lists the cases that catch it, a case the faults', async () => {
  const faults = new Map((await list('faults')).map((one) => [one.id, one.cases]));
  for (const { id, caughtBy } of await list('cases')) {
    for (const fault of caughtBy) expect(faults.get(fault)).toContain(id);
  }
});
