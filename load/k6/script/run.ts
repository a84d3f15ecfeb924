/** What both scripts export: options, the iteration of a virtual user, and the summary. */
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import type { ScriptConfig } from '../shared/config.ts';
import { recordLines } from '../shared/record-lines.ts';
import type { MakeClient } from './client.ts';
import { wantsRecords } from './environment.ts';
import { VirtualUser } from './virtual-user.ts';

/** Written in front of the bundle. */
declare const MQTTSPEC_CONFIG: ScriptConfig;

export const config = MQTTSPEC_CONFIG;

/** Beyond the limit of the plan: each virtual user ends itself by then, so that its record is there. */
const SPARE_SECONDS = 30;

export const options: Options = {
  scenarios: {
    [config.plan.profile]: {
      executor: 'per-vu-iterations',
      vus: config.users,
      iterations: 1,
      maxDuration: `${config.plan.limitSeconds + SPARE_SECONDS}s`,
      gracefulStop: '5s',
    },
  },
  insecureSkipTLSVerify: config.insecure,
  summaryTrendStats: ['count', 'min', 'avg', 'med', 'p(90)', 'p(99)', 'p(99.9)', 'max'],
};

export function runVirtualUser(makeClient: MakeClient): void {
  if (exec.vu.idInTest > config.users) return;
  const user = new VirtualUser(config, makeClient, (record) => {
    if (wantsRecords(config)) for (const line of recordLines(record)) console.log(line);
  });
  user.start();
}
