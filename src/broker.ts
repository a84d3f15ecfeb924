/**
 * `mqttspec/broker`: the reference broker for tests of MQTT clients.
 *
 * It listens on loopback, on free ports where none are named, keeps everything in memory, and misbehaves only where faults
 * or variants are named.
 */
export { startBroker } from '#broker';
export type { BrokerUser, Limits, RunningBroker, StartOptions } from '#broker';
export { FAULTS, VARIANTS } from '#spec';
export type { FaultName, VariantName } from '#spec';
