/** All stories about the core. */
import { AUTHENTICATION_SCENARIOS } from './authentication.ts';
import { CONNECT_SCENARIOS } from './connect.ts';
import { LIFECYCLE_SCENARIOS } from './lifecycle.ts';
import { PUBLISH_SCENARIOS } from './publish.ts';
import { RETAIN_SCENARIOS } from './retain.ts';
import type { Scenarios } from './scenario.ts';
import { SESSION_SCENARIOS } from './session.ts';
import { SUBSCRIBE_SCENARIOS } from './subscribe.ts';
import { WILL_SCENARIOS } from './will.ts';

export const SCENARIOS: Readonly<Record<string, Scenarios>> = {
  connect: CONNECT_SCENARIOS,
  authentication: AUTHENTICATION_SCENARIOS,
  publish: PUBLISH_SCENARIOS,
  subscribe: SUBSCRIBE_SCENARIOS,
  session: SESSION_SCENARIOS,
  will: WILL_SCENARIOS,
  retain: RETAIN_SCENARIOS,
  lifecycle: LIFECYCLE_SCENARIOS,
};
