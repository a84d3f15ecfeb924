/** What this machine can do, before it fails to. */
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { ENGINE_LIMITS } from './limits.ts';

export interface Machine {
  /** Descriptors that this process may have; Infinity where that is not known. */
  readonly descriptors: number;
  /** Ports that outgoing connections may have, for each local address and destination. */
  readonly ports: number;
  /** Bytes. */
  readonly memory: number;
}

export function thisMachine(): Machine {
  return { descriptors: descriptors(), ports: ports(), memory: memory() };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

/** Node raises its soft limit to the hard one when it starts. */
function descriptors(): number {
  const soft = /^Max open files\s+(\d+)/m.exec(read('/proc/self/limits') ?? '')?.[1];
  return soft === undefined ? Infinity : Number(soft);
}

function ports(): number {
  const [from, to] = (read('/proc/sys/net/ipv4/ip_local_port_range') ?? '49152 65535').trim().split(/\s+/).map(Number);
  return from === undefined || to === undefined ? 0 : to - from + 1;
}

function memory(): number {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(read('/proc/meminfo') ?? '')?.[1];
  return available === undefined ? freemem() : Number(available) * 1024;
}

export interface Shortage {
  readonly what: 'descriptors' | 'ports' | 'memory';
  readonly message: string;
  readonly hint: string;
  /** Connections that can be opened here. */
  readonly most: number;
}

/** Why `clients` connections at once are too many for this machine; undefined where they are not. */
export function shortage(clients: number, sources: number, machine: Machine): Shortage | undefined {
  const { spareDescriptors, connectionBytes } = ENGINE_LIMITS;
  const addresses = Math.max(1, sources);
  const limits: readonly Shortage[] = [
    {
      what: 'descriptors',
      most: machine.descriptors - spareDescriptors,
      message: `this process may have ${machine.descriptors} descriptors, ${spareDescriptors} of which it needs itself`,
      hint: 'raise the limit (`ulimit -n`), or ask for fewer clients with --set',
    },
    {
      what: 'ports',
      most: machine.ports * addresses,
      message: `${addresses === 1 ? 'one local address has' : `${addresses} local addresses have`} ${machine.ports * addresses} ports for connections to one broker`,
      hint: 'give several local addresses (--source 127.0.0.2 --source 127.0.0.3 …), or widen net.ipv4.ip_local_port_range',
    },
    {
      what: 'memory',
      most: Math.floor(machine.memory / connectionBytes),
      message: `there are ${Math.floor(machine.memory / 2 ** 20)} MiB of memory, and a connection may take ${connectionBytes / 1024} KiB`,
      hint: 'ask for fewer clients with --set',
    },
  ];
  const short = limits.filter(({ most }) => most < clients).sort((a, b) => a.most - b.most)[0];
  if (short === undefined) return undefined;
  return {
    ...short,
    message: `${clients} connections are more than this machine can open (${short.most}): ${short.message}`,
  };
}
