import type { ReadContext } from "../../format.ts";
import { folderOf, nameOf } from "../../repository-path.ts";
import type { OctodnsConfig, YamlProvider, ZonePlan } from "./config.ts";
import { spellingsOf, zoneOf, zonePathOf } from "./name.ts";

/** A zone and everything that is merged into it. */
export interface ZoneParts {
  readonly zone: string;
  /** Zones that are copies of it. */
  readonly aliases: readonly string[];
  readonly plan: ZonePlan;
  /** In the order in which octoDNS reads them; not every path need be there. */
  readonly files: readonly ZonePart[];
  /** All its sources are files of this repository. */
  readonly complete: boolean;
}

export interface ZonePart {
  readonly path: string;
  readonly provider: YamlProvider;
  /** It belongs to other zones as well. */
  readonly shared: boolean;
}

/** Undefined: the config does not say that the zone is published. */
export function partsOf(config: OctodnsConfig, zone: string, context: ReadContext): ZoneParts | undefined {
  const found = planFor(config, zone);
  if (!found) return undefined;
  const { plan, certain } = found;
  const providers = plan.sources.map((source) => config.providers.get(source));
  const files = providers.flatMap((provider) => (provider ? filesOf(provider, zone, context) : []));
  const known = providers.length > 0 && providers.every((provider) => provider?.directory !== undefined);
  return { zone, aliases: config.aliases.get(zone) ?? [], plan, files, complete: known && certain };
}

/** Not certain: only a regular expression tells whether the plan is for this zone. */
function planFor(config: OctodnsConfig, zone: string): { plan: ZonePlan; certain: boolean } | undefined {
  const named = config.zones.get(zone);
  if (named) return { plan: named, certain: true };
  const dynamic = config.dynamic.find(({ matches }) => matches === undefined || matches(zone));
  return dynamic && { plan: dynamic, certain: dynamic.matches !== undefined };
}

function filesOf(provider: YamlProvider, zone: string, { commit }: ReadContext): readonly ZonePart[] {
  const { directory, splitExtension, zoneFiles, shared } = provider;
  if (directory === undefined) return [];
  const paths = new Set<string>();
  for (const name of spellingsOf(zone)) {
    const folder = inside(directory, `${name}${splitExtension ?? ""}`);
    if (splitExtension !== null)
      for (const file of commit?.list(folder) ?? []) if (file.endsWith(".yaml")) paths.add(inside(folder, file));
    if (zoneFiles) paths.add(inside(directory, `${name}.yaml`));
  }
  const own = [...paths].map((path) => ({ path, provider, shared: false }));
  const both = shared === null ? own : [...own, { path: shared, provider, shared: true }];
  return both.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

const inside = (directory: string, name: string): string => (directory === "" ? name : `${directory}/${name}`);

/** The zones for which the config uses a file. */
export function zonesUsing(config: OctodnsConfig, path: string, context: ReadContext): readonly string[] {
  const zones = new Set<string>();
  for (const [id, provider] of config.providers) {
    const own = zoneNamedBy(provider, path);
    if (own !== undefined && planFor(config, own)?.plan.sources.includes(id)) zones.add(own);
    if (provider.shared !== path) continue;
    for (const zone of everyZone(config, context))
      if (planFor(config, zone)?.plan.sources.includes(id)) zones.add(zone);
  }
  return [...zones];
}

function zoneNamedBy({ directory, splitExtension, zoneFiles }: YamlProvider, path: string): string | undefined {
  const folder = folderOf(path);
  if (directory === undefined || !path.endsWith(".yaml")) return undefined;
  if (zoneFiles && folder === directory) return zoneOf(nameOf(path).slice(0, -".yaml".length));
  const ending = splitExtension ?? "";
  if (ending === "" || folderOf(folder) !== directory || !folder.endsWith(ending)) return undefined;
  return zoneOf(nameOf(folder).slice(0, -ending.length));
}

/** The zones that `zones` names, and those that the providers of `"*"` find by their file names. */
export function everyZone(config: OctodnsConfig, { commit }: ReadContext): readonly string[] {
  const found = new Set(config.zones.keys());
  const ids = new Set(config.dynamic.flatMap(({ sources }) => sources));
  for (const id of ids) {
    const provider = config.providers.get(id);
    if (provider?.directory === undefined) continue;
    for (const name of commit?.list(provider.directory) ?? []) {
      const path = inside(provider.directory, name);
      const zone = zoneNamedBy(provider, name.endsWith("/") ? `${path}any.yaml` : path);
      if (zone !== undefined && !isAlias(config, zone) && planFor(config, zone)) found.add(zone);
    }
  }
  return [...found];
}

const isAlias = ({ aliases }: OctodnsConfig, zone: string): boolean =>
  [...aliases.values()].some((copies) => copies.includes(zone));

/** What a file's own place says where no config speaks of it. Nothing says then how its semicolons are written. */
export function configByName(path: string): OctodnsConfig | undefined {
  const named = zonePathOf(path);
  if (!named) return undefined;
  const provider: YamlProvider = {
    directory: named.directory,
    defaultTtl: null,
    escapedSemicolons: undefined,
    splitExtension: ".",
    zoneFiles: true,
    shared: null,
    replaces: false,
  };
  const plan: ZonePlan = { sources: ["files"], lenient: true, processors: false };
  return {
    path: "",
    providers: new Map([["files", provider]]),
    zones: new Map([[named.zone, plan]]),
    dynamic: [],
    aliases: new Map(),
  };
}
