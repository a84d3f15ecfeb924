/** Matchers of WebSocket control frames, and of combinations. */
import { OPCODES, type Frame } from '#wire';
import { sameValue, show, type Matcher } from './matcher.ts';

/** A Pong; with `payload` the one that answers a Ping of that payload. */
export function pong(payload?: Uint8Array): Matcher {
  return {
    claims: (event) => event.kind === 'frame' && event.frame.opcode === OPCODES.pong,
    judge: (event) => {
      if (payload === undefined || event.kind !== 'frame' || sameValue(event.frame.payload, payload)) return undefined;
      return `Pong with ${show(event.frame.payload)}, expected ${show(payload)}`;
    },
    print: () => (payload === undefined ? 'Pong' : `Pong with ${show(payload)}`),
  };
}

/** A Close frame; `code` undefined: any, or none. */
export function closeFrame(judge?: (code: number | undefined, frame: Frame) => string | undefined): Matcher {
  return {
    claims: (event) => event.kind === 'frame' && event.frame.opcode === OPCODES.close,
    judge: (event) => (event.kind === 'frame' ? judge?.(closeCode(event.frame), event.frame) : undefined),
    print: () => 'Close frame',
  };
}

/** RFC 6455 §5.5.1: the first two octets of the body; undefined where there are none. */
export function closeCode(frame: Frame): number | undefined {
  const [high, low] = frame.payload;
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

/** Claimed by any; must satisfy one of those that claim it. */
export function oneOf(...matchers: readonly Matcher[]): Matcher {
  return {
    claims: (event) => matchers.some((matcher) => matcher.claims(event)),
    judge: (event) => {
      const judged = matchers.filter((matcher) => matcher.claims(event)).map((matcher) => matcher.judge(event));
      return judged.includes(undefined) ? undefined : judged[0];
    },
    print: () => matchers.map((matcher) => matcher.print()).join(', or '),
  };
}
