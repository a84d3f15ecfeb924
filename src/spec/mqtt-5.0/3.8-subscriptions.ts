import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK. */
export const SUBSCRIPTIONS = {
  'MQTT-3.8.1-1': {
    level: 'MUST',
    title: 'a SUBSCRIBE whose flags are not 0010: closed (0x81 preferred)',
    subject: 'both',
  },
  'MQTT-3.8.3-1': {
    level: 'MUST',
    title: 'a topic filter in SUBSCRIBE that is no well-formed UTF-8: closed (0x81 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.8.3-2': {
    level: 'MUST',
    title: 'a SUBSCRIBE without a topic filter: closed (0x82 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.8.3-3': { level: 'MUST NOT', title: 'No Local: a client does not get back what it published itself' },
  'MQTT-3.8.3-4': {
    level: 'MUST NOT',
    subject: 'client',
    needs: ['shared', 'reaction'],
    clauses: {
      'no-local-shared': {
        level: 'MUST NOT',
        title: 'No Local on a shared subscription: closed (0x82 preferred)',
        needs: ['shared', 'reaction'],
      },
    },
  },
  'MQTT-3.8.3-5': { level: 'MUST', title: 'reserved bits in the subscription options: closed (0x81 preferred)' },
  'MQTT-3.8.4-1': { level: 'MUST', title: 'SUBSCRIBE is answered with SUBACK' },
  'MQTT-3.8.4-2': { level: 'MUST', title: 'SUBACK has the packet identifier of its SUBSCRIBE' },
  'MQTT-3.8.4-3': { level: 'MUST', title: 'the same filter again replaces the subscription' },
  'MQTT-3.8.4-4': {
    level: 'MUST',
    needs: ['retain'],
    clauses: {
      'retained-resent': {
        level: 'MUST',
        title: 'the same filter again with Retain Handling 0: retained messages come again',
        needs: ['retain'],
      },
      'not-lost': { level: 'MUST NOT', title: 'no message is lost while a subscription is replaced', needs: ['qos1'] },
    },
  },
  'MQTT-3.8.4-5': {
    level: 'MUST',
    clauses: {
      'as-sequence': { level: 'MUST', title: 'several filters in one SUBSCRIBE work like several SUBSCRIBEs' },
      'one-suback': { level: 'MUST', title: 'several filters in one SUBSCRIBE get one SUBACK' },
    },
  },
  'MQTT-3.8.4-6': { level: 'MUST', title: 'SUBACK has one code for each filter' },
  'MQTT-3.8.4-7': { level: 'MUST', title: 'a SUBACK code grants a QoS or says that the subscription failed' },
  'MQTT-3.8.4-8': { level: 'MUST', title: 'a delivery has the lower of the published and the granted QoS' },
  'MQTT-3.9.2-1': {
    level: 'MUST NOT',
    title: "a Reason String does not push SUBACK over the client's Maximum Packet Size",
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.9.2-2': {
    level: 'MUST NOT',
    title: "user properties do not push SUBACK over the client's Maximum Packet Size",
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.9.3-1': { level: 'MUST', title: 'the codes of SUBACK stand in the order of the filters' },
  'MQTT-3.9.3-2': { level: 'MUST', title: 'each code of SUBACK is one of its table' },
  'MQTT-3.10.1-1': {
    level: 'MUST',
    title: 'an UNSUBSCRIBE whose flags are not 0010: closed (0x81 preferred)',
    subject: 'both',
  },
  'MQTT-3.10.3-1': {
    level: 'MUST',
    title: 'a topic filter in UNSUBSCRIBE that is no well-formed UTF-8: closed (0x81 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.10.3-2': {
    level: 'MUST',
    title: 'an UNSUBSCRIBE without a topic filter: closed (0x82 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.10.4-1': {
    level: 'MUST',
    clauses: {
      'exact-match': {
        level: 'MUST',
        title: 'UNSUBSCRIBE compares character by character (an overlapping filter stays)',
      },
      delete: { level: 'MUST', title: 'an exact match deletes the subscription' },
    },
  },
  'MQTT-3.10.4-2': { level: 'MUST', title: 'nothing new is queued for a filter once it is unsubscribed' },
  'MQTT-3.10.4-3': {
    level: 'MUST',
    title: 'QoS 1 and 2 deliveries that had begun are completed after UNSUBSCRIBE',
    needs: ['qos1'],
  },
  'MQTT-3.10.4-4': { level: 'MUST', title: 'UNSUBSCRIBE is answered with UNSUBACK' },
  'MQTT-3.10.4-5': {
    level: 'MUST',
    clauses: {
      'same-id': { level: 'MUST', title: 'UNSUBACK carries the identifier of the UNSUBSCRIBE' },
      'even-if-none': { level: 'MUST', title: 'UNSUBACK comes even where nothing matched' },
    },
  },
  'MQTT-3.10.4-6': {
    level: 'MUST',
    clauses: {
      'as-sequence': { level: 'MUST', title: 'several filters in one UNSUBSCRIBE work like several' },
      'one-unsuback': { level: 'MUST', title: 'several filters in one UNSUBSCRIBE get one UNSUBACK' },
    },
  },
  'MQTT-3.11.2-1': {
    level: 'MUST NOT',
    title: "a Reason String does not push UNSUBACK over the client's Maximum Packet Size",
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.11.2-2': {
    level: 'MUST NOT',
    title: "user properties do not push UNSUBACK over the client's Maximum Packet Size",
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.11.3-1': { level: 'MUST', title: 'the codes of UNSUBACK stand in the order of the filters' },
  'MQTT-3.11.3-2': {
    level: 'MUST',
    clauses: {
      'known-code': {
        level: 'MUST',
        title: 'each UNSUBACK code is one that the table of UNSUBACK codes has (0x00 is one of them)',
      },
      'one-per-filter': { level: 'MUST', title: 'UNSUBACK has as many codes as the UNSUBSCRIBE has filters' },
    },
  },
} as const satisfies StatementTable;
