const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const MAPPED = /^::ffff:[0-9.]+$/; // RFC 5952 §5 writes these with dots

/** How an IP address is written: IPv4 without leading zeros, IPv6 by RFC 5952 or otherwise; `none` when it is no address. */
export function addressForm(text: string): "canonical" | "not-canonical" | "none" {
  if (IPV4.test(text)) return "canonical";
  const url = `http://[${text}]`;
  if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text) || !URL.canParse(url)) return "none";
  // The URL standard serialises IPv6 as RFC 5952 §4 does.
  return `[${text}]` === new URL(url).hostname || MAPPED.test(text) ? "canonical" : "not-canonical";
}
