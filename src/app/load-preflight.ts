/** Before a load run: is there a broker, and can this machine do it? */
import { cryptoRandom, realClock } from '#io';
import { openSession, socketDial } from '#net';
import type { Plan } from '#load';
import type { Target } from '#target';
import { UntestableError, UsageError } from './errors.ts';

/** Connects once, as one client of the run. Gives what the broker calls itself. Throws `UntestableError`. */
export async function meetBroker(target: Target, plan: Plan, signal: AbortSignal): Promise<string> {
  const clock = realClock();
  const met = await openSession(target.endpoints[0], {
    dial: socketDial(target, clock),
    clock,
    random: cryptoRandom,
    signal,
    version: plan.version,
    credentials: target.credentials,
    headers: target.headers,
    clientId: `${plan.clientIdPrefix}probe`,
  });
  if (!met.ok) {
    const { sentence, tries } = met.failure;
    throw new UntestableError(sentence, tries.map((one) => `try: ${one}`).join('\n'));
  }
  met.session.close();
  const { server } = met.session.facts;
  return server ?? 'the broker';
}

/** Throws `UsageError` where the plan asks for more connections than this machine can open. */
export async function checkMachine(plan: Plan, sources: readonly string[]): Promise<void> {
  const { shortage, thisMachine } = await import('#load');
  const short = shortage(plan.clients, sources.length, thisMachine());
  if (short !== undefined) throw new UsageError(short.message, short.hint);
}
