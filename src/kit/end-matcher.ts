/** `ended(…)`: the connection ends, in any of the ways that are allowed. */
import type { RequirementKey } from '#spec';
import { hasEnded, printEnding, printExpectedEnd, reasonsOf, type EndExpectation, type Ending } from './ended.ts';
import type { ExpectOptions, Link } from './link.ts';
import { hexCode } from './matcher.ts';
import { unmet } from './scope.ts';

export interface EndMatcher {
  readonly end: EndExpectation;
}

/** Accepts DISCONNECT or a refusing CONNACK with a Close frame, FIN or RST behind it, or these alone. */
export function ended(expectation: EndExpectation = {}): EndMatcher {
  return { end: expectation };
}

export const isEndMatcher = (matcher: object): matcher is EndMatcher => 'end' in matcher;

/** The specific reason code is a SHOULD of its own. */
const RIGHT_REASON: RequirementKey = '5.0/R-4.13.1-3';

/** Packets that answer one of the client's. */
const ANSWERS: ReadonlySet<string> = new Set([
  'CONNACK',
  'SUBACK',
  'UNSUBACK',
  'PUBACK',
  'PUBREC',
  'PUBCOMP',
  'PINGRESP',
]);

export async function judgeEnd(link: Link, { end }: EndMatcher, options: ExpectOptions): Promise<Ending> {
  const { scope } = link;
  const within = end.within ?? options.within ?? scope.timing.graceMs;
  const expected = printExpectedEnd(end);
  scope.story.tell(`expect that ${expected}`);
  const { sentAt } = link;
  const ending = await link.waitForEnd(within, end.tcp);
  const breaks = options.breaks === undefined ? {} : { requirement: options.breaks };
  if (!hasEnded(ending, end.tcp)) {
    const entry = scope.recorder.note(
      link.wire.lane,
      `deadline: waited ${Math.round(within)} ms for the end of the connection`,
    );
    const open = link.ending === undefined ? 'still open' : printEnding(link.ending);
    const others = link.unclaimed.map((event) => (event.kind === 'packet' ? event.packet.type : event.kind));
    const served = others.find((type) => ANSWERS.has(type));
    const actual = `${open} after ${Math.round(within)} ms${others.length === 0 ? '' : `; received ${others.slice(0, 5).join(', ')}`}`;
    const stays =
      link.ending?.closeFrame === true ? 'TCP stays open behind the Close frame' : 'the connection stays open';
    return unmet(scope, {
      ...breaks,
      message: served === undefined ? stays : `${stays}, and ${served} came`,
      expected,
      actual,
      // An answer proves that it was served; without one only the deadline speaks.
      evidence: served === undefined ? 'deadline' : 'wire',
      entry,
    });
  }
  link.claimEnd();
  judgeTime(link, end, ending, sentAt, breaks);
  judgeReason(link, end, ending);
  return ending;
}

function judgeTime(
  link: Link,
  end: EndExpectation,
  ending: Ending,
  sentAt: number,
  breaks: { requirement?: RequirementKey },
): void {
  const early = end.notBefore;
  const after = ending.at - sentAt;
  if (early === undefined || after >= early) return;
  const message = `the connection ended after ${Math.round(after)} ms, not before ${Math.round(early)} ms is allowed`;
  unmet(link.scope, {
    ...breaks,
    message,
    expected: `open for ${Math.round(early)} ms`,
    actual: printEnding(ending),
    entry: ending.entry,
  });
}

function judgeReason(link: Link, end: EndExpectation, ending: Ending): void {
  const allowed = reasonsOf(end);
  const { reasonCode, entry } = ending;
  if (
    link.scope.instance.version === '5.0' &&
    reasonCode !== undefined &&
    allowed.length > 0 &&
    !allowed.includes(reasonCode)
  ) {
    const expected = allowed.map(hexCode).join(' or ');
    const message = `the reason told is ${hexCode(reasonCode)}, the specific one is ${expected}`;
    link.scope.findings.add({ requirement: RIGHT_REASON, message, expected, actual: hexCode(reasonCode), entry });
  }
  const codes = end.closeCodes;
  if (codes !== undefined && ending.closeCode !== undefined && !codes.includes(ending.closeCode)) {
    const message = `Close code ${ending.closeCode}, expected ${codes.join(' or ')}`;
    link.scope.findings.add({ requirement: end.closeCodeBreaks ?? link.scope.requirement, message, entry });
  }
}
