import type { Rule } from "./rule.ts";
import { deployedDrift } from "./rules/deployed-drift.ts";
import { fetchAddressesDiffer } from "./rules/fetch-addresses-differ.ts";
import { fetchCertificateExpiring } from "./rules/fetch-certificate-expiring.ts";
import { fetchFailed } from "./rules/fetch-failed.ts";
import { fetchInvalid } from "./rules/fetch-invalid.ts";
import { fetchMediaType } from "./rules/fetch-media-type.ts";
import { fetchRedirected } from "./rules/fetch-redirected.ts";
import { fetchSlow } from "./rules/fetch-slow.ts";
import { fetchUntrusted } from "./rules/fetch-untrusted.ts";
import { mxAlias } from "./rules/mx-alias.ts";
import { mxCertificateExpiring } from "./rules/mx-certificate-expiring.ts";
import { mxDaneMismatch } from "./rules/mx-dane-mismatch.ts";
import { mxImplicit } from "./rules/mx-implicit.ts";
import { mxNoneAccepted } from "./rules/mx-none-accepted.ts";
import { mxNotCovered } from "./rules/mx-not-covered.ts";
import { mxNull } from "./rules/mx-null.ts";
import { mxRefused } from "./rules/mx-refused.ts";
import { mxTlsOld } from "./rules/mx-tls-old.ts";
import { mxUnreachable } from "./rules/mx-unreachable.ts";
import { policyFragile } from "./rules/policy-fragile.ts";
import { policyMaxAgeLong } from "./rules/policy-max-age-long.ts";
import { policyMaxAgeShort } from "./rules/policy-max-age-short.ts";
import { policyMxBroad } from "./rules/policy-mx-broad.ts";
import { policyMxUnused } from "./rules/policy-mx-unused.ts";
import { policyPathUnserved } from "./rules/policy-path-unserved.ts";
import { policySyntax } from "./rules/policy-syntax.ts";
import { recordDelegation } from "./rules/record-delegation.ts";
import { recordFragile } from "./rules/record-fragile.ts";
import { recordIdReused } from "./rules/record-id-reused.ts";
import { recordIdUnchanged } from "./rules/record-id-unchanged.ts";
import { recordIdUnknown } from "./rules/record-id-unknown.ts";
import { recordIdUnneeded } from "./rules/record-id-unneeded.ts";
import { recordMissing } from "./rules/record-missing.ts";
import { recordMultiple } from "./rules/record-multiple.ts";
import { recordServersDiffer } from "./rules/record-servers-differ.ts";
import { recordSyntax } from "./rules/record-syntax.ts";
import { recordTtlLong } from "./rules/record-ttl-long.ts";
import { recordUnreadable } from "./rules/record-unreadable.ts";
import { rolloutEnforceUnproven } from "./rules/rollout-enforce-unproven.ts";
import { rolloutEnforceUntested } from "./rules/rollout-enforce-untested.ts";
import { rolloutHostBroken } from "./rules/rollout-host-broken.ts";
import { rolloutMaxAgeRaised } from "./rules/rollout-max-age-raised.ts";
import { rolloutMxNotCached } from "./rules/rollout-mx-not-cached.ts";
import { rolloutNarrowedEarly } from "./rules/rollout-narrowed-early.ts";
import { rolloutOrder } from "./rules/rollout-order.ts";
import { rolloutRemovedEarly } from "./rules/rollout-removed-early.ts";
import { tlsrptMissing } from "./rules/tlsrpt-missing.ts";
import { waiverExpired } from "./rules/waiver-expired.ts";

/** Every rule, in the order reports list them: what is proposed, what senders get, where mail goes, what the order does. */
export const rules: readonly Rule[] = [
  policySyntax,
  policyFragile,
  policyMaxAgeShort,
  policyMaxAgeLong,
  policyMxUnused,
  policyMxBroad,
  policyPathUnserved,
  recordSyntax,
  recordMultiple,
  recordServersDiffer,
  recordFragile,
  recordUnreadable,
  recordMissing,
  recordIdUnchanged,
  recordIdReused,
  recordIdUnneeded,
  recordIdUnknown,
  recordTtlLong,
  recordDelegation,
  fetchFailed,
  fetchRedirected,
  fetchUntrusted,
  fetchInvalid,
  fetchMediaType,
  fetchSlow,
  fetchAddressesDiffer,
  fetchCertificateExpiring,
  deployedDrift,
  mxNotCovered,
  mxRefused,
  mxTlsOld,
  mxDaneMismatch,
  mxNoneAccepted,
  mxUnreachable,
  mxCertificateExpiring,
  mxAlias,
  mxImplicit,
  mxNull,
  rolloutEnforceUntested,
  rolloutEnforceUnproven,
  rolloutMxNotCached,
  rolloutNarrowedEarly,
  rolloutRemovedEarly,
  rolloutOrder,
  rolloutHostBroken,
  rolloutMaxAgeRaised,
  tlsrptMissing,
  waiverExpired,
];
