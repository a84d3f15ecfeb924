/** The end of every body: each connection that should live is asked once more, and what nobody claimed is a finding. */
import { describe } from '#wire';
import type { Inbound } from '#net';
import type { Client } from './client.ts';
import type { CaseContext } from './context.ts';
import { hasEnded, printEnding } from './ended.ts';

export async function wrapUp(t: CaseContext<unknown>): Promise<void> {
  const served = t.clients.filter((client) => client.wellBehaved);
  const living = served.filter((client) => !client.link.endExpected && client.connack?.reasonCode === 0);
  // PINGRESP flushes what was on its way; it also proves that the connection was not silently lost.
  await Promise.all(living.filter((client) => !client.link.ended).map((client) => client.ping()));
  for (const client of served) judgeRest(t, client);
  for (const client of living) if (!client.link.ended) await client.disconnect();
}

function judgeRest(t: CaseContext<unknown>, client: Client): void {
  const { link } = client;
  const { findings, requirement } = t.scope;
  if (!link.endExpected && hasEnded(link.ending)) {
    const actual = printEnding(link.ending);
    findings.add({
      requirement,
      message: `the server ended a connection that should live: ${actual}`,
      actual,
      entry: link.ending.entry,
    });
  }
  for (const event of link.unclaimed) {
    if (!counts(event, t)) continue;
    findings.add({ requirement, message: `unexpected ${describe(event.packet)}`, entry: event.entry });
  }
}

/** Ends are judged above; control frames and foreign messages say nothing. */
function counts(event: Inbound, t: CaseContext<unknown>): event is Extract<Inbound, { kind: 'packet' }> {
  if (event.kind !== 'packet' || event.packet.type === 'DISCONNECT') return false;
  if (event.packet.type === 'CONNACK' && event.packet.reasonCode !== 0) return false;
  const { sees } = t.scope.instance.case;
  return !(sees === 'all' && event.packet.type === 'PUBLISH' && !event.packet.topic.startsWith(t.topic('')));
}
