/** What was to be encoded has no form on the wire, such as a string of 70,000 bytes: a mistake of the caller. */
export class EncodeError extends RangeError {
  readonly code = 'ERR_MQTT_ENCODE';

  constructor(message: string) {
    super(message);
    this.name = 'EncodeError';
  }
}
