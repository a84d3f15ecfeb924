/** The server's side of the opening handshake (RFC 6455 §4.2): from a request to the answer it deserves. */
import {
  acceptKey,
  decodeBase64,
  deflateExtension,
  encodeBase64,
  formatExtensions,
  negotiateDeflate,
  parseUpgradeRequest,
  PERMESSAGE_DEFLATE,
  type DeflateAgreement,
  type DeflatePolicy,
  type DeflateProblem,
  type HttpHead,
  type RequestViolation,
  type UpgradeRequest,
} from '#wire';
import { sha1 } from '#io';
import type { About } from '../alteration.ts';
import type { Gate } from '../gate.ts';
import type { HttpResponse } from './effects.ts';
import { refusal, switchingProtocols } from './responses.ts';
import { selectProtocol } from './subprotocol.ts';

export interface Opening {
  readonly response: HttpResponse;
  readonly deflate?: DeflateAgreement;
  /** False: packets are taken and never answered. */
  readonly served: boolean;
}

export interface OpeningOptions {
  readonly path?: string;
  readonly origins?: readonly string[];
  /** False where there is nothing to compress with. */
  readonly canDeflate: boolean;
}

type Headers = HttpResponse['headers'];

export function open(head: HttpHead, gate: Gate, about: About, options: OpeningOptions): Opening {
  const tolerate = ({ name }: RequestViolation): boolean => !gate.enforces(name, about);
  const parsed = parseUpgradeRequest(head, { tolerate });
  if (parsed.violation !== undefined) return refused(refusalOf(parsed.violation, gate, about));
  const { request } = parsed;
  const { path, origins } = options;
  if (path !== undefined && request.path !== path && gate.enforces('ws.path', about)) return refused(refusal(404));
  const foreign = origins !== undefined && request.origin !== undefined && !origins.includes(request.origin);
  if (foreign && gate.enforces('ws.origin', about)) return refused(refusal(403));
  const selected = selectProtocol(request.protocols, gate, about);
  if (selected.refused) return refused(refusal(400, [], 'The subprotocol mqtt is required.'));
  const extensions = answerExtensions(request, gate, about, options);
  const headers: Headers = [
    ...whole(gate.decide('ws.upgrade-header', true, about), 'Upgrade', 'websocket'),
    ...whole(gate.decide('ws.connection-header', true, about), 'Connection', 'Upgrade'),
    ...accept(request.key, gate, about),
    ...(selected.name === undefined ? [] : [['Sec-WebSocket-Protocol', selected.name] as const]),
    ...extensions.headers,
  ];
  const { deflate } = extensions;
  return { response: switchingProtocols(headers), served: selected.served, ...(deflate && { deflate }) };
}

const refused = (response: HttpResponse): Opening => ({ response, served: false });
const whole = (present: boolean, name: string, value: string): Headers => (present ? [[name, value]] : []);

function refusalOf({ status, fields, message }: RequestViolation, gate: Gate, about: About): HttpResponse {
  const version = 'Sec-WebSocket-Version' in fields;
  const left = version && !gate.decide('ws.version-header', true, about);
  return refusal(status, left ? [] : Object.entries(fields), `${message}.`);
}

function accept(key: string, gate: Gate, about: About): Headers {
  const choice = gate.decide('ws.accept-key', 'right', about);
  if (choice === 'none') return [];
  return [['Sec-WebSocket-Accept', acceptKey(KEYS[choice](key), sha1)]];
}

const KEYS = {
  right: (key: string) => key,
  reencoded: (key: string) => encodeBase64(decodeBase64(key) ?? new Uint8Array(0)),
  other: (key: string) => `${key}=`,
};

interface Extensions {
  readonly headers: Headers;
  readonly deflate?: DeflateAgreement;
}

function answerExtensions(
  request: UpgradeRequest,
  gate: Gate,
  about: About,
  { canDeflate }: OpeningOptions,
): Extensions {
  const offers = canDeflate && request.extensions.length > 0;
  const choice = gate.decide('ws.extensions', offers ? 'deflate' : 'none', about);
  if (choice === 'invent') return { headers: [['Sec-WebSocket-Extensions', PERMESSAGE_DEFLATE]] };
  if (choice === 'echo') {
    const { extensions } = request;
    return { headers: whole(extensions.length > 0, 'Sec-WebSocket-Extensions', formatExtensions(extensions)) };
  }
  if (choice === 'none' || !offers) return { headers: [] };
  return agree(request, gate, about);
}

function agree(request: UpgradeRequest, gate: Gate, about: About): Extensions {
  const manner = gate.decide('ws.deflate', 'as-offered', about);
  const tolerate = ({ name }: DeflateProblem): boolean => !gate.enforces(`deflate-offer.${name}`, about);
  const { answer, agreement } = negotiateDeflate(request.extensions, manner === 'limited' ? LIMITED : {}, tolerate);
  if (answer === undefined || agreement === undefined) return { headers: [] };
  const said =
    manner === 'ignores-limits'
      ? deflateExtension({ serverNoContextTakeover: false, clientNoContextTakeover: false })
      : manner === 'limits-client'
        ? deflateExtension({ serverNoContextTakeover: false, clientNoContextTakeover: false, clientMaxWindowBits: 15 })
        : answer;
  const kept = { ...agreement, ...(manner in NOT_KEPT ? NOT_KEPT[manner as keyof typeof NOT_KEPT] : {}) };
  return { headers: [['Sec-WebSocket-Extensions', formatExtensions([said])]], deflate: kept };
}

/** What a server with little memory asks for. */
const LIMITED: DeflatePolicy = {
  serverMaxWindowBits: 10,
  clientMaxWindowBits: 10,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
};

/** What is done instead of what was said. */
const NOT_KEPT = {
  'breaks-promise': { serverNoContextTakeover: false, serverMaxWindowBits: 15 },
  'forgets-client': { clientNoContextTakeover: true },
} as const satisfies Record<string, Partial<DeflateAgreement>>;
