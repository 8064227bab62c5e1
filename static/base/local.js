// A sentence on an address that only this machine can open; empty for any other.
export const onlyHere = (address) =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address, location.href).hostname)
    ? " Only this machine can open it: for others, open the site by this machine’s name in your network first."
    : "";
