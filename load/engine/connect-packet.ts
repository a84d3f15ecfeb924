import type { Connect } from '#wire';
import type { PlannedPopulation } from '../profiles/plan.ts';
import { clientIdOf, willTopic } from '../profiles/topology.ts';
import { HEADER_BYTES } from '../profiles/profile.ts';
import { patchHeader, patternOf, writeHeader } from './payload.ts';
import type { Shop } from './shop.ts';

/** 5.0 §3.1.2.11.2: this value keeps a session until it is taken away. */
const ENDLESS = 0xffff_ffff;

export function connectPacket(shop: Shop, client: number, population: PlannedPopulation): Connect {
  const { plan, setup } = shop;
  const { will, cleanStart, sessionSeconds, receiveMaximum } = population;
  const five = plan.version === '5.0';
  const properties = {
    ...(sessionSeconds > 0 ? { sessionExpiryInterval: Math.min(sessionSeconds, ENDLESS) } : {}),
    ...(receiveMaximum === undefined ? {} : { receiveMaximum }),
  };
  return {
    type: 'CONNECT',
    protocolName: 'MQTT',
    protocolLevel: five ? 5 : 4,
    cleanStart,
    keepAlive: population.keepAliveSeconds,
    clientId: clientIdOf(plan, client),
    ...(setup.credentials.username === undefined ? {} : { username: setup.credentials.username }),
    ...(setup.credentials.password === undefined ? {} : { password: setup.credentials.password }),
    ...(five && Object.keys(properties).length > 0 ? { properties } : {}),
    ...(will === undefined
      ? {}
      : {
          will: {
            topic: willTopic(plan, population, client - population.first),
            payload: willPayload(shop.run, will.firstLane + client - population.first, will.payloadBytes),
            qos: will.qos,
            retain: will.retain,
            ...(five && will.delaySeconds > 0 ? { properties: { willDelayInterval: will.delaySeconds } } : {}),
          },
        }),
  };
}

/** A will is written when it is connected; when it is sent, nobody can know. */
function willPayload(run: number, lane: number, length: number): Uint8Array {
  const payload = new Uint8Array(length);
  const view = new DataView(payload.buffer);
  const message = { run, lane, length };
  payload.set(patternOf(length).subarray(0, length - HEADER_BYTES), HEADER_BYTES);
  writeHeader(view, 0, message);
  patchHeader(view, 0, message, 0, 0, 0);
  return payload;
}
