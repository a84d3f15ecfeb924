/** All cases. */
import { collectCases, type Case, type SuiteModules } from '#kit';
import * as connect from './mqtt/3.1-connect.ts';
import * as ping from './mqtt/3.12-ping.ts';

/** By path below this folder, in the order of the report. */
export const SUITE_MODULES = {
  'mqtt/3.1-connect': connect,
  'mqtt/3.12-ping': ping,
} as const satisfies SuiteModules;

export const CASES: readonly Case[] = collectCases(SUITE_MODULES);
