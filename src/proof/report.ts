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

/** One line for each case, and below it what is wrong. */
export function proofText(checks: readonly Check[]): string {
  const cases = [...new Set(checks.map((check) => check.case))];
  const lines = cases.flatMap((id) =>
    caseLines(
      id,
      checks.filter((check) => check.case === id),
    ),
  );
  const wrong = checks.filter((check) => !check.ok).length;
  const proved = cases.filter((id) => checks.every((check) => check.case !== id || check.ok)).length;
  lines.push(
    '',
    `${proved} of ${cases.length} cases are proved; ${checks.length - wrong} checks held, ${wrong} did not.`,
  );
  return `${lines.join('\n')}\n`;
}

function caseLines(id: string, checks: readonly Check[]): string[] {
  const wrong = checks.filter((check) => !check.ok);
  if (wrong.length === 0) return [`✓ ${id}  ${checks.length} checks`];
  return [`✗ ${id}  ${wrong.length} of ${checks.length} checks did not hold`, ...wrong.flatMap(checkLines)];
}

function checkLines({ world, name, details }: Check): string[] {
  const more = details.length - SHOWN;
  return [
    `    ${TITLES[world]}${name === '' ? '' : ` ${name}`}`,
    ...details.slice(0, SHOWN).map((detail) => `      ${detail}`),
    ...(more > 0 ? [`      and ${more} more`] : []),
  ];
}
