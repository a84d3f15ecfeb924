/** What an answer of HTTP other than 101 means for a user. */
import { headerList, type HttpHead } from '#wire';
import { redactUrl, type Endpoint } from '#target';
import { otherPaths, overTls, shownEndpoint, type ProbeFailure } from './probe-faces.ts';

export function statusOf(head: HttpHead): number | undefined {
  const status = /^HTTP\/\d\.\d (\d{3})\b/.exec(head.startLine)?.[1];
  return status === undefined ? undefined : Number(status);
}

export function httpFailure(endpoint: Endpoint, head: HttpHead): ProbeFailure {
  const status = statusOf(head) ?? 0;
  const line = printable(head.startLine.replace(/^HTTP\/\d\.\d /, ''));
  const sentence = `${shownEndpoint(endpoint)} answered the WebSocket upgrade with HTTP ${line} instead of 101`;
  return { face: 'http-status', sentence, tries: tries(endpoint, head, status), status };
}

function tries(endpoint: Endpoint, head: HttpHead, status: number): readonly string[] {
  if (status >= 300 && status < 400) return redirected(head, endpoint);
  switch (status) {
    case 401:
    case 407:
      return [`the upgrade needs credentials: --header 'Authorization: Bearer …'`];
    case 403:
      return [
        `the listener may admit listed origins only: --header 'Origin: https://app.example'`,
        `or it needs credentials: --header 'Authorization: Bearer …'`,
        ...otherPaths(endpoint),
      ];
    case 400:
      return [...overTls(endpoint), ...otherPaths(endpoint)];
    case 426:
      return ['the server wants another protocol; is there a proxy in front that does not pass Upgrade on?'];
    case 502:
    case 503:
    case 504:
      return ['a proxy answered, but the broker behind it does not: start the broker, then repeat the command'];
    default:
      return otherPaths(endpoint);
  }
}

function redirected(head: HttpHead, endpoint: Endpoint): readonly string[] {
  const location = headerList(head, 'Location');
  if (location === undefined) return otherPaths(endpoint);
  const target = location.startsWith('/') ? new URL(location, endpoint.url).href : location;
  return [`mqttspec run ${redactUrl(printable(target.replace(/^http/i, 'ws')))}`];
}

/** A server's words go to a terminal: no control character, not endless. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
}
