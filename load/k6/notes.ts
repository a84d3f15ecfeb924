/** What k6 could not do, or does otherwise than the embedded engine: it stands in every result. */
import type { ScriptConfig } from './shared/config.ts';

export function notesOf(config: ScriptConfig): readonly string[] {
  const { engine, plan, tickMs, users, settleSeconds } = config;
  const activities = plan.stages.flatMap((stage) => stage.do);
  const shared = plan.populations.some(({ subscribe }) => subscribe.some(({ share }) => share !== undefined));
  return [
    `virtual users look at their schedule every ${tickMs} ms: latencies from the intended send are up to that much longer, those from the actual send are not`,
    `virtual users can't wait for each other: stages without a length end ${settleSeconds} s after their last turn`,
    'TCP, TLS and HTTP upgrade are not told apart',
    ...(engine === 'xk6-mqtt' ? XK6 : []),
    ...(activities.some((one) => 'how' in one && one.how === 'close') && engine === 'k6'
      ? ['where a client ends without DISCONNECT, a Close frame goes before the end of TCP']
      : []),
    ...(shared && users > 1
      ? ['members of a shared subscription live in several virtual users: repetition between them hides a loss']
      : []),
    ...(plan.invariants.includes('after-unsubscribe') ? ['k6 does not look for messages after UNSUBACK'] : []),
  ];
}

const XK6 = [
  'k6/x/mqtt: arrivals are timed when the virtual user hears of them, not when they were read',
  'k6/x/mqtt: QoS 1 and 2 are sent one at a time for each client, as otherwise the extension itself reorders them',
  'k6/x/mqtt: DUP, packet identifiers and reason codes are not seen',
];
