/** All profiles by name. */
import { nearest } from '#target';
import { CONNECT_STORM } from './named/connect-storm.ts';
import { FAN_IN } from './named/fan-in.ts';
import { FAN_OUT } from './named/fan-out.ts';
import { RECONNECT_STORM } from './named/reconnect-storm.ts';
import { RETAINED_STORM } from './named/retained-storm.ts';
import { SESSION_BACKLOG } from './named/session-backlog.ts';
import { SHARED_SUBSCRIPTION } from './named/shared-subscription.ts';
import { SLOW_CONSUMER } from './named/slow-consumer.ts';
import { SMOKE } from './named/smoke.ts';
import { SOAK } from './named/soak.ts';
import { STEADY_PUBSUB } from './named/steady-pubsub.ts';
import { STEP_TO_KNEE } from './named/step-to-knee.ts';
import { SUBSCRIBE_CHURN } from './named/subscribe-churn.ts';
import { TLS_HANDSHAKE_STORM } from './named/tls-handshake-storm.ts';
import { WILL_STORM } from './named/will-storm.ts';
import { PRESET_EXAMPLES, presetOf } from './presets.ts';
import { ProfileError } from './profile-error.ts';
import type { Profile } from './profile.ts';

export const PROFILES: readonly Profile[] = [
  SMOKE,
  STEADY_PUBSUB,
  FAN_IN,
  FAN_OUT,
  SHARED_SUBSCRIPTION,
  CONNECT_STORM,
  RECONNECT_STORM,
  SESSION_BACKLOG,
  RETAINED_STORM,
  WILL_STORM,
  SUBSCRIBE_CHURN,
  SLOW_CONSUMER,
  TLS_HANDSHAKE_STORM,
  SOAK,
  STEP_TO_KNEE,
];

/** By name, presets too. Throws `ProfileError` with the nearest name. */
export function profileNamed(name: string): Profile {
  const found = PROFILES.find((one) => one.name === name) ?? presetOf(name);
  if (found !== undefined) return found;
  const names = PROFILES.map((one) => one.name);
  const meant = nearest(name, [...names, ...PRESET_EXAMPLES]);
  const hint = `${meant === undefined ? '' : `did you mean ${meant}? `}All of them: mqttspec load list; a file of your own: ./my-profile.json`;
  throw new ProfileError('PROFILE_UNKNOWN', `there is no profile '${name}'`, hint);
}
