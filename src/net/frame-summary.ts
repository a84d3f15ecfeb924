/** A frame in a line of the transcript. */
import { OPCODES, type Frame, type FrameToSend } from '#wire';

const NAMES: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'Close',
  9: 'Ping',
  10: 'Pong',
};

export function frameSummary(frame: FrameToSend | Frame): string {
  const name = NAMES[frame.opcode] ?? `opcode ${frame.opcode}`;
  const [high, low] = frame.payload;
  const code = frame.opcode === OPCODES.close && high !== undefined && low !== undefined ? ` ${high * 256 + low}` : '';
  const parts = [frame.fin === false && 'not final', frame.rsv1 && 'RSV1', frame.rsv2 && 'RSV2', frame.rsv3 && 'RSV3'];
  return [`${name}${code}, ${frame.payload.length} bytes`, ...parts.filter((part) => typeof part === 'string')].join(
    ', ',
  );
}
