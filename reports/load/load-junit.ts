/** The thresholds and invariants of a load run as JUnit XML: a test case each. */
import type { LoadResult } from '#results';
import { element, seconds, timestamp } from '../junit-xml.ts';
import { escapeMarkup } from '../text.ts';
import { limitText, observedText, thresholdName } from './threshold-text.ts';

interface Judged {
  readonly name: string;
  readonly group: 'thresholds' | 'invariants' | 'generator';
  /** Absent: it held. */
  readonly failure?: { readonly message: string; readonly text: string };
}

export function renderLoadJunit(result: LoadResult): string {
  const { run, profile, target, conclusion } = result;
  const judged = judgedOf(result);
  const failures = judged.filter(({ failure }) => failure !== undefined).length;
  const totals = { tests: judged.length, failures, errors: 0, skipped: 0, time: seconds(run.durationMs) };
  const name = `mqttspec load: ${profile.name} on ${target.label}`;
  const cases = judged.map(({ name: title, group, failure }) =>
    element(
      'testcase',
      { name: title, classname: `load ${profile.name} ${group}`, time: '0.000' },
      failure === undefined
        ? []
        : [element('failure', { message: failure.message, type: group }, [escapeMarkup(failure.text)])],
    ),
  );
  const suite = element('testsuite', { name, ...totals, timestamp: timestamp(run.startedAt) }, [
    ...cases,
    element('system-out', {}, [escapeMarkup(conclusion.sentence)]),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name, ...totals }, [suite])}\n`;
}

function judgedOf({ thresholds, invariants, health }: LoadResult): readonly Judged[] {
  return [
    ...thresholds.map((one): Judged => {
      const message = `observed ${observedText(one)}, limit ${limitText(one)}`;
      return {
        name: thresholdName(one),
        group: 'thresholds',
        ...(one.passed ? {} : { failure: { message, text: message } }),
      };
    }),
    ...invariants.map(({ name, broken, checked, first, requirements }): Judged => ({
      name: `${name} (${requirements.join(', ')})`,
      group: 'invariants',
      ...(broken === 0
        ? {}
        : {
            failure: {
              message: `broken ${broken} times in ${checked}`,
              text: [first?.message ?? '', ...(first?.transcript ?? [])].join('\n'),
            },
          }),
    })),
    {
      name: 'the generator kept its schedule',
      group: 'generator',
      ...(health.verdict === 'invalid'
        ? { failure: { message: 'the run is invalid', text: health.reasons.join('\n') } }
        : {}),
    },
  ];
}
