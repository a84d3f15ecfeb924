/** The answer first: the sentence, the thresholds, the tiles, and what the numbers stand on. */
import { Histogram, type LoadResult, type TrendName } from '#results';
import { html, type Markup } from '../html/markup.ts';
import { counted, duration, grouped } from '../text.ts';
import { limitText, marginText, observedText, thresholdName } from './threshold-text.ts';
import { mebibytes, milliseconds, perSecond, share } from './words.ts';

const LOOKS = { held: 'good', crossed: 'bad', invalid: 'open', 'not-measured': 'open', interrupted: 'open' } as const;

export function answer(result: LoadResult): Markup {
  const { conclusion, target, profile, engine, run } = result;
  return html`<section class="verdict ${LOOKS[conclusion.verdict]}">
    <h1>${conclusion.sentence}</h1>
    <p>
      ${profile.name} (${profile.title}) on ${target.label}, ${target.url}, MQTT
      ${target.version}${target.tls && `, ${target.tls}`}; engine ${engine.name} ${engine.version};
      ${duration(run.measuredMs)} measured of ${duration(run.durationMs)}
    </p>
  </section>`;
}

export function thresholdTable({ thresholds }: LoadResult): Markup {
  if (thresholds.length === 0)
    return html`<p class="note">The profile has no thresholds: nothing decided over this run.</p>`;
  return html`<section>
    <h2>Thresholds</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">threshold</th>
            <th scope="col" class="num">observed</th>
            <th scope="col" class="num">limit</th>
            <th scope="col">margin</th>
            <th scope="col">first crossed</th>
          </tr>
        </thead>
        <tbody>
          ${thresholds.map(
            (one) =>
              html`<tr>
                <th scope="row">
                  <span class="v ${one.passed ? 'pass' : 'fail'}">${one.passed ? 'held' : 'crossed'}</span>
                  <code>${thresholdName(one)}</code>
                </th>
                <td class="num">${observedText(one)}</td>
                <td class="num">${limitText(one)}</td>
                <td>${marginText(one)}</td>
                <td>${one.crossedMs === undefined ? '' : `after ${duration(one.crossedMs)}`}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

export function tiles(result: LoadResult): Markup {
  const { metrics, run, health, knee } = result;
  const { counters } = metrics;
  const rate = (count: number): string => (run.measuredMs > 0 ? perSecond((count * 1000) / run.measuredMs) : 'none');
  const entries: readonly (readonly [string, string, string])[] = [
    ['sent', rate(counters.messages_sent), counted(counters.messages_sent, 'message')],
    ['received', rate(counters.messages_received), counted(counters.messages_received, 'delivery', 'deliveries')],
    ['latency p50', percentile(result, 'message_latency', 50), 'from the intended send'],
    ['latency p99', percentile(result, 'message_latency', 99), `max ${percentile(result, 'message_latency', 100)}`],
    ['lost', grouped(counters.messages_lost), `of ${counted(counters.messages_expected, 'delivery', 'deliveries')}`],
    [
      'connections',
      grouped(result.whole.connections_opened),
      `${grouped(result.whole.connections_failed)} failed, ${grouped(result.whole.connections_dropped)} dropped`,
    ],
    ...(knee === undefined
      ? []
      : [['knee', knee.held === undefined ? 'none' : perSecond(knee.held), knee.why] as const]),
    ['generator', `${health.cpuSeconds.toFixed(1)} s CPU`, mebibytes(health.rssBytes)],
  ];
  return html`<section class="tiles">
    ${entries.map(
      ([name, value, more]) =>
        html`<div class="tile">
          <p class="dim">${name}</p>
          <p class="value">${value}</p>
          <p class="dim">${more}</p>
        </div>`,
    )}
  </section>`;
}

const percentile = ({ metrics }: LoadResult, name: TrendName, percent: number): string => {
  const data = metrics.trends[name];
  return milliseconds(data === undefined ? undefined : Histogram.from(data).percentile(percent));
};

/** What a reader must know before he believes a number. */
export function honesty(result: LoadResult): Markup {
  const { engine, health, metrics, profile, stages, run } = result;
  const { onTime, late, blocked } = health.sends;
  const sends = onTime + late + blocked;
  const steady = stages.filter(({ role }) => role === 'steady');
  const rows: readonly (readonly [string, string])[] = [
    [
      'model',
      engine.model === 'open'
        ? 'open: sends keep to a schedule, whatever the broker does'
        : 'closed: each waits for the one before; a slow broker slows the load',
    ],
    ['latency', `from the ${engine.latencyFrom}`],
    [
      'measured',
      `${steady.map(({ name }) => name).join(', ') || 'nothing'}: ${duration(run.measuredMs)}; warm-up and cool-down are left out`,
    ],
    ['samples', grouped(metrics.trends.message_latency?.count ?? 0)],
    [
      'sends',
      sends === 0
        ? 'none'
        : `${share(onTime, sends)} on time; ${counted(late, 'send')} late by the generator, ${grouped(blocked)} blocked by the broker`,
    ],
    ['clock', `${engine.clock}, error of a latency at most ${milliseconds(engine.clockErrorMs)}`],
    [
      'payloads',
      profile.payloadsChecked
        ? 'each was checked'
        : 'too short to be told apart: order, repetitions and content were not checked',
    ],
    [
      'packing',
      { one: 'one packet a frame', many: 'many packets a frame', split: 'packets split over frames' }[profile.packing],
    ],
    ['compression', result.target.compression ? 'permessage-deflate' : 'off'],
  ];
  const notes = [...health.reasons, ...engine.notes];
  return html`<section class="honesty ${health.verdict}">
    <h2>What the numbers stand on</h2>
    ${health.verdict !== 'good' && html`<p class="note">The generator, not the broker, may be the limit.</p>`}
    <dl>
      ${rows.map(
        ([name, words]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
    ${
      notes.length > 0 &&
      html`<ul class="notes">
        ${notes.map((one) => html`<li>${one}</li>`)}
      </ul>`
    }
  </section>`;
}
