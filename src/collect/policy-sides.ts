import { CollectError } from "../errors.ts";
import { type Revision, type Said, type SourceFile, UNSAID } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { octetsFrom } from "../protocol/octets.ts";
import { type Claim, type Claims, foundFor } from "./claims.ts";
import { domainsOfFile, settling } from "./policy-files.ts";
import type { Side, Sides } from "./side.ts";

/** Where one domain's policy lies on each side; undefined: it is not there. */
export interface PolicyPaths {
  readonly proposed: string | undefined;
  readonly base: string | undefined;
  /** The file is kept and the config no longer lists the domain. */
  readonly unlisted: boolean;
}

export interface BothClaims {
  readonly proposed: Claims;
  readonly base: Claims;
}

/** The policy's path on both sides. @throws CollectError where an input or the config names a file that neither side tracks. */
export async function policyPaths(
  domain: DomainName,
  sides: Sides,
  { proposed, base }: BothClaims,
): Promise<PolicyPaths> {
  const [claim, before] = [proposed.byDomain.get(domain), base.byDomain.get(domain)];
  const kept = claim === undefined && (await mayServe(sides.proposed, before?.path, domain)) ? before?.path : undefined;
  const after = tracked(sides.proposed, claim) ?? kept;
  const found = foundFor(base.found, domain);
  const inherited = (await mayServe(sides.base, claim?.path, domain)) ? claim?.path : undefined;
  const earlier = tracked(sides.base, before) ?? found ?? inherited;
  return { proposed: after, base: earlier, unlisted: kept !== undefined };
}

const tracked = ({ paths }: Side, claim: Claim | undefined): string | undefined =>
  claim?.path !== undefined && paths.has(claim.path) ? claim.path : undefined;

/** The other side's file is this side's too, unless it says there that it is another domain's. */
async function mayServe(side: Side, path: string | undefined, domain: DomainName): Promise<boolean> {
  if (path === undefined || !side.paths.has(path)) return false;
  const domains = await domainsOfFile(side, path);
  return domains.length === 0 || domains.includes(domain);
}

export interface PolicySides {
  readonly proposed: Revision["policyFile"];
  readonly base: Revision["policyFile"];
}

/** A policy in base and not in proposed is a removal; where neither side has one, the repository does not say it. */
export async function policySides(sides: Sides, { proposed, base }: PolicyPaths): Promise<PolicySides> {
  if (proposed === undefined && base === undefined) return { proposed: UNSAID, base: UNSAID };
  return { proposed: await sourceFile(sides.proposed, proposed), base: await sourceFile(sides.base, base) };
}

/** A policy that is the same file on both sides. Of most domains of a run no more need be known. */
export function unchangedPolicy({ changed }: Sides, { proposed, base }: PolicyPaths): PolicySides | undefined {
  if (proposed === undefined || proposed !== base || changed.has(proposed)) return undefined;
  const unread = { kind: "said", value: { path: proposed, octets: { encoding: "utf-8", data: "" } } } as const;
  return { proposed: unread, base: unread };
}

async function sourceFile(side: Side, path: string | undefined): Promise<Said<SourceFile | null>> {
  const bytes = path === undefined ? undefined : await side.bytes(path);
  return { kind: "said", value: path !== undefined && bytes ? { path, octets: octetsFrom(bytes) } : null };
}

/** A named file that is on neither side: it is not tracked, or it is a link. */
export function missingPolicy(domain: DomainName, { path, named }: Claim): CollectError {
  return new CollectError(
    `the policy of ${domain} is named as ${path}, and git tracks no regular file there, before or after the change`,
    {
      ...(named ? { location: named } : {}),
      remedy: settling([{ domain, policy: ".well-known/mta-sts.txt" }]),
    },
  );
}
