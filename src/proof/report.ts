/** What authors read of a proof. */
import type { Check, World } from './prove.ts';

const TITLES: Readonly<Record<World, string>> = {
  header: 'header',
  clean: 'on the clean broker',
  warm: 'on a broker that has seen traffic',
  fault: 'on the fault',
  observes: 'told apart',
  variant: 'on the variant',
  impostor: 'on the impostor',
};

/** Lines shown of one check that was not met. */
const SHOWN = 4;

/** One line for a case, and below it what is wrong. */
export function caseText(id: string, checks: readonly Check[], seconds: number): string {
  const wrong = checks.filter((check) => !check.ok);
  const time = `${seconds.toFixed(1)} s`;
  if (wrong.length === 0) return `✓ ${id}  ${checks.length} checks, ${time}\n`;
  const first = `✗ ${id}  ${wrong.length} of ${checks.length} checks did not hold, ${time}`;
  return `${[first, ...wrong.flatMap(checkLines)].join('\n')}\n`;
}

export function proofSummary(checks: readonly Check[]): string {
  const cases = new Set(checks.map((check) => check.case));
  const wrong = checks.filter((check) => !check.ok);
  const unproved = new Set(wrong.map((check) => check.case)).size;
  return (
    `\n${cases.size - unproved} of ${cases.size} cases are proved; ` +
    `${checks.length - wrong.length} checks held, ${wrong.length} did not.\n`
  );
}

function checkLines({ world, name, details }: Check): string[] {
  const more = details.length - SHOWN;
  return [
    `    ${TITLES[world]}${name === '' ? '' : ` ${name}`}`,
    ...details.slice(0, SHOWN).map((detail) => `      ${detail}`),
    ...(more > 0 ? [`      and ${more} more`] : []),
  ];
}
