/** Sending what was written, after the questions that spare regrets. */
import { t } from '#lib/i18n/index.ts';
import { send } from './send';
import type { Writing } from './writing';

export class Sending {
	running = $state(false);
	/** Asked once: pictures without descriptions, strangers in a message. */
	question = $state<'describe' | 'strangers' | null>(null);
	#asked = false;

	constructor(
		private readonly writing: Writing,
		private readonly ondone: () => void
	) {}

	async start(): Promise<void> {
		const { composition } = this.writing;
		if (!composition.isReady || this.running) return;
		this.question = this.#asked ? null : this.#doubt();
		if (this.question) return;
		this.running = true;
		try {
			await send(this.writing);
			this.ondone();
		} catch {
			composition.session.toasts.failure(t('common.unreachable'));
			this.running = false;
		}
	}

	answer(goOn: boolean): void {
		this.question = null;
		this.#asked = goOn;
		if (goOn) void this.start();
	}

	/** Name them without letting them in. */
	nameOnly(): void {
		const { composition, autosave } = this.writing;
		for (const name of composition.strangers) {
			composition.text = composition.text.replaceAll(
				new RegExp(`@${name.replaceAll('.', '\\.')}`, 'gi'),
				name
			);
		}
		this.question = null;
		autosave.touch();
	}

	#doubt(): 'describe' | 'strangers' | null {
		const { strangers, uploads } = this.writing.composition;
		if (strangers.length) return 'strangers';
		return uploads.some((each) => !each.description.trim()) ? 'describe' : null;
	}
}
