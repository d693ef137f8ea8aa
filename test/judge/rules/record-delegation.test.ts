import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const recordCnames = ["example.com._mta-sts.provider.example", "_mta-sts.provider.example"];
const said = { alias: "_mta-sts.provider.example" };

judgesAs("record-delegation", [
  [
    "two providers, live",
    { live: { recordCnames, policyHostCnames: ["x.pages.example.org"] }, touched: ["mx"] },
    "failed:warning",
  ],
  [
    "two providers, said",
    { base: said, proposed: { ...said, policyHostAlias: "x.pages.example.org" } },
    "failed:warning",
    5,
  ],
  ["the policy is kept here", { base: { policy: T }, proposed: { policy: T, ...said } }, "failed:warning", 5],
  [
    "one provider under two names",
    { base: {}, proposed: { ...said, policyHostAlias: "a.b.provider.example" } },
    "passed",
  ],
  [
    "one provider behind another's network",
    { live: { recordCnames, policyHostCnames: ["mta-sts.provider.example", "d1.cdn.example.net"] } },
    "passed",
  ],
  [
    "the said alias leads on to the provider",
    {
      base: {},
      proposed: { ...said, policyHostAlias: "mta-sts.tenant.example.org" },
      live: { policyHostCnames: ["mta-sts.tenant.example.org", "h.provider.example"] },
    },
    "passed",
  ],
  ["a host with addresses alone may be the provider's", { live: { recordCnames } }, "passed"],
  [
    "an alias within the domain",
    { live: { recordCnames: ["sts.dns.example.com"], policyHostCnames: ["x.pages.example.org"] } },
    "not-applicable",
  ],
  [
    "only the policy host is an alias",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: T, id: "A" },
      live: { policyHostCnames: ["x.pages.example.org"] },
    },
    "not-applicable",
  ],
  ["not seen", { live: { records: "unseen" } }, "not-applicable"],
]);
