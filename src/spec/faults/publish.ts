import type { FaultTable } from './table.ts';

/** Faults of PUBLISH and of delivery. */
export const PUBLISH_FAULTS = {
  'accepts-qos-3': { title: 'accepts a PUBLISH with both QoS bits set', defect: 'D-P01' },
  'accepts-topic-wildcard': { title: 'accepts a PUBLISH whose topic name holds a wildcard', defect: 'D-P03' },
  'forwards-dup': { title: 'copies the DUP flag of the publisher into its deliveries', defect: 'D-P08' },
  'qos2-puback': { title: 'answers a QoS 2 PUBLISH with PUBACK', defect: 'D-P09' },
  'wrong-packet-id': { title: 'acknowledges with another packet identifier', defect: 'D-P16' },
  'no-pubcomp': { title: 'never answers PUBREL', defect: 'D-P18' },
  'drops-qos1': { title: 'acknowledges QoS 1 messages and does not deliver them' },
  'duplicates-qos2': { title: 'delivers a QoS 2 message twice when its PUBLISH is repeated before PUBREL' },
  reorders: { title: 'delivers messages of one topic and QoS in another order', defect: 'D-P26' },
  'delivers-above-granted-qos': { title: 'delivers above the QoS that it granted', defect: 'D-P27' },
  'corrupts-payload': { title: 'alters payloads on their way', defect: 'D-P30' },
  'loses-empty-payload': { title: 'does not deliver messages whose payload is empty', defect: 'D-P31' },
} as const satisfies FaultTable;
