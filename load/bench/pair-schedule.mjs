// What all generators that are not ours have in common: an absolute schedule, as in the engine, so that they are asked for the same work.

export const PAYLOAD = 80;

/** Calls `send(publisher, sequence)` for what is due, about every millisecond; resolves when all has been sent. */
export function pace({ pairs, rate, seconds, send, startAt }) {
  const total = Math.ceil(rate * seconds);
  const sequences = Array.from({ length: pairs }, () => 0);
  let next = 0;
  let late = 0;
  return new Promise((resolve) => {
    const tick = () => {
      const due = Math.min(total, Math.floor(((performance.now() - startAt) * rate) / 1000) + 1);
      while (next < due) {
        if (performance.now() - startAt - (next * 1000) / rate > 5) late += 1;
        const publisher = next % pairs;
        send(publisher, sequences[publisher]++);
        next += 1;
      }
      if (next < total) setTimeout(tick, 1);
      else resolve({ sent: total, late });
    };
    setTimeout(tick, Math.max(0, startAt - performance.now()));
  });
}

/** Waits until `done()` or until nothing has changed for a second. */
export async function settle(received, sent) {
  let before = -1;
  for (let quiet = 0; quiet < 10 && received() < sent;) {
    quiet = received() === before ? quiet + 1 : 0;
    before = received();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** CPU seconds of this process from `begin` until it is called. */
export function cpuFrom() {
  const begin = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1e6;
  };
}

export const arg = JSON.parse(process.argv[2] ?? '{}');

export function tell(result) {
  process.stdout.write(`${JSON.stringify({ rss: process.memoryUsage.rss(), ...result })}\n`);
  process.exit(0);
}
