/** The report dialogue that lies above the page: opened from menus. */
import type { Account, Status } from '#lib/api/types.ts';

class Reporting {
	account = $state.raw<Account | null>(null);
	status = $state.raw<Status | null>(null);

	open(account: Account, status: Status | null = null): void {
		this.account = account;
		this.status = status;
	}

	close(): void {
		this.account = null;
		this.status = null;
	}
}

export const reporting = new Reporting();
