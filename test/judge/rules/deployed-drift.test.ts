import { createHash } from "node:crypto";
import { policyText } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const TLSRPT = "v=TLSRPTv1; rua=mailto:r@example.net";
const MD5_OF_T = createHash("md5").update(policyText(T)).digest("hex");

judgesAs("deployed-drift", [
  [
    "another policy",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "C" }, live: { policy: "testing 3600 mx1", id: "A" } },
    "failed:warning",
    1,
  ],
  [
    "another id",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "C" }, live: { policy: T, id: "B" } },
    "failed:warning",
    5,
  ],
  [
    "no record",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "C" }, live: { policy: T, records: "none" } },
    "failed:warning",
    5,
  ],
  ["other MX", { base: { mx: ["mx1", "mx2"] }, proposed: { mx: ["mx1"] }, live: { mx: ["mx1"] } }, "failed:warning"],
  [
    "nothing was seen",
    {
      base: { policy: T, id: "A", mx: ["mx1"] },
      proposed: { policy: E, id: "B", mx: ["mx1"] },
      live: { policy: "unseen", records: "unseen", mx: "unseen" },
    },
    "passed",
  ],
  [
    "verify: all alike",
    { verify: { policy: E, id: "A", mx: ["mx1"], tlsrpt: [TLSRPT] }, live: { policy: E } },
    "passed",
  ],
  ["verify: another policy", { verify: { policy: E }, live: { policy: "enforce 86400 mx1" } }, "failed:error", 1],
  [
    "verify: the same meaning in other octets",
    { verify: { policy: E }, live: { policy: policyText(E).replaceAll("\n", "\r\n") } },
    "failed:error",
    1,
  ],
  ["verify: at a second address", { verify: { policy: E }, live: { policy: E, second: T } }, "failed:error", 1],
  [
    "verify: a second address is down, which fetch-failed says",
    { verify: { policy: E }, live: { policy: E, second: "none" } },
    "passed",
  ],
  [
    "verify: a second address is down, and no record lets another rule say so",
    { verify: { policy: E }, live: { policy: E, second: "none", records: "none" } },
    "failed:error",
    1,
  ],
  ["verify: served nowhere", { verify: { policy: T }, live: { policy: "none" } }, "failed:error", 1],
  ["verify: a policy that is gone is still served", { verify: { policy: null }, live: { policy: T } }, "failed:error"],
  ["verify: a policy that is gone", { verify: { policy: null }, live: { policy: "none" } }, "passed"],
  ["verify: the repository does not say the policy", { verify: { id: "A" }, live: { policy: T } }, "passed"],
  ["verify: the policy was not seen", { verify: { policy: T }, live: { policy: "unseen" } }, "unknown:needed"],
  ["verify: another id", { verify: { id: "B" } }, "failed:error", 5],
  ["verify: no record", { verify: { id: "A" }, live: { records: "none" } }, "failed:error", 5],
  ["verify: a record that is to be gone", { verify: { records: [] } }, "failed:error"],
  ["verify: none, as it is said", { verify: { records: [] }, live: { records: "none" } }, "passed"],
  ["verify: the record was not seen", { verify: { id: "A" }, live: { records: "unseen" } }, "unknown:needed"],
  [
    "verify: an id that the file leaves open",
    { verify: { policy: T, records: [null] }, live: { policy: T } },
    "unknown:needed",
  ],
  [
    "verify: an id that the file leaves open, and a hash of what is served",
    { verify: { policy: T, records: [null] }, live: { policy: T, id: MD5_OF_T } },
    "passed",
  ],
  [
    "verify: the record is an alias",
    { verify: { alias: "sts.provider.example" }, live: { recordCnames: ["sts.provider.example"] } },
    "passed",
  ],
  ["verify: the alias is not live", { verify: { alias: "sts.provider.example" } }, "failed:error", 5],
  ["verify: other MX", { verify: { mx: ["mx1", "mx2"] } }, "failed:error", 5],
  ["verify: MX in another order", { verify: { mx: ["mx2", "mx1"] }, live: { mx: ["mx1", "mx2"] } }, "passed"],
  [
    "verify: an MX record that names the domain, where none is live",
    { verify: { mx: ["example.com"] }, live: { mx: "none" } },
    "failed:error",
    5,
  ],
  ["verify: a null MX that is not live", { verify: { mx: ["."] } }, "failed:error"],
  ["verify: MX was not seen", { verify: { mx: ["mx1"] }, live: { mx: "unseen" } }, "unknown:needed"],
  ["verify: MX that the file leaves open", { verify: { mx: ["?"] } }, "unknown:needed"],
  [
    "verify: another TLS-RPT record",
    { verify: { tlsrpt: ["v=TLSRPTv1; rua=mailto:other@example.net"] } },
    "failed:error",
    5,
  ],
  ["verify: no TLS-RPT record", { verify: { tlsrpt: [TLSRPT] }, live: { tlsrpt: false } }, "failed:error", 5],
  ["verify: TLS-RPT was not seen", { verify: { tlsrpt: [TLSRPT] }, live: { tlsrpt: "unseen" } }, "unknown:needed"],
  [
    "verify: the policy host is another's alias",
    { verify: { policyHostAlias: "a.provider.example" }, live: { policyHostCnames: ["b.provider.example"] } },
    "failed:error",
    5,
  ],
  ["verify: an alias that the provider flattens", { verify: { policyHostAlias: "a.provider.example" } }, "passed"],
  [
    "all alike",
    { base: { policy: T, id: "A", mx: ["mx1"] }, proposed: { policy: E, id: "B", mx: ["mx1"] }, live: { policy: T } },
    "passed",
  ],
]);
