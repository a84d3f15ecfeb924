import { MQTT_VERSIONS } from '#spec';
import { describe, expect, it } from 'vitest';
import { Bench } from './bench.ts';
import { SCENARIOS } from './index.ts';

describe.each(Object.entries(SCENARIOS))('%s', (_chapter, scenarios) => {
  for (const [title, scenario] of Object.entries(scenarios)) {
    for (const version of MQTT_VERSIONS) {
      if (scenario.only !== undefined && scenario.only !== version) continue;
      it(`${title} (${version})`, async () => {
        const bench = new Bench(scenario.with);
        await scenario.run(bench, version);
        expect(bench.broken).toEqual([]);
      });
    }
  }
});
