import { decodeBase64 } from '../base64.ts';
import { parseExtensions, type Extension } from './extensions.ts';
import { headerList, headerValues, type HttpHead } from './http-head.ts';
import { requestViolation, type RequestViolation, type RequestViolationName } from './request-rules.ts';
import { isToken, listElements, listHas } from './tokens.ts';

/** A request to open a WebSocket, read. */
export interface UpgradeRequest {
  /** As sent. */
  readonly target: string;
  /** Without query; of an absolute URI its path. Percent encoding stays. */
  readonly path: string;
  readonly query?: string;
  readonly host: string;
  readonly key: string;
  /** In the order of preference, each once. */
  readonly protocols: readonly string[];
  readonly extensions: readonly Extension[];
  readonly origin?: string;
  readonly head: HttpHead;
}

export type ParsedUpgrade =
  | {
      readonly request: UpgradeRequest;
      readonly violation?: undefined;
      readonly tolerated: readonly RequestViolation[];
    }
  | { readonly request?: undefined; readonly violation: RequestViolation };

export interface ParseUpgradeOptions {
  /** Reading goes on over a violation for which this is true; the rule's recovery applies. */
  readonly tolerate?: (violation: RequestViolation) => boolean;
}

/** Thrown and caught in this file only: the first violation that nobody tolerates ends the reading. */
class Refused extends Error {
  readonly violation: RequestViolation;
  constructor(violation: RequestViolation) {
    super(violation.message);
    this.violation = violation;
  }
}

type Report = (name: RequestViolationName, message: string) => void;

/** Reads a request strictly (RFC 6455 §4.2.1). Which paths, origins and protocols are served is not asked here. */
export function parseUpgradeRequest(head: HttpHead, options: ParseUpgradeOptions = {}): ParsedUpgrade {
  const tolerated: RequestViolation[] = [];
  const report: Report = (name, message) => {
    const violation = requestViolation(name, message);
    if (options.tolerate?.(violation) !== true) throw new Refused(violation);
    tolerated.push(violation);
  };
  try {
    checkLines(head, report);
    const target = readStartLine(head.startLine, report);
    const host = readHost(head, report);
    checkUpgrade(head, report);
    checkVersion(head, report);
    const key = readKey(head, report);
    const protocols = readProtocols(head, report);
    const extensions = readExtensions(head, report);
    const [origin] = headerValues(head, 'Origin');
    const request = { ...readTarget(target), host, key, protocols, extensions, head };
    return { request: origin === undefined ? request : { ...request, origin }, tolerated };
  } catch (error) {
    if (error instanceof Refused) return { violation: error.violation };
    throw error;
  }
}

function checkLines(head: HttpHead, report: Report): void {
  if (head.bareLf) report('request.bare-lf', 'a line ends in LF alone');
  const [malformed] = head.malformedLines;
  if (malformed !== undefined) report('request.malformed-field', `not a field: ${malformed}`);
  const spaced = head.headers.find((line) => line.spaceBeforeColon);
  if (spaced !== undefined) {
    report('request.space-before-colon', `a blank stands between ${spaced.name} and its colon`);
  }
  const folded = head.headers.find((line) => line.folded);
  if (folded !== undefined) report('request.folded-field', `the field ${folded.name} is folded`);
}

function readStartLine(line: string, report: Report): string {
  const [, method, target, major, minor] =
    /^([^ ]+) (\/[^ #]*|[A-Za-z][A-Za-z0-9+.-]*:\/\/[^ #]+) HTTP\/(\d)\.(\d)$/.exec(line) ?? [];
  if (method === undefined || target === undefined || !isToken(method)) {
    report('request.line', `not a request line: ${line}`);
    return '/';
  }
  if (major !== '1' || minor === '0') report('request.http-version', `the request is in HTTP/${major}.${minor}`);
  if (method !== 'GET') report('request.method', `the method is ${method}`);
  return target;
}

function readTarget(target: string): Pick<UpgradeRequest, 'target' | 'path' | 'query'> {
  const local = target.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?]*/, '');
  const question = local.indexOf('?');
  if (question === -1) return { target, path: local || '/' };
  return { target, path: local.slice(0, question) || '/', query: local.slice(question + 1) };
}

function readHost(head: HttpHead, report: Report): string {
  const hosts = headerValues(head, 'Host');
  if (hosts.length === 0) report('request.host-missing', 'there is no Host');
  if (hosts.length > 1) report('request.host-twice', `there are ${hosts.length} Host fields`);
  return hosts[0] ?? '';
}

function checkUpgrade(head: HttpHead, report: Report): void {
  const upgrade = headerList(head, 'Upgrade');
  if (upgrade === undefined || !listHas(upgrade, 'websocket')) {
    report('request.upgrade-missing', upgrade === undefined ? 'there is no Upgrade' : `Upgrade is ${upgrade}`);
  }
  const connection = headerList(head, 'Connection');
  if (connection === undefined || !listHas(connection, 'upgrade')) {
    const message = connection === undefined ? 'there is no Connection' : `Connection is ${connection}`;
    report('request.connection-missing', message);
  }
}

function checkVersion(head: HttpHead, report: Report): void {
  const versions = headerValues(head, 'Sec-WebSocket-Version');
  const [version] = versions;
  if (version === undefined) report('request.version-missing', 'there is no Sec-WebSocket-Version');
  else if (versions.length > 1 || version.includes(',')) {
    report('request.version-twice', `Sec-WebSocket-Version is ${versions.join(', ')}`);
  } else if (version !== '13') report('request.version-other', `Sec-WebSocket-Version is ${version}`);
}

function readKey(head: HttpHead, report: Report): string {
  const keys = headerValues(head, 'Sec-WebSocket-Key');
  const [key] = keys;
  if (key === undefined) {
    report('request.key-missing', 'there is no Sec-WebSocket-Key');
    return '';
  }
  if (keys.length > 1) report('request.key-twice', `there are ${keys.length} Sec-WebSocket-Key fields`);
  const decoded = decodeBase64(key);
  if (decoded === undefined) report('request.key-not-base64', `Sec-WebSocket-Key is not base64: ${key}`);
  else if (decoded.length !== 16) {
    report('request.key-short', `Sec-WebSocket-Key decodes to ${decoded.length} bytes instead of 16`);
  }
  return key;
}

function readProtocols(head: HttpHead, report: Report): string[] {
  const list = headerList(head, 'Sec-WebSocket-Protocol');
  if (list === undefined) return [];
  const elements = listElements(list);
  if (elements.length === 0) report('subprotocol.empty', 'Sec-WebSocket-Protocol is empty');
  const malformed = elements.find((element) => !isToken(element));
  if (malformed !== undefined) report('subprotocol.malformed', `not a name of a subprotocol: ${malformed}`);
  const names = new Set(elements);
  if (names.size < elements.length) report('subprotocol.repeated', `a subprotocol is offered twice: ${list}`);
  return [...names].filter((name) => isToken(name));
}

function readExtensions(head: HttpHead, report: Report): readonly Extension[] {
  const list = headerList(head, 'Sec-WebSocket-Extensions');
  if (list === undefined) return [];
  const extensions = parseExtensions(list);
  if (extensions === undefined) report('extension.malformed', `Sec-WebSocket-Extensions is ${list}`);
  return extensions ?? [];
}
