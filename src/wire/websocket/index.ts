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
export { ANSWER_RULES, type AnswerViolation, type AnswerViolationName } from './answer-rules.ts';
export type { HeadChanges } from './build-head.ts';
export { negotiateDeflate, type DeflateNegotiation, type DeflatePolicy } from './deflate-negotiation.ts';
export {
  deflateExtension,
  PERMESSAGE_DEFLATE,
  readDeflateParameters,
  type DeflateParameters,
  type DeflateProblem,
} from './deflate-parameters.ts';
export { formatExtensions, parseExtensions, type Extension } from './extensions.ts';
export { judgeExtensions } from './judge-deflate.ts';
export { headerList, headerValues, type HeaderLine, type HttpHead } from './http-head.ts';
export { DEFAULT_HEAD_LIMIT, HttpHeadReader, parseHead, type HeadEvent } from './http-head-reader.ts';
export { judgeUpgradeResponse, type SentUpgrade, type UpgradeAnswer } from './judge-upgrade.ts';
export { latin1Bytes, latin1Text } from './latin1.ts';
export {
  parseUpgradeRequest,
  type ParsedUpgrade,
  type ParseUpgradeOptions,
  type UpgradeRequest,
} from './parse-upgrade.ts';
export type { CompressionPort, DeflaterPort, InflaterPort, Sha1Port } from './ports.ts';
export { REQUEST_RULES, requestViolation, type RequestViolation, type RequestViolationName } from './request-rules.ts';
export { buildUpgradeRequest, type UpgradeRequestOptions } from './upgrade-request.ts';
export {
  buildHttpResponse,
  buildUpgradeResponse,
  HTTP_REASONS,
  type HttpResponseOptions,
  type HttpStatus,
  type UpgradeResponseOptions,
} from './upgrade-response.ts';
