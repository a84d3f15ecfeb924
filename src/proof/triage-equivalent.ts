/** Mutants that no client can tell from the clean broker, or that are allowed: by reason. */
export const EQUIVALENT: readonly { readonly reason: string; readonly mutants: readonly string[] }[] = [
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
      'delay send DISCONNECT',
    ],
  },
  {
    reason: 'a network may take as long',
    mutants: [
      'decide ws.gather 50',
      'delay bytes-received',
      'delay frame-received',
      'delay http-response',
      'delay bytes-sent',
    ],
  },
  {
    reason: 'setting the same state twice leaves it as it is',
    mutants: [
      'double end',
      'double timer-cancelled',
      'double session-stored',
      'double session-removed',
      'double session-attached',
      'double session-detached',
      'double session-expiry-changed',
      'double subscription-added',
      'double subscription-removed',
      'double retained-set',
      'double delivery-opened',
      'double delivery-received',
      'double delivery-closed',
      'double inbound-opened',
      'double inbound-closed',
      'double transport-end',
    ],
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
    mutants: ['decide ws.close-answer-code 1002'],
  },
  {
    reason: 'another code fails the connection as well',
    mutants: [
      'decide ws.fail-code 1000',
      'decide ws.fail-code 1002',
      'decide ws.fail-code 1003',
      'decide ws.fail-code 1007',
      'decide ws.fail-code 1009',
    ],
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
    reason:
      'a server may add User Properties and a Reason String to CONNACK and DISCONNECT, whatever the client asks (MQTT-3.1.2-29)',
    mutants: [
      'property CONNACK.reasonString',
      'property CONNACK.userProperties',
      'property DISCONNECT.reasonString',
      'property DISCONNECT.userProperties',
    ],
  },
];
