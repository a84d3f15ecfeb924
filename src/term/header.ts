/** Before the run: what will happen, in four lines. */
import type { RunEvent } from '#results';
import { count } from './numbers.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';
import { fit } from './width.ts';

export type RunStart = Extract<RunEvent, { type: 'run-start' }>;

export function renderHeader(start: RunStart, paint: Paint): string {
  const { tool, run, target, planned, leftOut } = start;
  const [first, ...further] = target.endpoints;
  const rows: readonly (readonly [label: string, parts: readonly (string | undefined)[]])[] = [
    ['mqttspec', [tool.version, `suite ${tool.suiteVersion}`, `seed ${run.seed}`]],
    [
      'target',
      first === undefined
        ? ['none']
        : [
            first.url,
            first.tls,
            first.subprotocol === undefined ? undefined : `subprotocol ${first.subprotocol}`,
            `round trip ${first.roundTripMs.toFixed(1)} ms`,
            ...further.map(({ url }) => `also ${url}`),
          ],
    ],
    ['broker', [target.label, `MQTT ${target.versions.join(' and ')}`]],
    ['selected', [count(planned.length, 'instance'), run.selection, ...leftOut.map(leftOutWords)]],
  ];
  const lines = rows.map(([label, parts]) => {
    const text = parts.filter((part) => part !== undefined && part !== '').join(' · ');
    return `${paint.dim(label.padEnd(9))} ${fit(visible(text), Math.max(40, paint.style.width - 11))}\n`;
  });
  return paint.finish(`${lines.join('')}\n`);
}

function leftOutWords({ reason, instances }: RunStart['leftOut'][number]): string {
  return `${instances} left out: ${reason}`;
}
