/** Answers to HTTP requests, as values and as bytes. */
import { HTTP_REASONS, latin1Bytes } from '#wire';
import type { HttpResponse } from './effects.ts';

/** The connection ends behind it. */
export function refusal(status: number, headers: HttpResponse['headers'] = [], why = ''): HttpResponse {
  const phrase = phraseOf(status);
  return { status, phrase, headers, body: `${why === '' ? phrase : why}\n` };
}

const phraseOf = (status: number): string => (HTTP_REASONS as Readonly<Record<number, string>>)[status] ?? 'Refused';

export function switchingProtocols(headers: HttpResponse['headers']): HttpResponse {
  return { status: 101, phrase: 'Switching Protocols', headers, body: '' };
}

/** `keeps`: the connection stays open behind a refusal. */
export function encodeResponse({ status, phrase, headers, body }: HttpResponse, keeps = false): Uint8Array {
  const framing: HttpResponse['headers'] =
    status === 101
      ? []
      : [
          ['Connection', keeps ? 'keep-alive' : 'close'],
          ['Content-Type', 'text/plain; charset=utf-8'],
          ['Content-Length', String(body.length)],
        ];
  const lines = [...headers, ...framing].map(([name, value]) => `${name}: ${value}`);
  return latin1Bytes([`HTTP/1.1 ${status} ${phrase}`, ...lines, '', body].join('\r\n'));
}
