/** Runs probes on a real k6 with the extension, and says where it is not as the declaration claims. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FoundK6 } from '../find-k6.ts';
import { runK6Process, type K6Outcome } from '../k6-process.ts';
import type { Probe } from './probes.ts';

export interface Probed {
  readonly probe: Probe;
  /** As claimed. */
  readonly holds: boolean;
  /** In the words of `shows`. */
  readonly shown: readonly string[] | 'dies' | 'hangs';
}

/** Longer than any that ends by itself. */
const LIMIT_MS = 8000;
const NOWHERE = 'ws://127.0.0.1:1/mqtt';

/** `url`: a broker that takes everybody. */
export async function runProbes(k6: FoundK6, url: string, probes: readonly Probe[]): Promise<readonly Probed[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mqttspec-probe-'));
  try {
    const all: Probed[] = [];
    for (const [index, probe] of probes.entries()) {
      const file = path.join(folder, `${index}.js`);
      await writeFile(file, scriptOf(probe, url));
      const outcome = await runK6Process({
        program: k6.path,
        args: ['run', '--quiet', '--address', '', file],
        env: {},
        cwd: folder,
        limitMs: LIMIT_MS,
        graceMs: 500,
        signal: undefined,
      });
      const shown = shownBy(outcome);
      all.push({ probe, shown, holds: JSON.stringify(shown) === JSON.stringify(probe.shows) });
    }
    return all;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const MARK = 'probe says: ';

function scriptOf({ script }: Probe, url: string): string {
  return `import { Client } from 'k6/x/mqtt';
export const options = { scenarios: { probe: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '5s', gracefulStop: '0s' } } };
const say = (...words) => console.log('${MARK}' + words.join(' '));
export default function () {
  const url = ${JSON.stringify(url)}, nowhere = ${JSON.stringify(NOWHERE)};
  ${script}
}
export function handleSummary() { return { stdout: '' }; }
`;
}

function shownBy({ output, exitCode, timedOut }: K6Outcome): Probed['shown'] {
  if (/^panic: /m.test(output) && exitCode === 2) return 'dies';
  if (timedOut) return 'hangs';
  return [...output.matchAll(new RegExp(`msg="?${MARK}(.*?)"? source=console`, 'g'))].map(([, words = '']) => words);
}

/** A line for each: `as described` or what is different. */
export function probedLine({ probe, holds, shown }: Probed): string {
  const said = (what: Probed['shown']): string => (typeof what === 'string' ? what : what.join(' | '));
  if (holds) return `  as described  ${probe.member}: ${probe.claim}`;
  return `! changed       ${probe.member}: ${probe.claim}\n                described: ${said(probe.shows)}\n                now:       ${said(shown)}`;
}
