export { VERSION } from "../run/version.ts";
