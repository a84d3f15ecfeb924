/** A script as a manifest for the k6 operator: a ConfigMap and a TestRun (k6.io/v1alpha1). */
import { K6Error } from './k6-error.ts';

export interface ManifestOptions {
  readonly profile: string;
  /** What `exportScript` wrote. */
  readonly script: string;
  readonly runId: string;
  readonly url: string;
  /** Runners: each carries its share of the virtual users. */
  readonly parallelism: number;
  readonly image: string;
}

/** Kubernetes takes no larger ConfigMap. Bytes. */
const MOST_BYTES = 1 << 20;
/** What stands around the script in the object. */
const SPARE_BYTES = 2048;

/** The image that k6 itself is published as. */
export const DEFAULT_IMAGE = 'grafana/k6:2.2.0';

/** Throws `K6Error` where the script is too large for a ConfigMap. */
export function exportManifest({ profile, script, runId, url, parallelism, image }: ManifestOptions): string {
  const bytes = Buffer.byteLength(script);
  if (bytes > MOST_BYTES - SPARE_BYTES) {
    throw new K6Error(
      'K6_CANNOT_CARRY',
      `the script of ${profile} has ${bytes} bytes, and a ConfigMap takes less than ${MOST_BYTES}`,
      'put it on a volume: spec.script.volumeClaim',
    );
  }
  const name = `mqttspec-${profile}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .slice(0, 50);
  return `# Load by the k6 operator: ${parallelism} runners share the virtual users, roles come from exec.vu.idInTest.
#
#   kubectl create secret generic mqttspec --from-literal=username=… --from-literal=password=…    (where the broker wants them)
#   kubectl apply -f this-file.yaml
#   kubectl wait --for=jsonpath='{.status.stage}'=finished testrun/${name} --timeout=1h
#   kubectl logs -l k6_cr=${name},runner=true --tail=-1 --max-log-requests=${Math.max(5, parallelism)} > runners.log
#   mqttspec load merge runners.log
#
# The operator judges thresholds for each runner alone, on its share of the messages; load merge judges them on the whole.
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  script.js: |
${indented(script)}
---
apiVersion: k6.io/v1alpha1
kind: TestRun
metadata:
  name: ${name}
spec:
  parallelism: ${parallelism}
  script:
    configMap:
      name: ${name}
      file: script.js
  runner:
    image: ${JSON.stringify(image)}
    env:
${variables({ MQTTSPEC_URL: url, MQTTSPEC_RUN_ID: runId, MQTTSPEC_RECORDS: '1', K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' })}
${secrets()}
`;
}

/** A literal block keeps every character of a line; empty lines need no indentation. */
const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');

function variables(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .map(([name, value]) => `      - name: ${name}\n        value: ${JSON.stringify(value)}`)
    .join('\n');
}

function secrets(): string {
  const from = (name: string, key: string): string => `      - name: ${name}
        valueFrom:
          secretKeyRef:
            name: mqttspec
            key: ${key}
            optional: true`;
  return [from('MQTTSPEC_USERNAME', 'username'), from('MQTTSPEC_PASSWORD', 'password')].join('\n');
}
