/** Faults of permessage-deflate; the broker agrees to it in all of them. */
import { OPCODES } from '#wire';
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { failOnFrames, isData } from './framing-tools.ts';

const AGREED = { 'ws.extensions': () => 'deflate' } as const satisfies Alteration['decide'];

export const DEFLATE = {
  'deflate-unknown-parameter-accepted': { decide: AGREED, waive: ['deflate-offer.unknown-parameter'] },
  'deflate-bad-value-accepted': { decide: AGREED, waive: ['deflate-offer.bad-value'] },
  'deflate-repeated-parameter-accepted': { decide: AGREED, waive: ['deflate-offer.repeated-parameter'] },
  'deflate-ignores-server-limits': { decide: { ...AGREED, 'ws.deflate': () => 'ignores-limits' } },
  'deflate-limits-client-unasked': { decide: { ...AGREED, 'ws.deflate': () => 'limits-client' } },
  'deflate-rsv1-on-control-accepted': { decide: AGREED, waive: ['deflate.rsv1-control'] },
  'deflate-rsv1-on-continuation-accepted': { decide: AGREED, waive: ['deflate.rsv1-continuation'] },
  'deflate-corrupt-ignored': { decide: AGREED, waive: ['deflate.corrupt'] },
  'deflate-plain-messages-fatal': {
    ...failOnFrames((frame) => isData(frame) && frame.opcode !== OPCODES.continuation && !frame.rsv1),
    decide: AGREED,
  },
  'deflate-empty-message-fatal': {
    ...failOnFrames(({ rsv1, payload }) => rsv1 && payload.length <= 1),
    decide: AGREED,
  },
  'deflate-output-damaged': {
    decide: AGREED,
    rewrite: (effect) =>
      effect.kind === 'frame-sent' && effect.frame.rsv1 === true
        ? [{ ...effect, frame: { ...effect.frame, payload: effect.frame.payload.map((octet) => octet ^ 0x55) } }]
        : [effect],
  },
} as const satisfies { readonly [F in FaultName]?: Alteration };
