/** One instance of each thing that a report must show well. */
import type { Finding, InstanceResult } from '#results';
import { requirement, type RequirementKey } from '#spec';
import { encodeFrame, encodeUtf8 } from '#wire';
import { publish, roundTrip, TranscriptBuilder } from './sample-transcripts.ts';

/** What must never become markup, or leave its attribute. */
export const HOSTILE = `</script><script>alert(1)</script>"'><img src=x onerror=alert(1)> \u0000\u0007\u001B[31m\u202E]]>`;

const base = { transport: 'ws', steps: [], findings: [], startedMs: 0, durationMs: 3.1, attempts: 1 } as const;

function finding(
  key: RequirementKey,
  verdict: Finding['verdict'],
  rest: Omit<Finding, 'requirement' | 'level' | 'verdict' | 'by'>,
): Finding {
  return { requirement: key, level: requirement(key).level, verdict, by: 'case', ...rest };
}

export function curatedInstances(): InstanceResult[] {
  return [secondConnect(), badFlags(), handshake(), takeover(), flood(), hostile(), ...others()];
}

/** Only evidence: nothing came. */
function secondConnect(): InstanceResult {
  const connect = {
    type: 'CONNECT',
    protocolName: 'MQTT',
    protocolLevel: 5,
    cleanStart: true,
    keepAlive: 60,
    clientId: 'ms7f3a',
  };
  return {
    ...base,
    instance: 'connect/second-connect@5.0/ws',
    id: 'connect/second-connect',
    version: '5.0',
    suite: 'connect',
    title: 'a second CONNECT on one connection is a protocol error',
    verdict: 'fail',
    verifies: ['5.0/MQTT-3.1.0-2'],
    steps: [
      { at: 0, title: 'connect', outcome: 'done' },
      { at: 1.9, title: 'send CONNECT again', outcome: 'done' },
      {
        at: 2.0,
        title: 'expect the end of the connection, DISCONNECT 0x82 before it where one comes',
        outcome: 'failed',
        detail: 'still open after 2 000 ms',
      },
      { at: 0, title: 'the control twin still answers PINGREQ', outcome: 'not-reached' },
    ],
    findings: [
      finding('5.0/MQTT-3.1.0-2', 'fail', {
        message: 'a second CONNECT is a protocol error: the server closes the connection',
        expected: 'DISCONNECT 0x82 (optional), then close',
        actual: 'still open after 2 000 ms; received CONNACK 0x00',
        at: 2002.2,
        evidence: 'deadline',
        entry: 6,
      }),
    ],
    transcript: new TranscriptBuilder('5.0')
      .connected('ms7f3a')
      .packet('out', connect as never)
      .packet('in', { type: 'CONNACK', sessionPresent: false, reasonCode: 0 } as never)
      .wait(2000)
      .unit('note', 'harness', 'deadline: waited 2000 ms for close')
      .unit('out', 'tcp', 'RST')
      .build(),
    durationMs: 2004,
    attempts: 2,
  };
}

/** Bytes that break a rule, at an offset. */
function badFlags(): InstanceResult {
  const message = 'connect acknowledge flags are 0x02';
  return {
    ...base,
    instance: 'connect/connack-flags@5.0/ws',
    id: 'connect/connack-flags',
    version: '5.0',
    suite: 'connect',
    title: 'reserved bits of the acknowledge flags are 0',
    verdict: 'fail',
    verifies: ['5.0/MQTT-3.2.2-1'],
    findings: [
      finding('5.0/MQTT-3.2.2-1', 'fail', {
        message,
        expected: 'flags 0x00 or 0x01',
        actual: 'flags 0x02',
        at: 1.2,
        evidence: 'wire',
        entry: 3,
      }),
    ],
    transcript: new TranscriptBuilder('5.0')
      .upgrade()
      .packet('out', {
        type: 'CONNECT',
        protocolName: 'MQTT',
        protocolLevel: 5,
        cleanStart: true,
        keepAlive: 60,
        clientId: 'ms7f3b',
      } as never)
      .bytes(
        'in',
        'mqtt',
        'CONNACK 0x00 Success, flags 0x02',
        Uint8Array.of(0x20, 0x08, 0x02, 0x00, 0x05, 0x22, 0x00, 0x0a, 0x24, 0x01),
        { violation: { requirement: '5.0/MQTT-3.2.2-1', message, offset: 2 } },
      )
      .bytes(
        'out',
        'websocket',
        'Close 1002, 2 bytes',
        encodeFrame({ opcode: 8, payload: Uint8Array.of(3, 234), maskingKey: Uint8Array.of(1, 2, 3, 4) }),
      )
      .unit('in', 'tcp', 'FIN')
      .build(),
  };
}

function handshake(): InstanceResult {
  return {
    ...base,
    instance: 'handshake/accept-key[lowercase headers]@ws',
    id: 'handshake/accept-key',
    row: 'lowercase headers',
    suite: 'handshake',
    title: 'Sec-WebSocket-Accept answers the key',
    verdict: 'fail',
    verifies: ['ws/upgrade/accept-key'],
    findings: [
      finding('ws/upgrade/accept-key', 'fail', {
        message: 'Sec-WebSocket-Accept does not answer the key',
        expected: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
        actual: 'HTTP/1.1 400 Bad Request',
        at: 0.8,
        evidence: 'wire',
        entry: 1,
      }),
    ],
    transcript: new TranscriptBuilder('5.0')
      .upgrade()
      .bytes('in', 'websocket', 'Close 1002, 2 bytes', Uint8Array.of(0x88, 2, 3, 234))
      .unit('in', 'tcp', 'FIN')
      .build(),
  };
}

/** Three connections, each ended in its own way. */
function takeover(): InstanceResult {
  return {
    ...base,
    instance: 'session/takeover@5.0/ws',
    id: 'session/takeover',
    version: '5.0',
    suite: 'session',
    title: 'a second client with the same identifier takes the session over',
    verdict: 'warn',
    verifies: ['5.0/R-3.1.4-1', '5.0/MQTT-3.1.0-2'],
    findings: [
      finding('5.0/R-3.1.4-1', 'warn', {
        message: 'the first connection got no DISCONNECT 0x8E',
        expected: 'DISCONNECT 0x8E, then close',
        actual: 'close 1000',
        at: 151.4,
        evidence: 'wire',
        entry: 12,
      }),
    ],
    transcript: new TranscriptBuilder('5.0')
      .connected('ms7f3c', 1)
      .wait(150)
      .connected('ms7f3c', 2)
      .connected('ms-watch', 3)
      .bytes('in', 'websocket', 'Close 1000, 2 bytes', Uint8Array.of(0x88, 2, 3, 232), {}, 1)
      .unit('in', 'tcp', 'RST', {}, 1)
      .packet('out', publish('ms7f3a/who', 'still here?'), 2)
      .packet('in', publish('ms7f3a/who', 'still here?', 9), 3)
      .packet('out', { type: 'DISCONNECT', reasonCode: 0 } as never, 2)
      .unit('in', 'tcp', 'FIN', {}, 2)
      .build(['first client', 'second client, same identifier', 'watcher']),
  };
}

/** Longer than a page wants to be. */
function flood(): InstanceResult {
  const wire = new TranscriptBuilder('3.1.1').connected('ms7f3d');
  for (let n = 1; n <= 280; n += 1)
    wire.packet('out', publish('ms7f3a/flood', `message ${n} ${'…'.repeat(n % 40)}`, n));
  return {
    ...base,
    instance: 'publish/flood[QoS 1]@3.1.1/ws',
    id: 'publish/flood',
    row: 'QoS 1',
    version: '3.1.1',
    suite: 'publish',
    title: 'every message of QoS 1 is acknowledged, in order',
    verdict: 'inconclusive',
    reason: 'the broker closed the connection without a violation, and the confirmation passed',
    verifies: ['3.1.1/MQTT-2.3.1-2'],
    transcript: wire.unit('in', 'tcp', 'connection error: read ECONNRESET').build(['client'], 320),
  };
}

function hostile(): InstanceResult {
  return {
    ...base,
    instance: `topics/utf8[${HOSTILE}]@5.0/ws`,
    id: 'topics/utf8',
    row: HOSTILE,
    version: '5.0',
    suite: 'topics',
    title: `topics may hold any character but U+0000: ${HOSTILE}`,
    verdict: 'error',
    reason: `the harness broke: ${HOSTILE}`,
    verifies: ['5.0/MQTT-1.5.4-3', '5.0/MQTT-9.9.9-9' as RequirementKey],
    expected: HOSTILE,
    actual: `Grüße aus Köln, 温度, 🌡️, ${HOSTILE}`,
    steps: [{ at: 0, title: HOSTILE, outcome: 'failed', detail: HOSTILE }],
    findings: [
      finding('5.0/MQTT-1.5.4-3', 'error', { message: HOSTILE, actual: HOSTILE, at: 2, evidence: 'wire', entry: 2 }),
    ],
    transcript: new TranscriptBuilder('5.0')
      .upgrade()
      .bytes('in', 'mqtt', HOSTILE, encodeUtf8(HOSTILE), {
        violation: { requirement: '5.0/MQTT-1.5.4-3', message: HOSTILE },
      })
      .bytes('out', 'tcp', `raw ${HOSTILE}`, encodeUtf8(HOSTILE.repeat(12)), { cut: true, size: 70_000 })
      .build([HOSTILE]),
  };
}

function others(): InstanceResult[] {
  const plain = { ...base, version: '5.0', suite: 'subscribe', transcript: roundTrip('5.0', 1) } as const;
  return [
    {
      ...plain,
      instance: 'subscribe/no-match@5.0/ws',
      id: 'subscribe/no-match',
      title: 'the code of PUBACK where nobody has subscribed',
      verdict: 'observed',
      reason: 'acknowledges with 0x10 No matching subscribers',
      verifies: ['5.0/R-3.4.2.1-1'],
    },
    {
      ...plain,
      instance: 'subscribe/shared@5.0/ws',
      id: 'subscribe/shared',
      title: 'a shared subscription gets each message once',
      verdict: 'skip',
      reason: 'needs shared subscriptions (CONNACK says unavailable)',
      verifies: ['5.0/MQTT-4.2-1'],
    },
    {
      ...plain,
      instance: 'subscribe/late@5.0/ws',
      id: 'subscribe/late',
      title: 'a retained message comes after SUBACK',
      verdict: 'not-run',
      reason: 'the run was ended',
      verifies: ['5.0/MQTT-3.3.1-9'],
    },
    {
      ...plain,
      instance: 'subscribe/round-trip@5.0/mqtts',
      id: 'subscribe/round-trip',
      transport: 'mqtts',
      title: 'what is published arrives',
      verdict: 'pass',
      verifies: ['5.0/MQTT-4.3.2-1'],
    },
  ];
}
