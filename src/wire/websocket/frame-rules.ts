import type { RequirementKey } from '#spec';

/** Who sent the bytes: a client masks, a server doesn't, and the same deviation breaks another requirement. */
export type Endpoint = 'client' | 'server';

interface FrameRule {
  /** What a client's, and what a server's breach breaks; the most exact requirement first. */
  readonly client: readonly RequirementKey[];
  readonly server: readonly RequirementKey[];
  /** The status code of the Close that answers it. */
  readonly closeCode: 1002 | 1003 | 1007 | 1009;
  /** How reading goes on where the rule is waived. */
  readonly recovery: string;
}

/** The rules of frames and messages, RFC 6455 §5, §7 and RFC 7692 §6. */
export const FRAME_RULES = {
  'frame.rsv1': {
    client: ['ws/frame/rsv1'],
    server: ['ws/frame/server-rsv'],
    closeCode: 1002,
    recovery: 'the bit is ignored',
  },
  'frame.rsv2': {
    client: ['ws/frame/rsv2'],
    server: ['ws/frame/server-rsv'],
    closeCode: 1002,
    recovery: 'the bit is ignored',
  },
  'frame.rsv3': {
    client: ['ws/frame/rsv3'],
    server: ['ws/frame/server-rsv'],
    closeCode: 1002,
    recovery: 'the bit is ignored',
  },
  'frame.reserved-data-opcode': {
    client: ['ws/frame/reserved-data-opcode'],
    server: ['ws/frame/server-opcodes'],
    closeCode: 1002,
    recovery: 'the frame is dropped',
  },
  'frame.reserved-control-opcode': {
    client: ['ws/frame/reserved-control-opcode'],
    server: ['ws/frame/server-opcodes'],
    closeCode: 1002,
    recovery: 'the frame is dropped',
  },
  'frame.unmasked': {
    client: ['ws/frame/unmasked'],
    server: [],
    closeCode: 1002,
    recovery: 'the payload is read as it stands',
  },
  'frame.masked': {
    client: [],
    server: ['ws/frame/server-unmasked'],
    closeCode: 1002,
    recovery: 'the payload is unmasked',
  },
  'frame.length-not-minimal': {
    client: ['ws/frame/length-not-minimal'],
    server: ['ws/frame/server-minimal-length'],
    closeCode: 1002,
    recovery: 'the length is believed',
  },
  'frame.length-msb': {
    client: ['ws/frame/length-msb'],
    server: ['ws/frame/server-minimal-length'],
    closeCode: 1002,
    recovery: 'the top bit is ignored',
  },
  'frame.too-large': {
    client: ['ws/frame/size-limit'],
    server: ['ws/frame/size-limit'],
    closeCode: 1009,
    recovery: 'the frame is read, however long it is',
  },
  'control.too-long': {
    client: ['ws/ping/oversized'],
    server: ['ws/ping/oversized'],
    closeCode: 1002,
    recovery: 'the frame is read',
  },
  'control.fragmented': {
    client: ['ws/ping/fragmented'],
    server: ['ws/ping/fragmented'],
    closeCode: 1002,
    recovery: 'the frame is taken as whole',
  },
  'close.too-long': {
    client: ['ws/close/oversized'],
    server: ['ws/close/server-body-valid'],
    closeCode: 1002,
    recovery: 'the frame is read',
  },
  'close.fragmented': {
    client: ['ws/close/fragmented'],
    server: ['ws/close/server-body-valid'],
    closeCode: 1002,
    recovery: 'the frame is taken as whole',
  },
  'close.body-1-byte': {
    client: ['ws/close/body-1-byte'],
    server: ['ws/close/server-body-valid'],
    closeCode: 1002,
    recovery: 'taken as a Close without body',
  },
  'close.code-invalid': {
    client: ['ws/close/code-invalid'],
    server: ['ws/close/reserved-code-not-sent'],
    closeCode: 1002,
    recovery: 'the code is passed on',
  },
  'close.reason-not-utf8': {
    client: ['ws/close/reason-not-utf8'],
    server: ['ws/close/server-body-valid'],
    closeCode: 1007,
    recovery: 'the reason is left out',
  },
  'fragment.orphan-continuation': {
    client: ['ws/fragment/orphan-continuation'],
    server: ['ws/frame/server-opcodes'],
    closeCode: 1002,
    recovery: 'the frame begins a binary message',
  },
  'fragment.binary-inside': {
    client: ['ws/fragment/binary-inside'],
    server: ['ws/frame/server-opcodes'],
    closeCode: 1002,
    recovery: 'the frame continues the open message',
  },
  'fragment.text-inside': {
    client: ['ws/fragment/text-inside'],
    server: ['ws/frame/server-opcodes'],
    closeCode: 1002,
    recovery: 'the frame continues the open message',
  },
  'message.too-large': {
    client: ['ws/frame/size-limit'],
    server: ['ws/frame/size-limit'],
    closeCode: 1009,
    recovery: 'the message is read, however long it is',
  },
  'message.not-utf8': {
    client: ['ws/frame/text-connect'],
    server: ['ws/frame/server-opcodes'],
    closeCode: 1007,
    recovery: 'the message is passed on',
  },
  'deflate.rsv1-control': {
    client: ['ws/deflate/rsv1-control'],
    server: ['ws/frame/server-rsv'],
    closeCode: 1002,
    recovery: 'the bit is ignored',
  },
  'deflate.rsv1-continuation': {
    client: ['ws/deflate/rsv1-continuation'],
    server: ['ws/frame/server-rsv'],
    closeCode: 1002,
    recovery: 'the bit is ignored',
  },
  'deflate.corrupt': {
    client: ['ws/deflate/corrupt'],
    server: ['ws/deflate/server-output'],
    closeCode: 1007,
    recovery: 'the message is dropped',
  },
  'deflate.too-large': {
    client: ['ws/deflate/bomb'],
    server: ['ws/frame/size-limit'],
    closeCode: 1009,
    recovery: 'the message is dropped',
  },
} as const satisfies Readonly<Record<string, FrameRule>>;

export type FrameViolationName = keyof typeof FRAME_RULES;

/** A broken rule of frames or messages. */
export interface FrameViolation {
  readonly name: FrameViolationName;
  /** The requirements that it breaks; none where only the other side could break it. */
  readonly requirements: readonly RequirementKey[];
  /** Bytes from the start of the frame. */
  readonly offset: number;
  /** What is wrong, with the value: 'opcode 3 is reserved'. */
  readonly message: string;
  readonly closeCode: number;
}

export function frameViolation(
  name: FrameViolationName,
  from: Endpoint,
  offset: number,
  message: string,
): FrameViolation {
  const rule = FRAME_RULES[name];
  return { name, requirements: rule[from], offset, message, closeCode: rule.closeCode };
}

/** Reading goes on over a violation for which this is true; the rule's recovery applies. */
export type TolerateFrame = (violation: FrameViolation) => boolean;
