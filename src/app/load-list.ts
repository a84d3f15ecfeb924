/** The profiles as plain objects: what `load list --json` prints, and scripts rely on. */
import type { MqttVersion } from '#spec';
import { MQTT_VERSIONS } from '#spec';

export interface ListedProfile {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly versions: readonly MqttVersion[];
  readonly needs: readonly string[];
  readonly parameters: readonly ListedParameter[];
  /** Metric to expressions, with the defaults of the parameters filled in. */
  readonly thresholds: Readonly<Record<string, readonly string[]>>;
}

export interface ListedParameter {
  readonly name: string;
  readonly title: string;
  readonly default: number | string | boolean;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

/** Published names are understood too, but endless: some stand in `PRESET_EXAMPLES`. */
export async function listProfiles(): Promise<readonly ListedProfile[]> {
  const { PROFILES, withValues } = await import('#load');
  return PROFILES.map(({ name, title, description, versions, needs, parameters, thresholds }) => {
    const defaults = Object.fromEntries(Object.entries(parameters).map(([key, one]) => [key, one.default]));
    const filled = Object.entries(thresholds).map(([metric, all]) => [
      metric,
      all.map((one) => withValues(one, defaults)),
    ]);
    return {
      id: name,
      title,
      description,
      versions: versions ?? MQTT_VERSIONS,
      needs: needs ?? [],
      parameters: Object.entries(parameters).map(([key, { fraction: _fraction, ...one }]) => ({ name: key, ...one })),
      thresholds: Object.fromEntries(filled) as Readonly<Record<string, readonly string[]>>,
    };
  });
}
