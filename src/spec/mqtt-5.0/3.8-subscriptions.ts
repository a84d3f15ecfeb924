import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK. */
export const SUBSCRIPTIONS = {
  'MQTT-3.8.1-1': { level: 'MUST', subject: 'both' },
  'MQTT-3.8.3-1': { level: 'MUST', subject: 'client', needs: ['reaction'] },
  'MQTT-3.8.3-2': { level: 'MUST', subject: 'client', needs: ['reaction'] },
  'MQTT-3.8.3-3': { level: 'MUST NOT' },
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
  'MQTT-3.8.3-5': { level: 'MUST' },
  'MQTT-3.8.4-1': { level: 'MUST' },
  'MQTT-3.8.4-2': { level: 'MUST' },
  'MQTT-3.8.4-3': { level: 'MUST' },
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
  'MQTT-3.8.4-6': { level: 'MUST' },
  'MQTT-3.8.4-7': { level: 'MUST' },
  'MQTT-3.8.4-8': { level: 'MUST' },
  'MQTT-3.9.2-1': { level: 'MUST NOT', observable: 'partly', needs: ['optional-behaviour'] },
  'MQTT-3.9.2-2': { level: 'MUST NOT', observable: 'partly', needs: ['optional-behaviour'] },
  'MQTT-3.9.3-1': { level: 'MUST' },
  'MQTT-3.9.3-2': { level: 'MUST' },
  'MQTT-3.10.1-1': { level: 'MUST', subject: 'both' },
  'MQTT-3.10.3-1': { level: 'MUST', subject: 'client', needs: ['reaction'] },
  'MQTT-3.10.3-2': { level: 'MUST', subject: 'client', needs: ['reaction'] },
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
  'MQTT-3.10.4-2': { level: 'MUST' },
  'MQTT-3.10.4-3': { level: 'MUST', needs: ['qos1'] },
  'MQTT-3.10.4-4': { level: 'MUST' },
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
  'MQTT-3.11.2-1': { level: 'MUST NOT', observable: 'partly', needs: ['optional-behaviour'] },
  'MQTT-3.11.2-2': { level: 'MUST NOT', observable: 'partly', needs: ['optional-behaviour'] },
  'MQTT-3.11.3-1': { level: 'MUST' },
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
