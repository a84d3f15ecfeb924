// A client for benches: MQTT 3.1.1 over a raw WebSocket, nothing checked, as little work as possible.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const RECEIVE_BUFFER = 256 * 1024;

/** One masked binary frame around the bytes. */
export function frame(bytes) {
  const key = randomBytes(4);
  const long = bytes.length > 125;
  const out = Buffer.alloc((long ? 8 : 6) + bytes.length);
  out[0] = 0x82;
  out[1] = 0x80 | (long ? 126 : bytes.length);
  if (long) out.writeUInt16BE(bytes.length, 2);
  key.copy(out, long ? 4 : 2);
  const start = long ? 8 : 6;
  for (let i = 0; i < bytes.length; i += 1) out[start + i] = bytes[i] ^ key[i & 3];
  return out;
}

/** Calls `packet(type, bytes, start, end)` for each MQTT packet; `start` is behind the fixed header. Frames may carry many packets, or parts of one. */
function packets(packet) {
  let pending = Buffer.alloc(0);
  let mqtt = Buffer.alloc(0);
  const take = (payload) => {
    mqtt = mqtt.length === 0 ? payload : Buffer.concat([mqtt, payload]);
    let at = 0;
    for (;;) {
      let length = 0;
      let shift = 0;
      let head = at + 1;
      while (head < mqtt.length && mqtt[head] & 0x80) {
        length |= (mqtt[head] & 0x7f) << shift;
        shift += 7;
        head += 1;
      }
      if (head >= mqtt.length) break;
      length |= mqtt[head] << shift;
      head += 1;
      if (head + length > mqtt.length) break;
      packet(mqtt[at] >> 4, mqtt, head, head + length);
      at = head + length;
    }
    mqtt = mqtt.subarray(at);
  };
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let at = 0;
    while (pending.length - at >= 2) {
      let length = pending[at + 1] & 0x7f;
      let head = at + 2;
      if (length === 126) {
        if (pending.length - at < 4) break;
        length = pending.readUInt16BE(at + 2);
        head = at + 4;
      } else if (length === 127) {
        if (pending.length - at < 10) break;
        length = pending.readUInt32BE(at + 6);
        head = at + 10;
      }
      if (head + length > pending.length) break;
      if ((pending[at] & 0x0f) < 8) take(pending.subarray(head, head + length));
      at = head + length;
    }
    // What is kept must outlive the receive buffer.
    pending = at === pending.length ? pending.subarray(at) : Buffer.from(pending.subarray(at));
    if (mqtt.length > 0) mqtt = Buffer.from(mqtt);
  };
}

const text = (value) => Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value)]);
const short = (type, ...parts) => {
  const body = Buffer.concat(parts);
  if (body.length > 127) throw new RangeError('only short packets are needed here');
  return Buffer.concat([Buffer.from([type, body.length]), body]);
};

export const publishPacket = (topic, payload, qos, id) =>
  short(0x30 | (qos << 1), text(topic), qos === 0 ? Buffer.alloc(0) : Buffer.from([id >> 8, id & 255]), payload);

/** Resolves after CONNACK and, where a filter is given, SUBACK. `onPublish` hears of each PUBLISH, `onPuback` of each PUBACK. */
export function bench({ url, id, filter, qos = 0, onPublish, onPuback }) {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    let upgraded = false;
    const acknowledged = [];
    const read = packets((type, bytes, start) => {
      if (type === 3) {
        if (qos > 0) {
          const at = start + 2 + bytes.readUInt16BE(start);
          acknowledged.push(frame(Buffer.from([0x40, 2, bytes[at], bytes[at + 1]])));
        }
        onPublish?.();
      } else if (type === 4) onPuback?.();
      else if (type === 2 && filter !== undefined) {
        socket.write(frame(short(0x82, Buffer.from([0, 1]), text(filter), Buffer.from([qos]))));
      } else if (type === 2 || type === 9) resolve(socket);
    });
    const buffer = Buffer.alloc(RECEIVE_BUFFER);
    const callback = (size) => {
      let chunk = buffer.subarray(0, size);
      if (!upgraded) {
        const end = chunk.indexOf('\r\n\r\n');
        if (end < 0) return true;
        upgraded = true;
        chunk = chunk.subarray(end + 4);
      }
      read(chunk);
      if (acknowledged.length > 0) socket.write(Buffer.concat(acknowledged.splice(0)));
      return true;
    };
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer, callback } });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the broker ended a connection')));
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`,
    );
    socket.write(frame(short(0x10, text('MQTT'), Buffer.from([4, 2, 0, 60]), text(id))));
  });
}
