/** The generator knows nothing of the catalogue of requirements: here they are held together. */
import { expect, test } from 'vitest';
import { KEY_TYPES, makePki } from '#certs-gen';
import { NEEDS, REQUIREMENTS } from '#spec';
import { OPTIONS } from '../src/cli/options.ts';
import { TemporaryFolder } from '../certs-gen/testing/folder.ts';

test('the command line knows the key types of the generator', () => {
  expect(OPTIONS.keyType.choices).toEqual(KEY_TYPES);
});

const LISTENER = ['tls', 'mtls-required'];

test(
  'a scenario for each cert/ requirement, with the same needs and outcome, and none without',
  { timeout: 120_000 },
  async () => {
    const folder = new TemporaryFolder();
    const { scenarios } = await makePki(folder.at('pki')).finally(() => folder.dispose());
    const asked = scenarios.flatMap(({ requirement, expected, needs = [] }) =>
      requirement === undefined ? [] : [[requirement, [expected, ...[...needs].sort()]] as const],
    );
    const wanted = [...REQUIREMENTS.values()]
      .filter(({ key }) => key.startsWith('cert/'))
      .map(
        ({ key, expected, needs }) =>
          [key, [expected, ...needs.filter((need) => !LISTENER.includes(need)).toSorted()]] as const,
      );
    expect(new Map(asked)).toEqual(new Map(wanted));
    for (const { needs = [] } of scenarios) for (const need of needs) expect(Object.keys(NEEDS)).toContain(need);
  },
);
