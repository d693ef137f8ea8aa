// A bundle of its own (docs/decisions/0007-late-bundles.md): only a run that is given evidence needs it.
export { isEvidenceLine } from "../../generated/evidence-v1.cjs";
