import { TargetError } from './target-error.ts';

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What the upgrade itself sets; suites vary these on purpose. */
const OWN = /^(host|upgrade|connection|sec-websocket-.*|content-length|transfer-encoding)$/i;

/** Further headers of the upgrade request, as typed: `Authorization: Bearer …`. */
export function parseHeaders(lines: readonly string[]): (readonly [name: string, value: string])[] {
  return lines.map((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    const value = line.slice(colon + 1).trim();
    const example = `--header 'Authorization: Bearer …'`;
    if (!TOKEN.test(name)) {
      // The whole line could be a token without its name: it is not repeated here.
      throw new TargetError('TARGET_HEADER', 'a header has no valid name', 'write name, colon, value', example);
    }
    if (OWN.test(name)) {
      const what = `the header ${name} belongs to the WebSocket handshake, and the cases set it`;
      throw new TargetError('TARGET_HEADER', what, 'leave it out; others may be added', example);
    }
    // oxlint-disable-next-line no-control-regex -- RFC 9110 §5.5: these end or break a header
    if (/[\0-\x08\x0a-\x1f\x7f]/.test(value)) {
      throw new TargetError(
        'TARGET_HEADER',
        `the value of ${name} holds a control character`,
        'write it in one line',
        example,
      );
    }
    return [name, value] as const;
  });
}
