import type { UnitData, WireData } from './wire-data.ts';

export interface WireTools {
  readonly escape: (text: string) => string;
  readonly duration: (ms: number) => string;
  /** What a unit unfolds to: attributes of its element, and its content; nothing where its bytes are not there. */
  readonly opened: (index: number, marked: boolean) => readonly [attributes: string, content: string] | undefined;
}

/** The wire of one instance, from top to bottom: harness and broker, a lane per connection. */
export function wireMarkup(data: WireData, { escape, duration, opened }: WireTools): string {
  // Connections beyond the last lane share it; a silence is drawn from so many milliseconds.
  const [mostLanes, silenceMs] = [8, 100];
  const layers: Readonly<Record<string, string>> = {
    tcp: 'TCP',
    tls: 'TLS',
    http: 'HTTP',
    websocket: 'WS',
    mqtt: 'MQTT',
  };
  const arrows: Readonly<Record<string, string>> = { out: '→', in: '←' };
  const { units, lanes: names } = data;
  const lanes = Math.max(1, Math.min(mostLanes, names.length));
  const each = Array.from({ length: lanes }, (_, index) => index + 1);
  const laneOf = (unit: UnitData | undefined): number => Math.min(unit?.[1] ?? 0, lanes);
  const isDeadline = ([, , , layer, summary]: UnitData): boolean =>
    layer === 'harness' && summary.startsWith('deadline');
  /** Both sides end a connection; the second end is drawn too. */
  const endsLane = ([, , direction, layer, summary]: UnitData, index: number): boolean =>
    layer === 'tcp' &&
    direction !== 'note' &&
    /^(?:FIN|RST|connection error)/.test(summary) &&
    !units.slice(index + 1).some((later) => laneOf(later) === laneOf(units[index]));

  // A lane is drawn from its first unit to its last.
  const open = new Set(data.open.map((connection) => Math.min(connection, lanes)));
  const gone = new Set(each.filter((lane) => !open.has(lane)));

  const cells = (unit: UnitData): string => {
    const own = unit[1] === 0 || unit[2] === 'note' ? 0 : laneOf(unit);
    return each
      .map((lane) =>
        lane === own ? `<i>${arrows[unit[2]] ?? ''}</i>` : gone.has(lane) ? '<i class="gone"></i>' : '<i></i>',
      )
      .join('');
  };
  const line = (unit: UnitData, index: number): string => {
    const [at, , direction, layer, summary, size, mark] = unit;
    const delta = at - (units[index - 1]?.[0] ?? data.since);
    gone.delete(laneOf(unit));
    const marked = mark !== undefined;
    const classes = `${direction} ${layer}${marked ? ' marked' : ''}${isDeadline(unit) ? ' deadline' : ''}`;
    const said = marked ? ` <em>${escape(mark)}</em>` : '';
    const inner = `<var>${at.toFixed(1)}</var><small>+${delta.toFixed(1)}</small>${cells(unit)}<b>${layers[layer] ?? ''}</b><span>${escape(summary)}${said}</span><var>${size ?? ''}</var>`;
    const [attributes, content] = opened(index, marked) ?? [];
    const body =
      content === undefined
        ? `<div>${inner}</div>`
        : `<details${attributes ?? ''}><summary>${inner}</summary>${content}</details>`;
    if (endsLane(unit, index)) gone.add(laneOf(unit));
    const words = isDeadline(unit) ? 'nothing came' : 'silence';
    const silence =
      delta < silenceMs
        ? ''
        : `<li class="silence${delta >= 1000 ? ' long' : ''}"><span>${duration(delta)}: ${words}</span></li>`;
    return `${silence}<li class="${classes}">${body}</li>`;
  };

  const heads = each
    .map((lane) => `<span class="lane" title="${escape(names[lane - 1] ?? '')}">#${lane}</span>`)
    .join('');
  const before = data.before > 0 ? `<li class="more">${data.before} earlier units are in the results file</li>` : '';
  const after =
    data.after > 0 ? `<li class="more">${data.after} more units are in the results file or were not kept</li>` : '';
  return `<div class="wire lanes-${lanes}"><div class="wire-head" aria-hidden="true"><span>ms</span><span>Δ</span>${heads}<span></span><span></span><span>bytes</span></div><ol>${before}${units.map(line).join('')}${after}</ol>${data.ends}</div>`;
}
