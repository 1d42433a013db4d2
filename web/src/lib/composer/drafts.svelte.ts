/** Keeps what is being written, while it is written: with the server's drafts, where it has any, else in this browser. */
import { httpStatus } from '#lib/api/errors.ts';
import type { MediaAttachment } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { deleteValue, readValue, writeValue } from '#lib/storage/database.ts';
import type { Composition, StatusParams } from './composition.svelte';

export interface Draft {
	id: string;
	version: number;
	updatedAt: string;
	/** Why a scheduled post could not be published. */
	error: string | null;
	params: Partial<StatusParams>;
	mediaAttachments: MediaAttachment[];
}

/** What this browser keeps for servers that keep no drafts. */
export interface LocalDraft {
	params: Partial<StatusParams>;
	updatedAt: string;
}

const WAIT_MS = 1_000;

export function localKey(session: Session): string {
	return `draft.${session.key}`;
}

export function keepsDrafts(session: Session): boolean {
	return session.supports('drafts');
}

export class Autosave {
	state = $state<'idle' | 'saving' | 'saved' | 'failed' | 'conflict'>('idle');
	id: string | null = null;
	/** What another device has made of it meanwhile. */
	theirs = $state.raw<Draft | null>(null);
	#version = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#last: string;
	#running: Promise<void> | null = null;

	constructor(
		private readonly session: Session,
		private readonly composition: Composition,
		draft: Draft | null = null
	) {
		if (draft) this.adopt(draft);
		this.#last = JSON.stringify(composition.params());
	}

	/** Go on with a draft of the server. */
	adopt(draft: Draft): void {
		this.id = draft.id;
		this.#version = draft.version;
	}

	/** Something was written: save it a moment after the last letter. */
	touch(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.save(), WAIT_MS);
	}

	/** Save now. */
	async save(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#running;
		const params = this.composition.params();
		const text = JSON.stringify(params);
		if (text === this.#last || this.composition.editing || this.state === 'conflict') return;
		this.state = 'saving';
		this.#running = this.#write(params).then(
			() => {
				this.#last = text;
				this.state = 'saved';
			},
			(error: unknown) => this.#fail(error, params)
		);
		await this.#running;
		this.#running = null;
	}

	/** It is sent: nothing is saved any more. @returns the server's draft, which goes when it is published. */
	async handOver(): Promise<string | undefined> {
		clearTimeout(this.#timer);
		await this.#running;
		this.#last = JSON.stringify(this.composition.params());
		await deleteValue(localKey(this.session));
		return this.id ?? undefined;
	}

	/** It was not sent after all. */
	takeUp(): void {
		this.#last = '';
		this.touch();
	}

	/** Keep what is written here, and overwrite what another device wrote. */
	async overwrite(): Promise<void> {
		this.#version = this.theirs?.version ?? this.#version;
		this.theirs = null;
		this.state = 'idle';
		this.#last = '';
		await this.save();
	}

	async #write(params: StatusParams): Promise<void> {
		if (!keepsDrafts(this.session)) return this.#writeHere(params);
		if (this.composition.isEmpty && !this.id) return;
		const drafts = this.session.at('v1/drafts');
		const saved = this.id
			? await this.session
					.at('v1/drafts', this.id)
					.update<Draft>({ ...params, version: this.#version })
			: await drafts.create<Draft>(params);
		this.adopt(saved);
		await deleteValue(localKey(this.session));
	}

	async #writeHere(params: StatusParams): Promise<void> {
		const draft: LocalDraft = {
			params: JSON.parse(JSON.stringify(params)) as StatusParams,
			updatedAt: new Date().toISOString()
		};
		await writeValue(localKey(this.session), draft);
	}

	async #fail(error: unknown, params: StatusParams): Promise<void> {
		if (httpStatus(error) === 409 && this.id) {
			this.theirs = await this.session.at('v1/drafts', this.id).fetch<Draft>();
			this.state = 'conflict';
			return;
		}
		// Offline, or a server in trouble: this browser keeps it.
		await this.#writeHere(params).catch(() => null);
		this.state = 'failed';
	}
}

/** What this browser has kept, if anything. */
export async function localDraft(session: Session): Promise<LocalDraft | undefined> {
	return readValue<LocalDraft>(localKey(session));
}
