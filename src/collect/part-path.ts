const ELSEWHERE = /^\.github\/|(^|\/)\.well-known\/|(^|\/)\.[^/]*$/;

// Endings and names of what is written for people and machines other than name servers.
const NO_FRAGMENT =
  /\.(md|markdown|rst|adoc|html?|s?css|[cm]?[jt]sx?|py|rb|go|rs|java|sh|ps1|ya?ml|jsonc?|toml|lock|tf|tfvars|hcl|xml|svg|png|jpe?g|gif|webp|ico|pdf|woff2?)$|(^|\/)(CNAME|LICENSE|NOTICE|CODEOWNERS|Makefile|Dockerfile|Jenkinsfile)$/i;

const YAML = /\.ya?ml$/i;
const ZONE_FILE = /\.(ya?ml|json|tf|[cm]?[jt]s)$/i;

/**
 * Tells of a path outside the record files whether any of them may be made with it: a fragment for `$INCLUDE`, a config of octoDNS, a
 * file for `!include`. Only a name that rules it out says no.
 */
export function partFinder(recordPaths: readonly string[]): (path: string) => boolean {
  const ofYaml = () => recordPaths.some((path) => YAML.test(path));
  const ofZoneFiles = () => recordPaths.some((path) => !ZONE_FILE.test(path));
  return (path) =>
    !ELSEWHERE.test(path) && ((YAML.test(path) && ofYaml()) || (!NO_FRAGMENT.test(path) && ofZoneFiles()));
}
