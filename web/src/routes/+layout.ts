// One page for all addresses: what is shown is made in the browser.
export const ssr = false;
export const prerender = false;
export const trailingSlash = 'ignore';
