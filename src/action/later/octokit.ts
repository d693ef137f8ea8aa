// A bundle of its own (docs/decisions/0007-late-bundles.md): only a comment, or a base that the clone lacks, needs it.
export { getOctokit } from "@actions/github";
