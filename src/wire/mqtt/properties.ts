/** The properties of MQTT 5.0 (§2.2.2.2) by name. What may come several times is a list. */
export interface Properties {
  readonly payloadFormatIndicator?: number;
  /** Seconds. */
  readonly messageExpiryInterval?: number;
  readonly contentType?: string;
  readonly responseTopic?: string;
  readonly correlationData?: Uint8Array;
  readonly subscriptionIdentifiers?: readonly number[];
  /** Seconds; 0xFFFFFFFF never expires. */
  readonly sessionExpiryInterval?: number;
  readonly assignedClientIdentifier?: string;
  /** Seconds. */
  readonly serverKeepAlive?: number;
  readonly authenticationMethod?: string;
  readonly authenticationData?: Uint8Array;
  readonly requestProblemInformation?: number;
  /** Seconds. */
  readonly willDelayInterval?: number;
  readonly requestResponseInformation?: number;
  readonly responseInformation?: string;
  readonly serverReference?: string;
  readonly reasonString?: string;
  readonly receiveMaximum?: number;
  readonly topicAliasMaximum?: number;
  readonly topicAlias?: number;
  readonly maximumQos?: number;
  readonly retainAvailable?: number;
  readonly userProperties?: readonly (readonly [name: string, value: string])[];
  /** Bytes. */
  readonly maximumPacketSize?: number;
  readonly wildcardSubscriptionAvailable?: number;
  readonly subscriptionIdentifierAvailable?: number;
  readonly sharedSubscriptionAvailable?: number;
}

export type PropertyName = keyof Properties;
