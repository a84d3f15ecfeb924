/** What one run is aimed at: a broker by its URLs or of the catalogue, straight or through relays. */
export async function startTarget({ url, also, broker, local, image, jitterMs, delayMs }, number) {
  const { catalogued, startCatalogued } = await import('../dist/src/catalogue/index.js');
  const { realClock } = await import('../dist/src/io/index.js');
  const clock = realClock();
  if (broker === undefined) return throughRelays({ url, also: also ?? [] }, { clock, jitterMs, delayMs, number });
  const { title, username, password, declares = [] } = catalogued(broker);
  const started = await startCatalogued(broker, clock, { local, image });
  const relayed = await throughRelays(
    { url: started.wsUrl, also: also ?? [started.tcpUrl] },
    { clock, jitterMs, delayMs, number },
  );
  return {
    input: { ...relayed.input, username, password, declared: [...declares] },
    care: { knownAs: title, restart: () => started.restart() },
    stop: async () => {
      await relayed.stop();
      await started.stop();
    },
  };
}

async function throughRelays({ url, also }, { clock, jitterMs, delayMs, number }) {
  if (jitterMs === 0 && delayMs === 0) return { input: { url, also }, stop: async () => {} };
  const { startRelay } = await import('../dist/src/net/index.js');
  const relays = [];
  const relayed = async (door) => {
    const address = new URL(door);
    const target = { host: address.hostname, port: Number(address.port || DEFAULT_PORTS[address.protocol]) };
    const relay = await startRelay({
      target,
      clock,
      record: false,
      seed: `repeat ${number}`,
      behaviour: { jitterMs, delayMs: delayMs / 2 },
    });
    relays.push(relay);
    return door.replace(address.host, `${relay.host}:${relay.port}`);
  };
  const input = { url: await relayed(url), also: await Promise.all(also.map(relayed)) };
  return { input, stop: () => Promise.all(relays.map((relay) => relay.close())) };
}

const DEFAULT_PORTS = { 'ws:': 80, 'wss:': 443, 'mqtt:': 1883, 'mqtts:': 8883 };
