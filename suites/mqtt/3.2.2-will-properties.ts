/** 5.0 §3.2.2.3: a will of a kind that the server has said it does not take. */
import { defineCase, ended, hexCode, type CaseContext, type Ending } from '#kit';

/** Which code a refusal should tell; one that tells nothing is a refusal all the same. */
function toldAs(
  t: CaseContext<unknown>,
  { reasonCode }: Ending,
  code: number,
  key: '5.0/MQTT-3.2.2-12#should' | '5.0/MQTT-3.2.2-13#should',
): void {
  if (reasonCode === undefined || reasonCode === code) return;
  t.finding(key, `refused with ${hexCode(reasonCode)}, not ${hexCode(code)}`);
}

export const qosAboveMaximum = defineCase({
  title: 'a will above the Maximum QoS of the server is refused, and the connection ends',
  verifies: { '5.0': ['MQTT-3.2.2-12#reject', 'MQTT-3.2.2-12#close', 'MQTT-3.2.2-12#should'] },
  caughtBy: ['will-qos-not-limited'],
  needs: ['qos-limited-broker', 'reaction'],
  async run(t) {
    const twin = await t.connect({ will: t.will(t.topic('will'), 'will') });
    const most = twin.connack?.properties?.maximumQos ?? 2;
    if (most === 2) t.skip('this connection may use QoS 2');
    const client = await t.open();
    const will = t.will(t.topic('will'), 'will', { qos: most === 0 ? 1 : 2 });
    await client.send(t.packet.connect({ clientId: client.id, will }));
    const ending = await client.expect(ended());
    toldAs(t, ending, 0x9b, '5.0/MQTT-3.2.2-12#should');
    await twin.ping();
  },
});

export const retainUnavailable = defineCase({
  title: 'a retained will is refused by a server without retained messages, and the connection ends',
  verifies: { '5.0': ['MQTT-3.2.2-13#reject', 'MQTT-3.2.2-13#close', 'MQTT-3.2.2-13#should'] },
  caughtBy: ['will-retain-not-limited'],
  needs: ['retain-off-broker', 'reaction'],
  async run(t) {
    const twin = await t.connect({ will: t.will(t.topic('will'), 'will') });
    if (twin.connack?.properties?.retainAvailable !== 0) t.skip('this connection may use retained messages');
    const client = await t.open();
    const will = t.will(t.topic('will'), 'will', { retain: true });
    await client.send(t.packet.connect({ clientId: client.id, will }));
    const ending = await client.expect(ended());
    toldAs(t, ending, 0x9a, '5.0/MQTT-3.2.2-13#should');
    await twin.ping();
  },
});
