/** The reference broker without listeners: the core, its endpoints, and the alterations of both. */
import type { Duplex } from '#io';
import type { Broker, BrokerOptions } from './contract.ts';
import { createCore } from './core.ts';
import { openTcp } from './endpoint/tcp.ts';
import { openWebSocket } from './endpoint/websocket.ts';
import { Ports } from './endpoint/ports.ts';
import { FAULT_ALTERATIONS } from './faults/index.ts';
import { createGate, type Gate, type GateWatcher } from './gate.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import type { Shadows } from './shadows.ts';
import type { Peer } from './tls/peer.ts';
import { VARIANT_ALTERATIONS } from './variants/index.ts';

export interface WatchedOptions extends BrokerOptions {
  readonly watcher?: GateWatcher;
  /** Alterations that are only asked what they would do. */
  readonly shadows?: Shadows;
}

/** Octets that a frame may have above the largest packet: room for small ones beside it. */
const FRAME_SLACK = 64 * 1024;

export function createBroker(options: WatchedOptions): Broker & { readonly gate: Gate } {
  const { clock, random, compression, users, path, origins, watcher, shadows } = options;
  const alterations = [
    ...(options.variants ?? []).map((name) => VARIANT_ALTERATIONS[name]),
    ...(options.faults ?? []).map((name) => FAULT_ALTERATIONS[name]),
    ...(options.alterations ?? []),
  ];
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  for (const { limits: altered } of alterations) Object.assign(limits, altered);
  const gate = createGate({ clock, alterations, ...(watcher && { watcher }), ...(shadows && { shadows }) });
  const core = createCore({ gate, clock, random, limits, ...(users && { users }) });
  const common = { clock, core, ports: new Ports(gate) };
  const webSocket = {
    ...common,
    maximumFrame: limits.maximumPacketSize + FRAME_SLACK,
    ...(path !== undefined && { path }),
    ...(origins && { origins }),
    ...(compression && { compression }),
  };
  let closed = false;
  return {
    gate,
    accept(duplex: Duplex, transport: 'ws' | 'tcp', peer: Peer = {}): void {
      if (closed) duplex.reset();
      else if (transport === 'ws') openWebSocket(duplex, { ...webSocket, peer });
      else openTcp(duplex, { ...common, peer });
    },
    close(): void {
      closed = true;
      core.close();
    },
  };
}
