import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK. */
export const SUBSCRIPTIONS = {
  'MQTT-3.8.1-1': { level: 'MUST', title: 'a SUBSCRIBE whose flags are not 0010: closed', subject: 'both' },
  'MQTT-3.8.3-1': {
    level: 'MUST',
    title: 'a topic filter in SUBSCRIBE that is no well-formed UTF-8: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.8.3-2': {
    level: 'MUST',
    title: 'a server without wildcards refuses filters that hold them',
    observable: 'partly',
    needs: ['wildcard-off-broker'],
  },
  'MQTT-3.8.3-3': {
    level: 'MUST',
    title: 'a SUBSCRIBE without a topic filter: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.8.3-4': {
    level: 'MUST',
    clauses: {
      'reserved-bits': {
        level: 'MUST',
        title: 'closes on reserved bits set in a requested-QoS byte',
        needs: ['reaction'],
      },
      'qos-3': { level: 'MUST', title: 'closes on a requested QoS of 3', needs: ['reaction'] },
    },
  },
  'MQTT-3.8.4-1': { level: 'MUST', title: 'SUBSCRIBE is answered with SUBACK' },
  'MQTT-3.8.4-2': { level: 'MUST', title: 'SUBACK has the packet identifier of its SUBSCRIBE' },
  'MQTT-3.8.4-3': {
    level: 'MUST',
    clauses: {
      replace: { level: 'MUST', title: 'the same filter again replaces the subscription (one copy, new QoS)' },
      'retained-resent': {
        level: 'MUST',
        title: 'the same filter again sends the retained messages again',
        needs: ['retain'],
      },
      'no-interruption': {
        level: 'MUST NOT',
        title: 'no message is lost while a subscription is replaced',
        needs: ['qos1'],
      },
    },
  },
  'MQTT-3.8.4-4': {
    level: 'MUST',
    clauses: {
      'as-sequence': { level: 'MUST', title: 'several filters in one SUBSCRIBE work like several SUBSCRIBEs' },
      'one-suback': { level: 'MUST', title: 'several filters in one SUBSCRIBE get one SUBACK' },
    },
  },
  'MQTT-3.8.4-5': {
    level: 'MUST',
    clauses: {
      'code-per-filter': { level: 'MUST', title: 'SUBACK has as many codes as the SUBSCRIBE has filters' },
      'code-meaning': {
        level: 'MUST',
        title: 'a SUBACK code is the granted QoS or the failure code, and what follows agrees with it',
      },
    },
  },
  'MQTT-3.8.4-6': {
    level: 'MUST',
    clauses: {
      'min-qos': {
        level: 'MUST',
        title: 'delivered at the lower of published and granted QoS',
        needs: ['qos1', 'qos2'],
      },
      may: {
        level: 'MAY',
        title: 'duplicates of a QoS 1 message on a subscription granted QoS 0 (record)',
        needs: ['qos1'],
      },
    },
  },
  'MQTT-3.9.3-1': { level: 'MUST', title: 'the codes of SUBACK stand in the order of the filters' },
  'MQTT-3.9.3-2': { level: 'MUST NOT', title: 'SUBACK codes are 0x00, 0x01, 0x02 or 0x80' },
  'MQTT-3.10.1-1': { level: 'MUST', title: 'an UNSUBSCRIBE whose flags are not 0010: closed', subject: 'both' },
  'MQTT-3.10.3-1': {
    level: 'MUST',
    title: 'a topic filter in UNSUBSCRIBE that is no well-formed UTF-8: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.10.3-2': {
    level: 'MUST',
    title: 'an UNSUBSCRIBE without a topic filter: closed',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.10.4-1': {
    level: 'MUST',
    clauses: {
      'exact-match': { level: 'MUST', title: 'UNSUBSCRIBE deletes exactly the subscription with the same characters' },
      'nothing-else': {
        level: 'MUST',
        title: 'UNSUBSCRIBE with a filter that is not held, though it overlaps, changes nothing',
      },
    },
  },
  'MQTT-3.10.4-2': { level: 'MUST', title: 'nothing new is queued for a subscription once it is deleted' },
  'MQTT-3.10.4-3': {
    level: 'MUST',
    title: 'QoS 1 and 2 deliveries that had begun are completed after UNSUBSCRIBE',
    needs: ['qos1'],
  },
  'MQTT-3.10.4-4': {
    level: 'MUST',
    clauses: {
      unsuback: { level: 'MUST', title: 'UNSUBSCRIBE is answered by UNSUBACK' },
      'same-id': { level: 'MUST', title: 'UNSUBACK carries the identifier of the UNSUBSCRIBE' },
    },
  },
  'MQTT-3.10.4-5': { level: 'MUST', title: 'UNSUBSCRIBE is answered with UNSUBACK even where nothing was subscribed' },
  'MQTT-3.10.4-6': {
    level: 'MUST',
    clauses: {
      'as-sequence': { level: 'MUST', title: 'several filters in one UNSUBSCRIBE work like several' },
      'one-unsuback': { level: 'MUST', title: 'several filters in one UNSUBSCRIBE get one UNSUBACK' },
    },
  },
} as const satisfies StatementTable;
