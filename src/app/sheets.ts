/** Lists and explanations laid out for reading. */
import { NEEDS, type Requirement } from '#spec';
import type { Sheet, SheetLine } from '#term';
import type { Explanation } from './explain.ts';
import type { ListedAlteration, ListedCase, ListedRequirement, ListName, Lists } from './list.ts';

export function explanationSheet(one: Explanation): Sheet {
  if (one.kind === 'requirement') return requirementSheet(one.requirement, one.cases);
  if (one.kind === 'case') return caseSheet(one.case, one.requirements);
  return alterationSheet(one.kind, one);
}

const OBSERVABLE = {
  yes: 'yes',
  partly: 'one side of it, or only where the broker happens to do it',
  no: 'not from outside',
} as const;

function requirementSheet(one: Requirement, cases: readonly Pick<ListedCase, 'id' | 'title'>[]): Sheet {
  const where = one.version === undefined ? one.section : `MQTT ${one.version}, section ${one.section}`;
  const lines: SheetLine[] = [
    ...optional('says', one.title),
    ...optional('expected', one.expected),
    { label: 'where', text: where },
    { label: 'binds', text: one.subject === 'both' ? 'client and server' : `the ${one.subject}` },
    { label: 'visible', text: OBSERVABLE[one.observable] },
    ...one.needs.map((need) => ({ label: 'needs', text: `${need}: ${NEEDS[need]}` })),
    ...optional('tested by', one.how),
    ...(cases.length === 0
      ? [{ label: 'cases', text: 'none verifies it yet' }]
      : cases.map(({ id, title }) => ({ label: 'cases', text: `${id}  ${title}` }))),
    { label: 'read', text: one.link },
  ];
  return { heading: one.key, tag: one.level, lines };
}

function caseSheet(one: ListedCase, requirements: readonly Requirement[]): Sheet {
  const lines: SheetLine[] = [
    { label: 'expects', text: one.title },
    ...requirements.map(({ key, level, title }) => ({
      label: 'verifies',
      text: `${key}  ${level}${title === undefined ? '' : `: ${title}`}`,
    })),
    {
      label: 'runs',
      text: [...one.versions.map((version) => `MQTT ${version}`), `over ${one.transports.join(', ')}`].join(', '),
    },
    ...one.needs.map((need) => ({ label: 'needs', text: `${need}: ${NEEDS[need]}` })),
    ...(one.rows.length === 0 ? [] : [{ label: 'rows', text: one.rows.join(', ') }]),
    ...one.caughtBy.map((fault) => ({ label: 'catches', text: fault })),
    { label: 'risk', text: one.risk },
    { label: 'file', text: `suites/${one.file}.ts` },
    { label: 'run it', text: `mqttspec run ws://… id:${one.id}` },
  ];
  return { heading: one.id, tag: 'case', lines };
}

function alterationSheet(kind: 'fault' | 'variant', one: ListedAlteration): Sheet {
  const lines: SheetLine[] = [
    { label: 'the broker', text: one.title },
    { label: 'meaning', text: kind === 'fault' ? 'wrong: cases must catch it' : 'allowed: no case may report it' },
    ...optional('stands for', one.standsFor),
    ...one.cases.map((id) => ({ label: kind === 'fault' ? 'caught by' : 'observed by', text: id })),
    { label: 'try it', text: `mqttspec broker --${kind} ${one.id}` },
  ];
  return { heading: one.id, tag: kind, lines };
}

function optional(label: string, text: string | undefined): SheetLine[] {
  return text === undefined ? [] : [{ label, text }];
}

/** Rows of a list: id, what kind, what it says. */
export function listRows<Name extends ListName>(what: Name, items: Lists[Name]): readonly (readonly string[])[] {
  const row: { readonly [N in ListName]: (item: Lists[N][number]) => readonly string[] } = {
    cases: (item: ListedCase) => [item.id, item.versions.join(' ') || 'transport', item.title],
    requirements: (item: ListedRequirement) => [item.id, item.level, casesWord(item.cases.length), item.title ?? ''],
    faults: (item: ListedAlteration) => [item.id, item.standsFor ?? '', item.title],
    variants: (item: ListedAlteration) => [item.id, item.standsFor ?? '', item.title],
  };
  return (items as readonly Lists[Name][number][]).map((item) => row[what](item));
}

const casesWord = (n: number): string => (n === 0 ? 'no case' : n === 1 ? '1 case' : `${n} cases`);
