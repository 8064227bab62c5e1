// Whether a key is meant for what somebody types, or for the browser.

export const typing = (event) => event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=range]), textarea, select, dialog");
