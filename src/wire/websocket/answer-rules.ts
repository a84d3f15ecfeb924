import type { RequirementKey } from '#spec';

/** What the answer to a request to upgrade must be: RFC 6455 §4.1, §4.2.2, RFC 7692 §7.1, MQTT-6.0.0-4. */
export const ANSWER_RULES = {
  'answer.status-line': ['ws/upgrade/accepts-valid'],
  'answer.malformed-field': ['ws/upgrade/accepts-valid'],
  'answer.upgrade-header': ['ws/upgrade/answer-upgrade-header'],
  'answer.connection-header': ['ws/upgrade/answer-connection-header'],
  'answer.accept-key': ['ws/upgrade/accept-key'],
  'answer.header-twice': ['ws/upgrade/single-answer-headers'],
  'subprotocol.not-selected': ['ws/subprotocol/mqtt-selected'],
  'subprotocol.invented': ['ws/subprotocol/none-not-invented', 'ws/subprotocol/only-offered'],
  'subprotocol.not-offered': ['ws/subprotocol/only-offered'],
  'subprotocol.unknown-echoed': ['ws/subprotocol/unknown-not-echoed'],
  'extension.malformed': ['ws/extension/only-offered'],
  'extension.not-offered': ['ws/extension/only-offered'],
  'extension.unknown': ['ws/extension/unknown-ignored'],
  'deflate.illegal': ['ws/deflate/declined-or-legal'],
  'deflate.client-window-unoffered': ['ws/deflate/no-client-window-unoffered'],
  'deflate.server-window': ['ws/deflate/server-window-honoured'],
  'deflate.server-takeover': ['ws/deflate/server-no-takeover-honoured'],
} as const satisfies Readonly<Record<string, readonly RequirementKey[]>>;

export type AnswerViolationName = keyof typeof ANSWER_RULES;

/** A broken rule of the server's answer. */
export interface AnswerViolation {
  readonly name: AnswerViolationName;
  readonly requirements: readonly RequirementKey[];
  readonly message: string;
}

export function answerViolation(name: AnswerViolationName, message: string): AnswerViolation {
  return { name, requirements: ANSWER_RULES[name], message };
}
