// A bundle of its own (docs/decisions/0007-late-bundles.md): a million octets that nothing needs before the first policy is
// fetched. `Pool` is for DNS over HTTPS. `fetch` and `ProxyAgent` are for octokit, whose bundle takes them from this one.
export { buildConnector, Client, fetch, Pool, ProxyAgent } from "undici";
