import type { FrameHeader } from './frame-header.ts';
import { frameViolation, type Endpoint, type FrameViolation, type FrameViolationName } from './frame-rules.ts';
import { OPCODES } from './frames.ts';

/** What the frames before mean for this one. */
export interface FrameContext {
  readonly from: Endpoint;
  /** True where permessage-deflate was agreed. */
  readonly deflate: boolean;
  /** True where a fragmented message waits for its end. */
  readonly messageOpen: boolean;
}

export function isControl(opcode: number): boolean {
  return opcode >= 8;
}

/** What two bytes tell is wrong, in the order of the fields. */
export function checkHeader(header: FrameHeader, context: FrameContext): FrameViolation[] {
  const found: FrameViolation[] = [];
  const report = (name: FrameViolationName, offset: number, message: string): void => {
    found.push(frameViolation(name, context.from, offset, message));
  };
  const { opcode } = header;
  const control = isControl(opcode);
  if (header.rsv1) checkRsv1(opcode, context, report);
  if (header.rsv2) report('frame.rsv2', 0, 'RSV2 is 1 without an extension that defines it');
  if (header.rsv3) report('frame.rsv3', 0, 'RSV3 is 1 without an extension that defines it');
  if (opcode > OPCODES.pong) report('frame.reserved-control-opcode', 0, `control opcode ${opcode} is reserved`);
  if (!control && opcode > OPCODES.binary) report('frame.reserved-data-opcode', 0, `data opcode ${opcode} is reserved`);
  if (control) checkControl(header, report);
  if (opcode <= OPCODES.binary) checkOrder(opcode, context.messageOpen, report);
  if (context.from === 'client' && !header.masked) report('frame.unmasked', 1, 'a frame of the client is not masked');
  if (context.from === 'server' && header.masked) report('frame.masked', 1, 'a frame of the server is masked');
  return found;
}

type Report = (name: FrameViolationName, offset: number, message: string) => void;

function checkRsv1(opcode: number, context: FrameContext, report: Report): void {
  if (!context.deflate) report('frame.rsv1', 0, 'RSV1 is 1 without an extension that defines it');
  else if (isControl(opcode)) report('deflate.rsv1-control', 0, `RSV1 is 1 on control opcode ${opcode}`);
  else if (opcode === OPCODES.continuation) report('deflate.rsv1-continuation', 0, 'RSV1 is 1 on a continuation');
}

function checkControl(header: FrameHeader, report: Report): void {
  const [kind, what] =
    header.opcode === OPCODES.close ? (['close', 'Close'] as const) : (['control', 'control'] as const);
  if (!header.fin) report(`${kind}.fragmented`, 0, `a ${what} frame has FIN 0`);
  if (header.lengthForm !== 7) report(`${kind}.too-long`, 1, `a ${what} frame has more than 125 bytes`);
}

function checkOrder(opcode: number, messageOpen: boolean, report: Report): void {
  if (opcode === OPCODES.continuation && !messageOpen) {
    report('fragment.orphan-continuation', 0, 'a continuation has nothing to continue');
  }
  if (opcode === OPCODES.text && messageOpen) {
    report('fragment.text-inside', 0, 'a text frame stands inside an unfinished message');
  }
  if (opcode === OPCODES.binary && messageOpen) {
    report('fragment.binary-inside', 0, 'a binary frame stands inside an unfinished message');
  }
}

/** What the extended length tells is wrong. */
export function checkLength(
  { length, msb }: { readonly length: number; readonly msb: boolean },
  form: 7 | 16 | 64,
  from: Endpoint,
  maximum: number,
): FrameViolation[] {
  const found: FrameViolation[] = [];
  if (msb) found.push(frameViolation('frame.length-msb', from, 2, 'the top bit of the 64-bit length is 1'));
  if (!msb && ((form === 16 && length < 126) || (form === 64 && length < 65_536))) {
    const message = `a length of ${length} is written in ${form} bits`;
    found.push(frameViolation('frame.length-not-minimal', from, 2, message));
  }
  if (length > maximum) {
    const message = `a frame of ${length} bytes is above the limit of ${maximum}`;
    found.push(frameViolation('frame.too-large', from, form === 7 ? 1 : 2, message));
  }
  return found;
}
