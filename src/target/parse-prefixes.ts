import { PREFIX_LIMITS } from './limits.ts';
import { TargetError } from './target-error.ts';

/** Ends in a slash, so that rules such as `team/7/#` fit what the cases publish. */
export function normalTopicPrefix(prefix: string): string {
  const example = '--topic-prefix team/7/';
  if (/[+#\0]/.test(prefix)) {
    throw new TargetError('TARGET_PREFIX', 'the topic prefix holds +, # or U+0000', 'use a plain topic', example);
  }
  if (prefix.startsWith('$')) {
    const what = 'the topic prefix begins with $';
    throw new TargetError('TARGET_PREFIX', what, 'wildcards leave such topics out, so use another', example);
  }
  if (Buffer.byteLength(prefix) > PREFIX_LIMITS.topicPrefix) {
    const advice = `use at most ${PREFIX_LIMITS.topicPrefix} bytes`;
    throw new TargetError('TARGET_PREFIX', 'the topic prefix is too long', advice, example);
  }
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}

export function checkClientIdPrefix(prefix: string): string {
  const example = '--client-id-prefix ms';
  // oxlint-disable-next-line no-control-regex -- MQTT-1.5.4-2, and what logs can't show
  if (/[\0-\x1f\x7f]/.test(prefix)) {
    throw new TargetError('TARGET_PREFIX', 'the client id prefix holds a control character', 'leave it out', example);
  }
  if (prefix.length > PREFIX_LIMITS.clientIdPrefix) {
    const advice = `use at most ${PREFIX_LIMITS.clientIdPrefix} characters`;
    throw new TargetError('TARGET_PREFIX', 'the client id prefix is too long', advice, example);
  }
  return prefix;
}
