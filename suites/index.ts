/** All cases. */
import { collectCases, type Case, type SuiteModules } from '#kit';
import * as browser from './browser/browser.ts';
import * as browserTls from './browser/browser-tls.ts';
import * as pages from './browser/10.2-pages.ts';
import * as certificates from './tls/client-certificates.ts';
import * as certificateContents from './tls/certificate-contents.ts';
import * as identity from './tls/identity.ts';
import * as refusals from './tls/refusals.ts';
import * as handshake from './websocket/4.2-handshake.ts';
import * as request from './websocket/4.2.1-request.ts';
import * as path from './websocket/4.2.2-path.ts';
import * as subprotocol from './websocket/4.2.2-subprotocol.ts';
import * as extensions from './websocket/9.1-extensions.ts';
import * as origin from './websocket/10.2-origin.ts';
import * as deflate from './websocket/7692.5-deflate.ts';
import * as deflateMessages from './websocket/7692.6-deflate.ts';
import * as http from './websocket/9112-http.ts';
import * as frames from './websocket/5.2-frames.ts';
import * as lengths from './websocket/5.2-lengths.ts';
import * as serverFrames from './websocket/5.2-server-frames.ts';
import * as fragmentation from './websocket/5.4-fragmentation.ts';
import * as control from './websocket/5.5-control.ts';
import * as strings from './mqtt/1.5-strings.ts';
import * as packetFormat from './mqtt/2-packet-format.ts';
import * as packetProperties from './mqtt/2.2.2-packet-format.ts';
import * as closing from './websocket/7-closing.ts';
import * as failing from './websocket/7.1.7-failing.ts';
import * as ends from './websocket/7.3-ends.ts';
import * as keepalive from './websocket/keepalive.ts';
import * as transports from './websocket/transports.ts';
import * as connect from './mqtt/3.1-connect.ts';
import * as session from './mqtt/3.1.2-session.ts';
import * as will from './mqtt/3.1.2-will.ts';
import * as willMessage from './mqtt/3.1.2.6-will-message.ts';
import * as willProperties from './mqtt/3.1.3-will-properties.ts';
import * as refusedWills from './mqtt/3.2.2-will-properties.ts';
import * as takeover from './mqtt/3.1.4-takeover.ts';
import * as sessionExpiry from './mqtt/3.1.2.11.2-session-expiry.ts';
import * as connectProperties from './mqtt/3.1.2.11-connect-properties.ts';
import * as clientId from './mqtt/3.1.3-client-id.ts';
import * as connectPayload from './mqtt/3.1.3-connect-payload.ts';
import * as refusal from './mqtt/3.1.4-refusal.ts';
import * as connack from './mqtt/3.2-connack.ts';
import * as publish from './mqtt/3.3-publish.ts';
import * as properties from './mqtt/3.3.2-properties.ts';
import * as topicAliases from './mqtt/3.3.2.3.4-properties.ts';
import * as acknowledgements from './mqtt/3.4-acknowledgements.ts';
import * as unexpectedAcknowledgements from './mqtt/3.4.2-acknowledgements.ts';
import * as retain from './mqtt/3.3.1-retain.ts';
import * as retainLifetime from './mqtt/3.3.1-retain-lifetime.ts';
import * as retainMatching from './mqtt/3.3.1-retain-matching.ts';
import * as retainOptions from './mqtt/3.3.1-retain-options.ts';
import * as subscribe from './mqtt/3.8-subscribe.ts';
import * as filters from './mqtt/3.8.3-filters.ts';
import * as subscribeOptions from './mqtt/3.8.3-subscribe-options.ts';
import * as overlapping from './mqtt/3.8.4-overlapping.ts';
import * as unsubscribe from './mqtt/3.10-unsubscribe.ts';
import * as topics from './mqtt/4.7-topics.ts';
import * as shared from './mqtt/4.8-shared.ts';
import * as sharedFilters from './mqtt/4.8.2-shared-filters.ts';
import * as ping from './mqtt/3.12-ping.ts';
import * as sessionState from './mqtt/4.1-session-state.ts';
import * as receivedState from './mqtt/4.1-received-state.ts';
import * as redelivery from './mqtt/4.4-redelivery.ts';
import * as disconnect from './mqtt/3.14-disconnect.ts';
import * as auth from './mqtt/3.15-auth.ts';
import * as qos from './mqtt/4.3-qos.ts';
import * as qosOfPublishers from './mqtt/4.3.3-qos.ts';
import * as order from './mqtt/4.6-order.ts';
import * as flowControl from './mqtt/4.9-flow-control.ts';
import * as authentication from './mqtt/4.12-authentication.ts';
import * as errors from './mqtt/4.13-errors.ts';
import * as ownWords from './mqtt/1.5.4-own-words.ts';
import * as protocol from './mqtt/3.1.2.1-protocol.ts';
import * as idleTime from './mqtt/3.1.2.10-keep-alive.ts';
import * as rejectedId from './mqtt/3.1.3-rejected-id.ts';
import * as credentials from './mqtt/3.1.4-credentials.ts';
import * as names from './mqtt/4.7.3-names.ts';
import * as denied from './mqtt/4.13-denied.ts';
import * as openWays from './mqtt/4.13-open-ways.ts';
import * as tlsVersions from './tls/tls-versions.ts';
import * as tlsCiphers from './tls/tls-ciphers.ts';
import * as tlsChain from './tls/tls-chain.ts';
import * as tlsNames from './tls/tls-names.ts';
import * as tlsHandshake from './tls/tls-handshake.ts';
import * as tlsRecords from './tls/tls-records.ts';
import * as tlsClosing from './tls/tls-closing.ts';
import * as tlsPorts from './tls/tls-ports.ts';
import * as mqttjs from './interop/mqttjs.ts';

/** By path below this folder, in the order of the report. */
export const SUITE_MODULES = {
  'websocket/4.2-handshake': handshake,
  'websocket/4.2.1-request': request,
  'websocket/4.2.2-path': path,
  'websocket/4.2.2-subprotocol': subprotocol,
  'websocket/9.1-extensions': extensions,
  'websocket/10.2-origin': origin,
  'websocket/7692.5-deflate': deflate,
  'websocket/7692.6-deflate': deflateMessages,
  'websocket/9112-http': http,
  'websocket/5.2-frames': frames,
  'websocket/5.2-lengths': lengths,
  'websocket/5.2-server-frames': serverFrames,
  'websocket/5.4-fragmentation': fragmentation,
  'websocket/5.5-control': control,
  'websocket/7-closing': closing,
  'websocket/7.1.7-failing': failing,
  'websocket/7.3-ends': ends,
  'websocket/keepalive': keepalive,
  'websocket/transports': transports,
  'mqtt/1.5-strings': strings,
  'mqtt/2-packet-format': packetFormat,
  'mqtt/2.2.2-packet-format': packetProperties,
  'mqtt/3.1-connect': connect,
  'mqtt/3.1.2-session': session,
  'mqtt/3.1.2-will': will,
  'mqtt/3.1.2.6-will-message': willMessage,
  'mqtt/3.1.3-will-properties': willProperties,
  'mqtt/3.2.2-will-properties': refusedWills,
  'mqtt/3.1.4-takeover': takeover,
  'mqtt/3.1.2.11.2-session-expiry': sessionExpiry,
  'mqtt/3.1.2.11-connect-properties': connectProperties,
  'mqtt/3.1.3-client-id': clientId,
  'mqtt/3.1.3-connect-payload': connectPayload,
  'mqtt/3.1.4-refusal': refusal,
  'mqtt/3.2-connack': connack,
  'mqtt/3.3-publish': publish,
  'mqtt/3.3.2-properties': properties,
  'mqtt/3.3.2.3.4-properties': topicAliases,
  'mqtt/3.4-acknowledgements': acknowledgements,
  'mqtt/3.4.2-acknowledgements': unexpectedAcknowledgements,
  'mqtt/3.3.1-retain': retain,
  'mqtt/3.3.1-retain-lifetime': retainLifetime,
  'mqtt/3.3.1-retain-matching': retainMatching,
  'mqtt/3.3.1-retain-options': retainOptions,
  'mqtt/3.8-subscribe': subscribe,
  'mqtt/3.8.3-filters': filters,
  'mqtt/3.8.3-subscribe-options': subscribeOptions,
  'mqtt/3.8.4-overlapping': overlapping,
  'mqtt/3.10-unsubscribe': unsubscribe,
  'mqtt/4.7-topics': topics,
  'mqtt/4.8-shared': shared,
  'mqtt/4.8.2-shared-filters': sharedFilters,
  'mqtt/3.12-ping': ping,
  'mqtt/4.1-session-state': sessionState,
  'mqtt/4.1-received-state': receivedState,
  'mqtt/4.4-redelivery': redelivery,
  'mqtt/3.14-disconnect': disconnect,
  'mqtt/3.15-auth': auth,
  'mqtt/4.3-qos': qos,
  'mqtt/4.3.3-qos': qosOfPublishers,
  'mqtt/4.6-order': order,
  'mqtt/4.9-flow-control': flowControl,
  'mqtt/4.12-authentication': authentication,
  'mqtt/4.13-errors': errors,
  'mqtt/1.5.4-own-words': ownWords,
  'mqtt/3.1.2.1-protocol': protocol,
  'mqtt/3.1.2.10-keep-alive': idleTime,
  'mqtt/3.1.3-rejected-id': rejectedId,
  'mqtt/3.1.4-credentials': credentials,
  'mqtt/4.7.3-names': names,
  'mqtt/4.13-denied': denied,
  'mqtt/4.13-open-ways': openWays,
  'tls/client-certificates': certificates,
  'tls/certificate-contents': certificateContents,
  'tls/identity': identity,
  'tls/refusals': refusals,
  'tls/tls-versions': tlsVersions,
  'tls/tls-ciphers': tlsCiphers,
  'tls/tls-chain': tlsChain,
  'tls/tls-names': tlsNames,
  'tls/tls-handshake': tlsHandshake,
  'tls/tls-records': tlsRecords,
  'tls/tls-closing': tlsClosing,
  'tls/tls-ports': tlsPorts,
  'interop/mqttjs': mqttjs,
  'browser/browser': browser,
  'browser/browser-tls': browserTls,
  'browser/10.2-pages': pages,
} as const satisfies SuiteModules;

export const CASES: readonly Case[] = collectCases(SUITE_MODULES);
