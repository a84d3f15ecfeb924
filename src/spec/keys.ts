import type { RULES_311 } from './mqtt-3.1.1/rules.ts';
import type { STATEMENTS_311 } from './mqtt-3.1.1/statements.ts';
import type { RULES_50 } from './mqtt-5.0/rules.ts';
import type { STATEMENTS_50 } from './mqtt-5.0/statements.ts';
import type { JudgedId } from './rows.ts';
import type { TRANSPORT } from './transport/index.ts';

/** Requirements of MQTT 3.1.1: statements without clauses, clauses, rules. */
export type Id311 = JudgedId<typeof STATEMENTS_311> | keyof typeof RULES_311;
/** Requirements of MQTT 5.0. The same text may be another duty than in 3.1.1. */
export type Id50 = JudgedId<typeof STATEMENTS_50> | keyof typeof RULES_50;
/** Requirements of WebSocket, TLS and certificates. */
export type TransportKey = keyof typeof TRANSPORT;

/** What the whole project calls a requirement by. */
export type RequirementKey = `3.1.1/${Id311}` | `5.0/${Id50}` | TransportKey;
/** Any numbered statement, with or without clauses. */
export type StatementKey = `3.1.1/${keyof typeof STATEMENTS_311}` | `5.0/${keyof typeof STATEMENTS_50}`;
