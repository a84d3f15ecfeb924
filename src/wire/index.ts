export { decodeBase64, encodeBase64 } from './base64.ts';
export * from './websocket/index.ts';
