/** The choices of the reference broker: of the core by chapter, and of the endpoint. */
import type { Decision } from './decision.ts';
import { AUTHENTICATION_DECISIONS } from './decisions/authentication.ts';
import { CONNECT_DECISIONS } from './decisions/connect.ts';
import { DELIVERY_DECISIONS } from './decisions/delivery.ts';
import { PUBLISH_DECISIONS } from './decisions/publish.ts';
import { SESSION_DECISIONS } from './decisions/session.ts';
import { SUBSCRIBE_DECISIONS } from './decisions/subscribe.ts';
import { ENDPOINT_DECISIONS } from './endpoint/decisions.ts';
import { TLS_DECISIONS } from './tls/decisions.ts';

export type { Decision };

export const CORE_DECISIONS = {
  ...CONNECT_DECISIONS,
  ...AUTHENTICATION_DECISIONS,
  ...SESSION_DECISIONS,
  ...PUBLISH_DECISIONS,
  ...DELIVERY_DECISIONS,
  ...SUBSCRIBE_DECISIONS,
} as const;

export const DECISIONS = { ...CORE_DECISIONS, ...ENDPOINT_DECISIONS, ...TLS_DECISIONS } as const;

export type DecisionName = keyof typeof DECISIONS;
/** What a decision can be: a member of its domain, or any number where the domain is one of examples. */
export type DecisionValue<D extends DecisionName> = (typeof DECISIONS)[D] extends Decision<infer V> ? V : never;
