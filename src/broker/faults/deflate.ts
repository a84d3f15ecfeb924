/** Faults of permessage-deflate; the broker agrees to it anyway. */
import { OPCODES } from '#wire';
import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { dropFrames, failOnFrames, isData } from './framing-tools.ts';

export const DEFLATE = {
  'deflate-unknown-parameter-accepted': { waive: ['deflate-offer.unknown-parameter'] },
  'deflate-bad-value-accepted': { waive: ['deflate-offer.bad-value'] },
  'deflate-repeated-parameter-accepted': { waive: ['deflate-offer.repeated-parameter'] },
  'deflate-ignores-server-limits': { decide: { 'ws.deflate': () => 'ignores-limits' } },
  'deflate-limits-client-unasked': { decide: { 'ws.deflate': () => 'limits-client' } },
  'deflate-rsv1-on-control-accepted': { waive: ['deflate.rsv1-control'] },
  'deflate-rsv1-on-continuation-accepted': { waive: ['deflate.rsv1-continuation'] },
  'deflate-corrupt-ignored': { waive: ['deflate.corrupt'] },
  'deflate-plain-messages-fatal': {
    ...failOnFrames((frame) => isData(frame) && frame.opcode !== OPCODES.continuation && !frame.rsv1),
  },
  'deflate-empty-message-fatal': {
    ...failOnFrames(({ rsv1, payload }) => rsv1 && payload.length <= 1),
  },
  'deflate-compressed-messages-dropped': dropFrames((frame, inside) => isData(frame) && (frame.rsv1 || inside)),
  'deflate-forgets-client-window': { decide: { 'ws.deflate': () => 'forgets-client' } },
  'deflate-breaks-own-limits': { decide: { 'ws.deflate': () => 'breaks-promise' } },
  'deflate-output-damaged': {
    rewrite: (effect) =>
      effect.kind === 'frame-sent' && effect.frame.rsv1 === true
        ? [{ ...effect, frame: { ...effect.frame, payload: effect.frame.payload.map((octet) => octet ^ 0x55) } }]
        : [effect],
  },
} as const satisfies { readonly [F in FaultName]?: Alteration };
