import {
  deflateExtension,
  PERMESSAGE_DEFLATE,
  readDeflateParameters,
  type DeflateParameters,
  type DeflateProblem,
} from './deflate-parameters.ts';
import type { Extension } from './extensions.ts';
import type { DeflateAgreement } from './per-message-deflate.ts';

/** What a server wants of permessage-deflate. All absent: whatever the client offers. */
export interface DeflatePolicy {
  /** Bits, 8 to 15; the server's window will be no larger. */
  readonly serverMaxWindowBits?: number;
  /** Bits, 8 to 15; demanded of clients that allow it. */
  readonly clientMaxWindowBits?: number;
  readonly serverNoContextTakeover?: boolean;
  readonly clientNoContextTakeover?: boolean;
}

export interface DeflateNegotiation {
  /** The element to answer with, and what it means; both absent where all offers were declined. */
  readonly answer?: Extension;
  readonly agreement?: DeflateAgreement;
  /** What was wrong with the offers before. */
  readonly declined: readonly DeflateProblem[];
}

/** The server's side (RFC 7692 §5, §7.1): the first offer that can be met is answered. */
export function negotiateDeflate(
  offers: readonly Extension[],
  policy: DeflatePolicy = {},
  tolerate?: (problem: DeflateProblem) => boolean,
): DeflateNegotiation {
  const declined: DeflateProblem[] = [];
  for (const offer of offers) {
    if (offer.name !== PERMESSAGE_DEFLATE) continue;
    const { parameters, problems } = readDeflateParameters(offer, 'offer');
    const fatal = problems.filter((problem) => tolerate?.(problem) !== true);
    declined.push(...fatal);
    if (fatal.length > 0) continue;
    const answer = answerTo(parameters, policy);
    return { answer: deflateExtension(answer), agreement: agreementOf(answer), declined };
  }
  return { declined };
}

function answerTo(offer: DeflateParameters, policy: DeflatePolicy): DeflateParameters {
  const server = Math.min(offer.serverMaxWindowBits ?? 15, policy.serverMaxWindowBits ?? 15);
  const saysServer = offer.serverMaxWindowBits !== undefined || server < 15;
  // Only a client that has named the parameter can be limited (§7.1.2.2).
  const mayLimit = offer.clientMaxWindowBits !== undefined && policy.clientMaxWindowBits !== undefined;
  const offered = typeof offer.clientMaxWindowBits === 'number' ? offer.clientMaxWindowBits : 15;
  return {
    serverNoContextTakeover: offer.serverNoContextTakeover || policy.serverNoContextTakeover === true,
    clientNoContextTakeover: policy.clientNoContextTakeover === true,
    ...(saysServer ? { serverMaxWindowBits: server } : {}),
    ...(mayLimit ? { clientMaxWindowBits: Math.min(offered, policy.clientMaxWindowBits ?? 15) } : {}),
  };
}

/** What an answer means for both sides. */
export function agreementOf(answer: DeflateParameters): DeflateAgreement {
  return {
    serverNoContextTakeover: answer.serverNoContextTakeover,
    clientNoContextTakeover: answer.clientNoContextTakeover,
    serverMaxWindowBits: answer.serverMaxWindowBits ?? 15,
    clientMaxWindowBits: typeof answer.clientMaxWindowBits === 'number' ? answer.clientMaxWindowBits : 15,
  };
}
