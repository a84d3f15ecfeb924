import { answerViolation, type AnswerViolation } from './answer-rules.ts';
import { agreementOf } from './deflate-negotiation.ts';
import { PERMESSAGE_DEFLATE, readDeflateParameters, type DeflateParameters } from './deflate-parameters.ts';
import type { Extension } from './extensions.ts';
import type { DeflateAgreement } from './per-message-deflate.ts';

/** The client's side: what the answered extensions mean, and what is wrong with them. */
export function judgeExtensions(
  answered: readonly Extension[],
  offered: readonly Extension[],
): { readonly deflate?: DeflateAgreement; readonly violations: readonly AnswerViolation[] } {
  const violations: AnswerViolation[] = [];
  let deflate: DeflateAgreement | undefined;
  for (const extension of answered) {
    const offers = offered.filter((offer) => offer.name === extension.name);
    if (offers.length === 0) {
      violations.push(answerViolation('extension.not-offered', `${extension.name} was not offered`));
    } else if (extension.name !== PERMESSAGE_DEFLATE) {
      violations.push(answerViolation('extension.unknown', `${extension.name} is no known extension`));
    } else if (deflate !== undefined) {
      violations.push(answerViolation('deflate.illegal', `${PERMESSAGE_DEFLATE} is answered twice`));
    } else {
      const { parameters, problems } = readDeflateParameters(extension, 'answer');
      violations.push(...problems.map(({ message }) => answerViolation('deflate.illegal', message)));
      violations.push(...fewestProblems(parameters, offers));
      deflate = agreementOf(parameters);
    }
  }
  return deflate === undefined ? { violations } : { deflate, violations };
}

/** An answer doesn't say which of several offers it takes: the one that it fits best counts. */
function fewestProblems(answer: DeflateParameters, offers: readonly Extension[]): AnswerViolation[] {
  const each = offers.map((offer) => compare(answer, readDeflateParameters(offer, 'offer').parameters));
  return each.sort((a, b) => a.length - b.length)[0] ?? [];
}

function compare(answer: DeflateParameters, offer: DeflateParameters): AnswerViolation[] {
  const violations: AnswerViolation[] = [];
  const { serverMaxWindowBits: server, clientMaxWindowBits: client } = answer;
  if (client !== undefined && offer.clientMaxWindowBits === undefined) {
    const message = 'client_max_window_bits is answered, but was not offered';
    violations.push(answerViolation('deflate.client-window-unoffered', message));
  }
  if (
    typeof client === 'number' &&
    typeof offer.clientMaxWindowBits === 'number' &&
    client > offer.clientMaxWindowBits
  ) {
    const message = `client_max_window_bits is ${client}, above the offered ${offer.clientMaxWindowBits}`;
    violations.push(answerViolation('deflate.illegal', message));
  }
  if (offer.serverMaxWindowBits !== undefined && (server === undefined || server > offer.serverMaxWindowBits)) {
    const message = `server_max_window_bits is ${server ?? 'absent'}, but ${offer.serverMaxWindowBits} was asked for`;
    violations.push(answerViolation('deflate.server-window', message));
  }
  if (offer.serverNoContextTakeover && !answer.serverNoContextTakeover) {
    const message = 'server_no_context_takeover was asked for and is not in the answer';
    violations.push(answerViolation('deflate.server-takeover', message));
  }
  return violations;
}
