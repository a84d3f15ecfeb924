import type { RequirementKey } from '#spec';
import type { Extension } from './extensions.ts';

export const PERMESSAGE_DEFLATE = 'permessage-deflate';

/** The parameters of RFC 7692 §7.1, read. */
export interface DeflateParameters {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
  /** Bits, 8 to 15. */
  readonly serverMaxWindowBits?: number;
  /** Bits, or true where an offer only says that it may be limited. */
  readonly clientMaxWindowBits?: number | true;
}

export type DeflateProblemName = 'unknown-parameter' | 'bad-value' | 'repeated-parameter';

/** Why an offer must be declined, or an answer fails the connection. */
export interface DeflateProblem {
  readonly name: DeflateProblemName;
  readonly requirements: readonly RequirementKey[];
  readonly message: string;
}

const FLAGS = ['server_no_context_takeover', 'client_no_context_takeover'];
const WINDOWS = ['server_max_window_bits', 'client_max_window_bits'];

/** All parameters, and all that is wrong with them. A wrong parameter is left out. */
export function readDeflateParameters(
  extension: Extension,
  side: 'offer' | 'answer',
): { readonly parameters: DeflateParameters; readonly problems: readonly DeflateProblem[] } {
  const seen = new Map<string, string | undefined>();
  const problems: DeflateProblem[] = [];
  for (const { name, value } of extension.parameters) {
    const problem = judge(name, value, seen.has(name), side);
    if (problem === undefined) seen.set(name, value);
    else problems.push({ ...problem, requirements: [`ws/deflate/${problem.name}`] });
  }
  const server = seen.get('server_max_window_bits');
  const client = seen.get('client_max_window_bits');
  const parameters: DeflateParameters = {
    serverNoContextTakeover: seen.has('server_no_context_takeover'),
    clientNoContextTakeover: seen.has('client_no_context_takeover'),
    ...(server === undefined ? {} : { serverMaxWindowBits: Number(server) }),
    ...(seen.has('client_max_window_bits')
      ? { clientMaxWindowBits: client === undefined ? true : Number(client) }
      : {}),
  };
  return { parameters, problems };
}

function judge(
  name: string,
  value: string | undefined,
  repeated: boolean,
  side: 'offer' | 'answer',
): Omit<DeflateProblem, 'requirements'> | undefined {
  if (!FLAGS.includes(name) && !WINDOWS.includes(name)) {
    return { name: 'unknown-parameter', message: `${name} is no parameter of ${PERMESSAGE_DEFLATE}` };
  }
  if (repeated) return { name: 'repeated-parameter', message: `${name} comes twice` };
  const mayBeBare = FLAGS.includes(name) || (name === 'client_max_window_bits' && side === 'offer');
  const fits = value === undefined ? mayBeBare : WINDOWS.includes(name) && /^([89]|1[0-5])$/.test(value);
  if (fits) return undefined;
  return { name: 'bad-value', message: `${name} has ${value === undefined ? 'no value' : `the value ${value}`}` };
}

/** The element of Sec-WebSocket-Extensions for these parameters. */
export function deflateExtension(parameters: DeflateParameters): Extension {
  const list: { name: string; value?: string }[] = [];
  if (parameters.serverNoContextTakeover) list.push({ name: 'server_no_context_takeover' });
  if (parameters.clientNoContextTakeover) list.push({ name: 'client_no_context_takeover' });
  const { serverMaxWindowBits: server, clientMaxWindowBits: client } = parameters;
  if (server !== undefined) list.push({ name: 'server_max_window_bits', value: String(server) });
  if (client === true) list.push({ name: 'client_max_window_bits' });
  else if (client !== undefined) list.push({ name: 'client_max_window_bits', value: String(client) });
  return { name: PERMESSAGE_DEFLATE, parameters: list };
}
