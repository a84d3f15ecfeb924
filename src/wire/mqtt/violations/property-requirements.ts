import type { RequirementKey } from '#spec';
import type { PropertyName } from '../properties.ts';
import type { PropertyContext } from '../property-table.ts';
import type { BySender } from './row.ts';

type Table = Readonly<Record<`${PropertyContext}.${PropertyName}`, BySender>>;

const client = (key: RequirementKey): BySender => ({ client: [key] });
const server = (key: RequirementKey): BySender => ({ server: [key] });
const fromServer: BySender = { server: ['5.0/R-3.3.2.3-1'] };
const publish = (key: RequirementKey): BySender => ({ ...client(key), ...fromServer });
const reason = (asClient: RequirementKey, asServer: RequirementKey): BySender => ({
  client: [asClient],
  server: [asServer],
});

/** What a property breaks that comes twice where it may come once. */
export const DUPLICATE_REQUIREMENTS: Partial<Table> = {
  'CONNECT.sessionExpiryInterval': client('5.0/R-3.1.2.11.2-1'),
  'CONNECT.receiveMaximum': client('5.0/R-3.1.2.11.3-1'),
  'CONNECT.maximumPacketSize': client('5.0/R-3.1.2.11.4-1'),
  'CONNECT.topicAliasMaximum': client('5.0/R-3.1.2.11.5-1'),
  'CONNECT.requestResponseInformation': client('5.0/R-3.1.2.11.6-1'),
  'CONNECT.requestProblemInformation': client('5.0/R-3.1.2.11.7-1'),
  'CONNECT.authenticationMethod': client('5.0/R-3.1.2.11.9-1'),
  'CONNECT.authenticationData': client('5.0/R-3.1.2.11.10-2'),
  'WILL.willDelayInterval': client('5.0/R-3.1.3.2.2-1'),
  'WILL.payloadFormatIndicator': client('5.0/R-3.1.3.2.3-1'),
  'WILL.messageExpiryInterval': client('5.0/R-3.1.3.2.4-1'),
  'WILL.contentType': client('5.0/R-3.1.3.2.5-1'),
  'WILL.responseTopic': client('5.0/R-3.1.3.2.6-1'),
  'WILL.correlationData': client('5.0/R-3.1.3.2.7-1'),
  'CONNACK.sessionExpiryInterval': server('5.0/R-3.2.2.3.2-1'),
  'CONNACK.receiveMaximum': server('5.0/R-3.2.2.3.3-1'),
  'CONNACK.maximumQos': server('5.0/R-3.2.2.3.4-1'),
  'CONNACK.retainAvailable': server('5.0/R-3.2.2.3.5-1'),
  'CONNACK.maximumPacketSize': server('5.0/R-3.2.2.3.6-1'),
  'CONNACK.assignedClientIdentifier': server('5.0/R-3.2.2.3.7-1'),
  'CONNACK.topicAliasMaximum': server('5.0/R-3.2.2.3.8-1'),
  'CONNACK.reasonString': server('5.0/R-3.2.2.3.9-1'),
  'CONNACK.wildcardSubscriptionAvailable': server('5.0/R-3.2.2.3.11-1'),
  'CONNACK.subscriptionIdentifierAvailable': server('5.0/R-3.2.2.3.12-1'),
  'CONNACK.sharedSubscriptionAvailable': server('5.0/R-3.2.2.3.13-1'),
  'CONNACK.serverKeepAlive': server('5.0/R-3.2.2.3.14-1'),
  'CONNACK.responseInformation': server('5.0/R-3.2.2.3.15-1'),
  'CONNACK.serverReference': server('5.0/R-3.2.2.3.16-1'),
  'CONNACK.authenticationMethod': server('5.0/R-3.2.2.3.17-1'),
  'CONNACK.authenticationData': server('5.0/R-3.2.2.3.18-1'),
  'PUBLISH.payloadFormatIndicator': publish('5.0/R-3.3.2.3.2-1'),
  'PUBLISH.messageExpiryInterval': publish('5.0/R-3.3.2.3.3-1'),
  'PUBLISH.topicAlias': publish('5.0/R-3.3.2.3.4-1'),
  'PUBLISH.responseTopic': publish('5.0/R-3.3.2.3.5-1'),
  'PUBLISH.correlationData': publish('5.0/R-3.3.2.3.6-1'),
  'PUBLISH.contentType': publish('5.0/R-3.3.2.3.9-1'),
  'PUBACK.reasonString': reason('5.0/R-3.4.2.2.2-1', '5.0/R-3.4.2.2.2-2'),
  'PUBREC.reasonString': reason('5.0/R-3.5.2.2.2-1', '5.0/R-3.5.2.2.2-2'),
  'PUBREL.reasonString': reason('5.0/R-3.6.2.2.2-1', '5.0/R-3.6.2.2.2-2'),
  'PUBCOMP.reasonString': reason('5.0/R-3.7.2.2.2-1', '5.0/R-3.7.2.2.2-2'),
  'SUBSCRIBE.subscriptionIdentifiers': client('5.0/R-3.8.2.1.2-2'),
  'SUBACK.reasonString': server('5.0/R-3.9.2.1.2-1'),
  'UNSUBACK.reasonString': server('5.0/R-3.11.2.1.2-1'),
  'DISCONNECT.sessionExpiryInterval': client('5.0/R-3.14.2.2.2-1'),
  'DISCONNECT.reasonString': reason('5.0/R-3.14.2.2.3-1', '5.0/R-3.14.2.2.3-2'),
  'DISCONNECT.serverReference': server('5.0/R-3.14.2.2.5-2'),
  'AUTH.authenticationMethod': client('5.0/R-3.15.2.2.2-1'),
  'AUTH.authenticationData': client('5.0/R-3.15.2.2.3-1'),
  'AUTH.reasonString': client('5.0/R-3.15.2.2.4-1'),
};

/** What a value breaks that the property can't have. */
export const RANGE_REQUIREMENTS: Partial<Table> = {
  'CONNECT.receiveMaximum': client('5.0/R-3.1.2.11.3-2'),
  'CONNECT.maximumPacketSize': client('5.0/R-3.1.2.11.4-2'),
  'CONNECT.requestResponseInformation': client('5.0/R-3.1.2.11.6-2'),
  'CONNECT.requestProblemInformation': client('5.0/R-3.1.2.11.7-2'),
  'CONNACK.receiveMaximum': server('5.0/R-3.2.2.3.3-1'),
  'CONNACK.maximumQos': server('5.0/R-3.2.2.3.4-1'),
  'CONNACK.retainAvailable': server('5.0/R-3.2.2.3.5-1'),
  'CONNACK.maximumPacketSize': server('5.0/R-3.2.2.3.6-1'),
  'CONNACK.wildcardSubscriptionAvailable': server('5.0/R-3.2.2.3.11-1'),
  'CONNACK.subscriptionIdentifierAvailable': server('5.0/R-3.2.2.3.12-1'),
  'CONNACK.sharedSubscriptionAvailable': server('5.0/R-3.2.2.3.13-1'),
  'PUBLISH.topicAlias': {
    client: ['5.0/MQTT-3.3.2-8#client-input', '5.0/R-3.3.4-2'],
    server: ['5.0/MQTT-3.3.2-8#server-output'],
  },
  'PUBLISH.payloadFormatIndicator': client('5.0/R-3.3.2.3.2-2'),
  'PUBLISH.subscriptionIdentifiers': client('5.0/R-3.3.2.3.8-1'),
  'SUBSCRIBE.subscriptionIdentifiers': client('5.0/R-3.8.2.1.2-1'),
};
