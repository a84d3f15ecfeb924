/** A plan as a script that needs nothing but k6. */
import type { Plan } from '../profiles/plan.ts';
import { refuseWhatK6Cannot, type K6Engine } from './can-carry.ts';
import { scriptText } from './script-text.ts';
import { SETTLE_SECONDS, TICK_MS, type ScriptConfig } from './shared/config.ts';
import { usefulUsers } from './shared/owner.ts';

export interface ExportOptions {
  readonly plan: Plan;
  readonly engine: K6Engine;
  /** Text of the bundled script. */
  readonly bundle: string;
  /** As it may be shown: secrets are given when it is run. */
  readonly url: string;
  readonly username?: string;
  readonly insecure: boolean;
  /** Virtual users, of all runners together. */
  readonly users: number;
  readonly settleSeconds?: number;
  readonly toolVersion: string;
}

/** Throws `K6Error` where k6 can't carry the plan. */
export function exportScript(options: ExportOptions): string {
  const { plan, engine, bundle, url, username, insecure, users, settleSeconds = SETTLE_SECONDS } = options;
  refuseWhatK6Cannot(plan, engine);
  const config: ScriptConfig = {
    engine,
    plan,
    url,
    headers: {},
    ...(username === undefined ? {} : { username }),
    users: usefulUsers(plan, users),
    tickMs: TICK_MS,
    settleSeconds,
    metrics: true,
    records: false,
    insecure,
  };
  return scriptText(config, bundle, head(options));
}

function head({ plan, engine, toolVersion }: ExportOptions): string {
  const needs = engine === 'k6' ? 'k6 1.8 or newer' : 'a k6 with grafana/xk6-mqtt';
  return `// ${plan.profile}: ${plan.title}
// Written by mqttspec ${toolVersion}. It needs ${needs} and nothing else:
//
//   k6 run script.js
//
// The environment of k6 stands above what is written here:
//   MQTTSPEC_URL                           the broker
//   MQTTSPEC_USERNAME, MQTTSPEC_PASSWORD   of CONNECT
//   MQTTSPEC_HEADERS                       of the upgrade, as JSON: {"Authorization":"Bearer …"}
//   MQTTSPEC_CERT, MQTTSPEC_KEY            paths of the client's certificate and key (PEM); SSL_CERT_FILE: whom to trust
//   MQTTSPEC_RUN_ID                        eight hexadecimal digits, another one for each run: they stand in topics and client ids
//   MQTTSPEC_RECORDS=1                     print what each virtual user has counted; mqttspec load merge LOG… makes a result of it
//
// Several processes share the load by --execution-segment, as those of the k6 operator do. Exit code 99: a threshold was crossed.
`;
}
