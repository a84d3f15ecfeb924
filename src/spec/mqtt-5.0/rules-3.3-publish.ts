import type { RuleTable } from '../rows.ts';

/** What MQTT 5.0 demands without a number: PUBLISH. */
export const PUBLISH_RULES = {
  'R-3.3.1.2-1': {
    level: 'SHOULD',
    title: 'a PUBLISH with both QoS bits set: the code is told',
    expected: 'DISCONNECT 0x81 before the close',
    needs: ['reaction'],
  },
  'R-3.3.1.3-1': {
    level: 'SHOULD',
    title: 'a QoS 0 message with RETAIN 1 becomes the retained message (it may be forgotten later)',
    expected: 'later subscriber gets it',
    needs: ['retain'],
  },
  'R-3.3.1.3-2': {
    level: 'MUST',
    title: 'a retained message whose expiry has passed is gone',
    expected: 'later subscriber gets nothing',
    needs: ['retain', 'time'],
  },
  'R-3.3.2.1-1': {
    level: 'MUST',
    title: 'empty topic name without topic alias',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction'],
  },
  'R-3.3.2.3-1': {
    level: 'MUST',
    title: 'a PUBLISH from the server holds each single-use property at most once',
    expected: 'at most one each',
  },
  'R-3.3.2.3.2-1': {
    level: 'DERIVED',
    title: 'Payload Format Indicator twice in PUBLISH (this section does not forbid it in words, unlike 3.1.3.2.3)',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    subject: 'client',
    needs: ['reaction'],
  },
  'R-3.3.2.3.2-2': {
    level: 'OBSERVE',
    title: 'Payload Format Indicator with a value other than 0 and 1 (the section names no error)',
    expected: 'close with 0x81/0x82/0x99, or forwarded',
    needs: ['reaction'],
  },
  'R-3.3.2.3.2-3': {
    level: 'MAY',
    title: 'payload says UTF-8 and is not',
    expected: 'PUBACK/PUBREC 0x99, DISCONNECT 0x99 and close, or forwarded',
  },
  'R-3.3.2.3.3-1': {
    level: 'DERIVED',
    title: 'Message Expiry Interval twice in PUBLISH (this section does not forbid it in words, unlike 3.1.3.2.4)',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    subject: 'client',
    needs: ['reaction'],
  },
  'R-3.3.2.3.3-2': {
    level: 'MUST',
    title: 'a message without Message Expiry Interval does not expire',
    expected: 'delivered after any wait; the property stays absent (added by configuration: observe)',
    needs: ['time'],
  },
  'R-3.3.2.3.4-1': {
    level: 'MUST',
    title: 'Topic Alias twice in PUBLISH',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction', 'topic-alias'],
  },
  'R-3.3.2.3.4-2': {
    level: 'MUST',
    title: 'a topic name with a known alias gives the alias a new meaning',
    expected: 'later use delivers on the new topic',
    needs: ['topic-alias'],
  },
  'R-3.3.2.3.4-3': {
    level: 'MUST',
    title: 'alias numbers of the two directions are independent',
    expected: "publisher's alias never appears as such at a subscriber that did not allow it",
    needs: ['topic-alias'],
  },
  'R-3.3.2.3.5-1': {
    level: 'MUST',
    title: 'Response Topic twice in PUBLISH',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction'],
  },
  'R-3.3.2.3.6-1': {
    level: 'MUST',
    title: 'Correlation Data twice in PUBLISH',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction'],
  },
  'R-3.3.2.3.7-1': {
    level: 'MUST',
    title: 'User Property may come many times in PUBLISH, the same name too',
    expected: 'all delivered',
  },
  'R-3.3.2.3.8-1': {
    level: 'MUST',
    title: 'Subscription Identifier 0 in a PUBLISH',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction', 'subid'],
  },
  'R-3.3.2.3.9-1': {
    level: 'MUST',
    title: 'Content Type twice in PUBLISH',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction'],
  },
  'R-3.3.4-1': {
    level: 'SHOULD',
    title:
      "more open QoS 1 and 2 PUBLISHes than the server's Receive Maximum (the duty to close: 3.3.4-7 with MQTT-4.13.1-1)",
    expected: 'DISCONNECT 0x93 and close',
    needs: ['qos2', 'recv-max-practical', 'reaction'],
  },
  'R-3.3.4-2': {
    level: 'SHOULD',
    title: 'Topic Alias 0: the code is told (the duty to close: 3.3.2-8)',
    expected: 'DISCONNECT 0x94 and close',
    needs: ['reaction'],
  },
  'R-3.3.4-3': {
    level: 'SHOULD',
    title: "Topic Alias above the server's maximum: the code is told (the duty to close: 3.3.2-9)",
    expected: 'DISCONNECT 0x94 and close',
    needs: ['reaction'],
  },
  'R-3.3.4-4': {
    level: 'MUST',
    title: 'empty topic name with an alias that has no mapping yet',
    expected: 'closed; DISCONNECT 0x82 before it preferred',
    needs: ['reaction', 'topic-alias'],
  },
  'R-3.3.4-5': {
    level: 'MUST',
    title:
      'a PUBLISH from the server holds no subscription identifiers but those of the subscriptions that made it flow',
    expected: 'only those',
    needs: ['subid'],
  },
  'R-3.3.4-6': {
    level: 'MAY',
    title: 'overlapping subscriptions',
    expected: 'one copy, or one for each subscription',
    needs: ['wildcard'],
  },
  'R-3.3.4-7': {
    level: 'MUST',
    title: "a message of a shared subscription holds only the identifiers of the receiving member's own SUBSCRIBE",
    expected: 'no identifier of another member',
    needs: ['shared', 'subid'],
  },
  'R-3.3.4-8': {
    level: 'OBSERVE',
    title: 'two overlapping subscriptions with the same identifier, one copy',
    expected: 'identifier twice (as the section describes), or once',
    needs: ['subid', 'wildcard'],
  },
} as const satisfies RuleTable;
