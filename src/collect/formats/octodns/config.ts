import { globMatcher } from "../../glob.ts";
import {
  isEmpty,
  isFalse,
  isTrue,
  itemsOf,
  memberOf,
  secondsOf,
  textOf,
  type YamlMap,
  type YamlNode,
} from "../../yaml-file.ts";
import { plainName } from "./name.ts";

/** A `YamlProvider` of the config, or one of its kin. Paths are the repository's. */
export interface YamlProvider {
  /** Undefined: not in the repository, as far as the config says. */
  readonly directory: string | undefined;
  readonly defaultTtl: number | null;
  /** Undefined: nothing says it; both `;` and `\;` are then taken for `;`. */
  readonly escapedSemicolons: boolean | undefined;
  /** `.` where `<zone>./` holds the files of a zone. */
  readonly splitExtension: string | null;
  readonly zoneFiles: boolean;
  /** A file that belongs to every zone of this provider. */
  readonly shared: string | null;
  /** A record replaces an earlier one of its name and type, which is otherwise an error. */
  readonly replaces: boolean;
}

export interface ZonePlan {
  readonly sources: readonly string[];
  readonly lenient: boolean;
  /** Processors may add, drop and change records. */
  readonly processors: boolean;
}

export interface DynamicPlan extends ZonePlan {
  /** Undefined: a regular expression decides, which is not run here. */
  readonly matches: ((zone: string) => boolean) | undefined;
}

export interface OctodnsConfig {
  readonly path: string;
  /** Those that are read from YAML. */
  readonly providers: ReadonlyMap<string, YamlProvider>;
  readonly zones: ReadonlyMap<string, ZonePlan>;
  /** `"*"`: for zones that a provider finds and `zones` does not name. */
  readonly dynamic: readonly DynamicPlan[];
  /** Zone → zones that are copies of it. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/** A file of YAML is an octoDNS config if it has providers and zones. Undefined: it is none. */
export function configRoot(root: YamlNode | undefined): YamlMap | undefined {
  const found = memberOf(root, "providers")?.kind === "map" && memberOf(root, "zones") !== undefined;
  return found && root?.kind === "map" ? root : undefined;
}

/** `directoryOf` finds a directory of the config in the repository. */
export function readOctodnsConfig(
  path: string,
  root: YamlMap,
  directoryOf: (text: string) => string | undefined,
): OctodnsConfig {
  const manager = memberOf(root, "manager");
  const everywhere = !isEmpty(memberOf(manager, "processors")) || !isEmpty(memberOf(manager, "post_processors"));
  const providers = new Map<string, YamlProvider>();
  for (const [id, value] of membersOf(memberOf(root, "providers"))) {
    const provider = providerOf(value, directoryOf);
    if (provider) providers.set(id, provider);
  }
  const zones = new Map<string, ZonePlan>();
  const dynamic: DynamicPlan[] = [];
  const aliases = new Map<string, string[]>();
  for (const [name, value] of membersOf(memberOf(root, "zones"))) {
    const zone = plainName(name);
    const original = plainName(textOf(memberOf(value, "alias")) ?? "");
    if (name.startsWith("*")) dynamic.push({ ...planOf(value, everywhere), matches: matcherOf(value) });
    else if (zone && original) aliases.set(original, [...(aliases.get(original) ?? []), zone]);
    else if (zone) zones.set(zone, planOf(value, everywhere));
  }
  return { path, providers, zones, dynamic, aliases };
}

const membersOf = (node: YamlNode | undefined): readonly (readonly [string, YamlNode])[] =>
  node?.kind === "map" ? [...node.members].map(([key, { value }]) => [key, value] as const) : [];

function planOf(value: YamlNode, everywhere: boolean): ZonePlan {
  return {
    sources: itemsOf(memberOf(value, "sources")).map((source) => textOf(source) ?? ""),
    lenient: isTrue(memberOf(value, "lenient")),
    processors: everywhere || itemsOf(memberOf(value, "processors")).length > 0,
  };
}

/** The glob sees the zone's name with its final dot. Regular expressions of the change under review are never run. */
function matcherOf(value: YamlNode): DynamicPlan["matches"] {
  const glob = textOf(memberOf(value, "glob"));
  if (memberOf(value, "regex") !== undefined || glob?.includes("[")) return undefined;
  const matches = globMatcher(glob ?? "*");
  return (zone) => matches(`${zone}.`);
}

function providerOf(value: YamlNode, directoryOf: (text: string) => string | undefined): YamlProvider | undefined {
  const kind = (textOf(memberOf(value, "class")) ?? "").split(".").at(-1) ?? "";
  const written = textOf(memberOf(value, "directory"));
  if (!kind.endsWith("YamlProvider") || written === undefined) return undefined;
  const directory = directoryOf(written);
  const named = kind === "NamedFileYamlProvider" ? textOf(memberOf(value, "filename")) : undefined;
  const shared = named === undefined ? textOf(memberOf(value, "shared_filename")) : `${named}.yaml`;
  const split = kind === "SplitYamlProvider" ? (textOf(memberOf(value, "extension")) ?? ".") : splitOf(value);
  return {
    directory,
    defaultTtl: secondsOf(memberOf(value, "default_ttl")) ?? 3600,
    escapedSemicolons: !isFalse(memberOf(value, "escaped_semicolons")),
    splitExtension: split,
    zoneFiles: kind !== "SplitYamlProvider" && named === undefined && !isTrue(memberOf(value, "disable_zonefile")),
    shared:
      shared === undefined || directory === undefined || isFalse(memberOf(value, "shared_filename"))
        ? null
        : within(directory, shared),
    replaces: isTrue(memberOf(value, "populate_should_replace")),
  };
}

const splitOf = (value: YamlNode): string | null => {
  const extension = memberOf(value, "split_extension");
  return isFalse(extension) ? null : (textOf(extension) ?? null);
};

const within = (directory: string, name: string): string => (directory === "" ? name : `${directory}/${name}`);
