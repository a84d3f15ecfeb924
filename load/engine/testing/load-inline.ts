/** Runs a profile in this thread, for tests: against a broker of this process, or of another. */
import { parseTarget } from '#target';
import { planOf, type PlanSettings } from '../../profiles/plan-of.ts';
import { profileNamed } from '../../profiles/profiles.ts';
import type { Profile } from '../../profiles/profile.ts';
import { runLoad, type LoadOptions } from '../run-load.ts';

export interface Inline {
  readonly set?: Readonly<Record<string, string>>;
  readonly version?: '3.1.1' | '5.0';
  readonly thresholds?: NonNullable<PlanSettings['thresholds']>;
  readonly more?: Partial<LoadOptions>;
}

let runs = 0;

export function loadInline(
  profile: string | Profile,
  url: string,
  { set = {}, version, thresholds, more }: Inline = {},
) {
  const target = parseTarget({ url, tls: { insecure: true } });
  runs += 1;
  const plan = planOf(typeof profile === 'string' ? profileNamed(profile) : profile, {
    transport: target.endpoints[0].transport,
    runId: (0x1000_0000 + runs).toString(16),
    set,
    ...(version === undefined ? {} : { version }),
    ...(thresholds === undefined ? {} : { thresholds }),
  });
  return runLoad({ plan, target, label: 'the broker', toolVersion: '0', command: 'test', workers: 0, ...more });
}
