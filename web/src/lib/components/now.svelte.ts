/** The time, once a minute: one clock for all that says how long ago something was. */
class Now {
	current = $state(Date.now());

	constructor() {
		setInterval(() => {
			if (!document.hidden) this.current = Date.now();
		}, 60_000);
	}
}

export const now = new Now();
