/** What the environment of k6 says about the target: it stands above what was written into the script, and holds the secrets. */
import exec from 'k6/execution';
import type { ScriptConfig } from '../shared/config.ts';

const given = (name: string): string | undefined => (__ENV[name] === '' ? undefined : __ENV[name]);

export function targetUrl(config: ScriptConfig): string {
  return given('MQTTSPEC_URL') ?? config.url;
}

/** `MQTTSPEC_HEADERS` is JSON: names to values. */
export function headers(config: ScriptConfig): Record<string, string> {
  const json = given('MQTTSPEC_HEADERS');
  return json === undefined ? { ...config.headers } : (JSON.parse(json) as Record<string, string>);
}

export function credentials(config: ScriptConfig): { username: string | undefined; password: string | undefined } {
  return { username: given('MQTTSPEC_USERNAME') ?? config.username, password: given('MQTTSPEC_PASSWORD') };
}

export function wantsRecords(config: ScriptConfig): boolean {
  return config.records || given('MQTTSPEC_RECORDS') === '1';
}

/** `0:1/4`: this process is the first of four; the whole run is `0:1`. */
export function segment(): string {
  return exec.test.options.executionSegment ?? '0:1';
}
