/** What both scripts export: options, the iteration of a virtual user, and the summary. */
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import type { ScriptConfig } from '../shared/config.ts';
import { nativeThresholds } from '../shared/native-thresholds.ts';
import { recordLines } from '../shared/record-lines.ts';
import type { MakeClient } from './client.ts';
import { wantsRecords } from './environment.ts';
import { nativeMetrics } from './native.ts';
import { summaryText, type SummaryData } from './summary.ts';
import { VirtualUser } from './virtual-user.ts';

/** Written in front of the bundle. */
declare const MQTTSPEC_CONFIG: ScriptConfig;

const config = withRunId(MQTTSPEC_CONFIG, __ENV['MQTTSPEC_RUN_ID']);

/** A script that is run again should not meet the sessions and retained messages of the run before. */
function withRunId(given: ScriptConfig, runId: string | undefined): ScriptConfig {
  if (runId === undefined || !/^[0-9a-f]{8}$/.test(runId)) return given;
  return JSON.parse(JSON.stringify(given).replaceAll(given.plan.runId, runId)) as ScriptConfig;
}

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
  ...(config.metrics ? { thresholds: nativeThresholds(config.plan, config.settleSeconds) } : {}),
  insecureSkipTLSVerify: config.insecure,
  ...clientCertificate(__ENV['MQTTSPEC_CERT'], __ENV['MQTTSPEC_KEY']),
  summaryTrendStats: ['count', 'min', 'avg', 'med', 'p(90)', 'p(99)', 'p(99.9)', 'max'],
};

/** Paths of PEM files. k6 has one identity for the whole run. */
function clientCertificate(cert: string | undefined, key: string | undefined): Pick<Options, 'tlsAuth'> {
  return cert === undefined || key === undefined ? {} : { tlsAuth: [{ cert: open(cert), key: open(key) }] };
}

const native = nativeMetrics(config);

/** Whoever starts us from outside reads the records, not this. */
export function handleSummary(data: SummaryData): Record<string, string> {
  return { stdout: config.metrics ? summaryText(config, data) : '' };
}

export function runVirtualUser(makeClient: MakeClient): void {
  if (exec.vu.idInTest > config.users) return;
  const user = new VirtualUser({ config, makeClient, native }, (record) => {
    if (wantsRecords(config)) for (const line of recordLines(record)) console.log(line);
  });
  user.start();
}
