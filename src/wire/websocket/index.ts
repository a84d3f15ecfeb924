export { acceptKey } from './accept-key.ts';
export {
  CLOSE_CODES,
  decodeCloseBody,
  encodeCloseBody,
  isSendableCloseCode,
  type CloseBody,
  type CloseCode,
} from './close.ts';
export { encodeFrame } from './encode-frame.ts';
export { fragmentMessage, splitBytes, splitFrames } from './fragment.ts';
export { FrameReader, LARGEST_PACKET, type FrameEvent, type FrameReaderOptions } from './frame-reader.ts';
export {
  FRAME_RULES,
  type Endpoint as FrameSender,
  type FrameViolation,
  type FrameViolationName,
  type TolerateFrame,
} from './frame-rules.ts';
export { OPCODES, type Frame, type FrameToSend } from './frames.ts';
export { mask } from './masking.ts';
export { MessageAssembler, type MessageAssemblerOptions, type MessageEvent } from './message-assembler.ts';
export { PerMessageDeflate, type DeflateAgreement } from './per-message-deflate.ts';
