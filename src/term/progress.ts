/** How far a run is: counted from its events, drawn by whoever shows it. */
import type { InstanceResult, RunEvent } from '#results';
import type { Verdict } from '#spec';
import { VERDICTS } from '#spec';

export interface SuiteProgress {
  readonly suite: string;
  readonly planned: number;
  readonly counts: Record<Verdict, number>;
  done: number;
}

export class Progress {
  readonly counts = noCounts();
  /** By instance, with the time of its start (of whatever clock `event` is told). */
  readonly running = new Map<string, number>();
  readonly #suites = new Map<string, SuiteProgress>();
  /** Those that run; what is skipped beforehand ends without having been planned. */
  readonly #planned = new Set<string>();
  done = 0;

  event(event: RunEvent, now: number): void {
    if (event.type === 'run-start') {
      for (const { instance, suite } of event.planned) this.plan(instance, suite);
    } else if (event.type === 'case-start') this.running.set(event.instance, now);
    else if (event.type === 'case-end') this.ended(event.result);
  }

  get planned(): number {
    return this.#planned.size;
  }

  suite(name: string): SuiteProgress | undefined {
    return this.#suites.get(name);
  }

  private plan(instance: string, name: string): void {
    this.#planned.add(instance);
    const known = this.#suites.get(name);
    this.#suites.set(name, {
      suite: name,
      planned: (known?.planned ?? 0) + 1,
      counts: noCounts(),
      done: 0,
    });
  }

  private ended(result: InstanceResult): void {
    this.running.delete(result.instance);
    this.counts[result.verdict] += 1;
    if (!this.#planned.has(result.instance)) return;
    this.done += 1;
    const suite = this.#suites.get(result.suite);
    if (suite === undefined) return;
    suite.counts[result.verdict] += 1;
    suite.done += 1;
  }
}

function noCounts(): Record<Verdict, number> {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
}
