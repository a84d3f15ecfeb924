/** Mutants that behave otherwise, in a way that the standards leave to a server, by reason. */
import type { Reasoned } from './triage.ts';

export const ALLOWED: readonly Reasoned[] = [
  {
    reason: 'an answer may take its time: no standard sets a limit',
    mutants: [
      'delay send PUBLISH',
      'delay send PUBACK',
      'delay send PUBREC',
      'delay send PUBREL',
      'delay send PUBCOMP',
      'delay send SUBACK',
      'delay send UNSUBACK',
      'delay send PINGRESP',
      'delay http-response',
      'delay transport-end',
    ],
  },
  {
    reason: 'a network may take as long',
    mutants: ['decide ws.gather 50'],
  },
  {
    reason: 'any code that may be sent, or none, or a bare FIN is allowed after an error of MQTT',
    mutants: [
      'decide ws.close-code -1',
      'decide ws.close-code 0',
      'decide ws.close-code 1000',
      'decide ws.close-code 1002',
      'decide ws.close-code 1003',
      'decide ws.close-code 1008',
      'decide ws.close-code 1011',
    ],
  },
  {
    reason: 'the answer to a Close may have another code',
    mutants: ['decide ws.close-answer-code 1000', 'decide ws.close-answer-code 1002'],
  },
  {
    reason: 'another code fails the connection as well',
    mutants: [
      'decide ws.fail-code 1002',
      'decide ws.fail-code 1003',
      'decide ws.fail-code 1007',
      'decide ws.fail-code 1009',
    ],
  },
  {
    reason: 'how long a server waits for the Close of a client is left to it (RFC 6455 §7.1.1)',
    mutants: ['decide ws.close-limit 5000', 'decide ws.close-limit 0'],
  },
  {
    reason: 'any error status refuses',
    mutants: ['decide ws.refusal 400'],
  },
  {
    reason: 'a server may begin its packet identifiers anywhere',
    mutants: ['decide deliver.first-id 1000'],
  },
  {
    reason: 'a server may deliver one message at a time',
    mutants: ['decide deliver.window 1'],
  },
  {
    reason: 'a server may use the aliases that a client grants, or not, or define one again (5.0 §3.3.2.3.4)',
    mutants: ['decide deliver.alias where-allowed', 'drop alias-assigned', 'delay alias-assigned'],
  },
  {
    reason: 'any member of a share may get a message',
    mutants: ['decide share.member first'],
  },
  {
    reason: 'how long a server waits for CONNECT is left to it (§3.1)',
    mutants: ['timer connect × 0.5', 'timer connect × 3'],
  },
  {
    reason:
      'a server may add User Properties and a Reason String to CONNACK and DISCONNECT, whatever the client asks (MQTT-3.1.2-29)',
    mutants: [
      'property CONNACK.reasonString',
      'property CONNACK.userProperties',
      'property DISCONNECT.reasonString',
      'property DISCONNECT.userProperties',
    ],
  },
  {
    reason: 'a Reason String and Response Information are never due',
    mutants: ['property PUBACK.reasonString', 'property PUBREC.reasonString', 'property CONNACK.responseInformation'],
  },
  {
    reason:
      'no rule of RFC 6455 binds who receives such a Close: it ends the connection all the same, and the code is left open',
    mutants: [
      'waive close.too-long',
      'waive close.fragmented',
      'waive close.body-1-byte',
      'waive close.reason-not-utf8',
    ],
  },
  {
    reason: 'a message that inflates without end may be dropped as well: what it must not do is harm others',
    mutants: ['waive deflate.too-large'],
  },
  {
    reason: 'RFC 6455 does not say what becomes of it, and HTTP servers pass over it (RFC 9112 §2.2)',
    mutants: ['waive request.line', 'waive request.malformed-field'],
  },
  {
    reason:
      'what 5.0 answers an unknown level by (MQTT-3.1.2-2); no client can say which standard binds a level that has none',
    mutants: ['decide connect.unknown-level connack-84'],
  },
  {
    reason: 'a Reason String is never due',
    mutants: ['decide connect.problem-information false'],
  },
  {
    reason:
      'any PUBREC acknowledges a PUBLISH that comes again (MQTT-4.3.3-10); 0x91 says that its identifier is in use',
    mutants: ['decide publish.in-use 145'],
  },
  {
    reason:
      'whom it lets in is the owner’s matter: whoever is refused with the credentials of the target is told so before any case',
    mutants: ['decide connect.credentials-match false'],
  },
  {
    reason: 'what the last packet of an exchange carries is the method’s matter (5.0 §4.12)',
    mutants: ['property CONNACK.authenticationData'],
  },
  {
    reason:
      'late by two seconds: brokers look at their clocks every few seconds. Being late for good is a fault, and caught',
    mutants: ['timer session-expiry × 3', 'timer will-delay × 3'],
  },
  {
    reason: 'what is taken up again in the last second before its time may be late: clocks of brokers count in seconds',
    mutants: ['delay timer-cancelled'],
  },
];
